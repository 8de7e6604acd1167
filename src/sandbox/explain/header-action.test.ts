import { describe, expect, test } from 'vitest'
import { english } from '../../text/catalogue.ts'
import { createText } from '../../text/text.ts'
import { describeFinding } from './describe-finding.ts'
import {
  bodyArgs,
  brief,
  cluster,
  end,
  explained,
  type Row,
  requestBody,
  requestHeaders,
  watermark,
} from './testing/explained.ts'
import { TraceBuilder } from './testing/trace-builder.ts'

describe('header action 1 against 4', () => {
  const stopped = (abi: string) =>
    new TraceBuilder([{ abi }])
      .callback(requestHeaders, end(0), 1, 'StopIteration', (inside) => inside.callout(4, cluster))
      .pause('request', 'StopIteration')
  test.each<Row>([
    [
      'the body’s Continue let the request go before the answer',
      stopped('0_2_100')
        .callback(requestBody, bodyArgs(3, 1), 0, 'Continue')
        .resume('request', 'return')
        .answer(4, cluster),
      ['header-stop-released problem proxy_on_request_headers'],
    ],
    [
      'without a body the callback resumes it: no finding',
      stopped('0_2_100').answer(4, cluster).resume('request', 'continue_stream'),
      [],
    ],
    [
      'released after the answer: no finding',
      stopped('0_2_100')
        .answer(4, cluster)
        .callback(requestBody, bodyArgs(3, 1), 0, 'Continue')
        .resume('request', 'return'),
      [],
    ],
    [
      'no call was made: a deliberate stop',
      new TraceBuilder()
        .callback(requestHeaders, end(0), 1, 'StopIteration')
        .pause('request', 'StopIteration')
        .callback(requestBody, bodyArgs(3, 1), 0, 'Continue')
        .resume('request', 'return'),
      [],
    ],
    [
      'in 0_2_1 the number is converted: a note',
      new TraceBuilder([{ abi: '0_2_1' }])
        .callback(requestHeaders, end(1), 1, watermark)
        .resume('request', 'continue_stream'),
      ['header-stop-converted note proxy_on_request_headers'],
    ],
    [
      'a local reply makes the number meaningless: no note',
      new TraceBuilder([{ abi: '0_2_1' }]).callback(requestHeaders, end(1), 1, watermark, (inside) =>
        inside.call('proxy_send_local_response'),
      ),
      [],
    ],
  ])('%s', (_name, trace, expected) => {
    expect(brief(explained(trace))).toEqual(expected)
  })

  test('offers the edit in the words of the SDK', () => {
    const trace = stopped('0_2_100').callback(requestBody, bodyArgs(3, 1), 0, 'Continue').resume('request', 'return')
    const [found] = explained(trace)
    expect(found && describeFinding(found, createText('en', english)).edit).toEqual({
      plugin: 'auth',
      callback: requestHeaders,
      replace: 'HeaderStopIteration',
      with: 'HeaderStopAllIterationAndWatermark',
    })
  })
})
