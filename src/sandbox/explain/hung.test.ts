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
  hang,
  pausedFor,
  type Row,
  requestBody,
  requestHeaders,
  watermark,
} from './testing/explained.ts'
import { bytes, number, TraceBuilder } from './testing/trace-builder.ts'

describe('hung', () => {
  test.each<Row>([
    [
      'answered without a resume',
      pausedFor((trace) => trace.callout(4, cluster))
        .answer(4, cluster, '404')
        .callback('proxy_on_http_call_response', [number('root', 1), number('token', 4)], 'nothing')
        .event(hang),
      ['hung answered problem proxy_on_request_headers'],
    ],
    [
      'the call was refused',
      pausedFor((trace) =>
        trace.call('proxy_http_call', {
          args: [bytes('upstream', 'nope')],
          code: 2,
          reason: { code: 'unknown-cluster', cluster: 'nope', known: [] },
        }),
      ).event(hang),
      [
        'callout-refused unknown-cluster problem proxy_on_request_headers',
        'hung refused problem proxy_on_request_headers',
      ],
    ],
    [
      'the call is open',
      pausedFor((trace) => trace.callout(4, cluster)).event(hang),
      ['hung open problem proxy_on_request_headers'],
    ],
    ['nothing was started', pausedFor(() => undefined).event(hang), ['hung nothing problem proxy_on_request_headers']],
    [
      'headers wait for a body that cannot come',
      new TraceBuilder()
        .callback(requestHeaders, end(1), 1, 'StopIteration')
        .pause('request', 'StopIteration')
        .event(hang),
      ['hung no-body problem proxy_on_request_headers'],
    ],
    [
      'the last piece of the body is kept',
      new TraceBuilder()
        .callback(requestHeaders, end(0), 0, 'Continue')
        .callback(requestBody, bodyArgs(5, 1), 1, 'StopIterationAndBuffer')
        .pause('request', 'StopIterationAndBuffer')
        .event(hang),
      ['hung body-end problem proxy_on_request_body'],
    ],
    [
      'no plugin holds it: the upstream is silent',
      new TraceBuilder()
        .callback(requestHeaders, end(1), 0, 'Continue')
        .event({ type: 'upstream.request', cluster: 'slow', host: '', headers: [], endOfStream: true })
        .event({ ...hang, direction: 'response' }),
      ['hung upstream problem'],
    ],
    [
      'a pause that was resumed is not the holder',
      pausedFor((trace) => trace.callout(4, cluster))
        .answer(4, cluster)
        .resume('request', 'continue_stream')
        .event(hang),
      ['hung upstream problem'],
    ],
    ['a stream that ended has no finding', pausedFor(() => undefined).resume('request', 'continue_stream'), []],
  ])('%s', (_name, trace, expected) => {
    expect(brief(explained(trace))).toEqual(expected)
  })

  test('names who holds it, the SDK’s word, the answer and whether it is certain', () => {
    const trace = new TraceBuilder([{ name: 'first' }, { name: 'second', language: 'rust', abi: '0_2_1' }])
      .callback(requestHeaders, end(1), 0, 'Continue')
      .callback(requestHeaders, end(1), 1, watermark, (inside) => inside.callout(4, cluster), 1)
      .pause('request', watermark, 1)
      .event({ ...hang, certainty: 'probable' })
    const found = explained(trace).find(({ rule }) => rule === 'hung')
    expect(found).toMatchObject({ plugin: 'second', params: { sdkName: 'Action::Pause', action: watermark } })
    expect(found && describeFinding(found, createText('en', english)).why).toContain('Other things go on')
  })

  test('each hung request has its own finding', () => {
    const trace = new TraceBuilder()
    for (const stream of [1, 2]) {
      trace.inStream(stream).callback(requestHeaders, end(1), 4, watermark).pause('request', watermark).event(hang)
    }
    expect(brief(explained(trace))).toHaveLength(2)
  })
})
