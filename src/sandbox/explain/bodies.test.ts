import { describe, expect, test } from 'vitest'
import { bodyArgs, brief, end, explained, type Row, requestBody, utf8 } from './testing/explained.ts'
import { bytes, enumArg, TraceBuilder } from './testing/trace-builder.ts'

describe('content-length and the body', () => {
  const changed = (length: string | undefined, body: string, over = true) =>
    new TraceBuilder()
      .event({
        type: 'upstream.request',
        cluster: 'httpbin',
        host: '',
        headers: length === undefined ? [] : [['content-length', length]],
        endOfStream: false,
      })
      .callback(requestBody, bodyArgs(3, 1), 0, 'Continue', (inside) =>
        inside.call('proxy_set_buffer_bytes', { args: [enumArg('type', 0, 'RequestBody'), bytes('data', body)] }),
      )
      .event({ type: 'upstream.request.body', data: utf8(body), endOfStream: over })
  test.each<Row>([
    ['longer than announced', changed('3', 'longer'), ['stale-length longer problem proxy_on_request_body']],
    ['shorter than announced', changed('9', 'short'), ['stale-length shorter problem proxy_on_request_body']],
    ['not complete yet: nothing is proven', changed('9', 'short', false), []],
    ['the right length', changed('5', 'right'), []],
    ['chunked', changed(undefined, 'any'), []],
  ])('request: %s', (_name, trace, expected) => {
    expect(brief(explained(trace))).toEqual(expected)
  })

  test.each<[string, string, string, string[]]>([
    ['GET', '2', 'longer', ['stale-length longer problem proxy_on_response_body']],
    ['HEAD', '2', '', []],
  ])('response to %s', (method, length, body, expected) => {
    const trace = new TraceBuilder()
      .event({
        type: 'request.headers',
        listener: 'main',
        protocol: 'h1',
        headers: [[':method', method]],
        endOfStream: true,
      })
      .callback('proxy_on_response_body', bodyArgs(2, 1), 0, 'Continue', (inside) =>
        inside.call('proxy_set_buffer_bytes', { args: [enumArg('type', 1, 'ResponseBody')] }),
      )
      .event({ type: 'response.headers', headers: [['content-length', length]], endOfStream: false })
      .event({ type: 'response.body', data: utf8(body), endOfStream: true })
    expect(brief(explained(trace))).toEqual(expected)
  })

  test('a wrong length without a change by a plugin is not its fault', () => {
    const trace = new TraceBuilder()
      .event({
        type: 'upstream.request',
        cluster: 'a',
        host: '',
        headers: [['content-length', '9']],
        endOfStream: false,
      })
      .event({ type: 'upstream.request.body', data: utf8('x'), endOfStream: true })
    expect(explained(trace)).toEqual([])
  })
})

describe('body handlers that did not run', () => {
  const read = (trace: TraceBuilder) =>
    trace.call('proxy_get_buffer_bytes', { args: [enumArg('type', 1, 'ResponseBody')] })
  const responseHeaders = 'proxy_on_response_headers'
  const responseBody = 'proxy_on_response_body'
  const worked = () =>
    new TraceBuilder()
      .callback(responseHeaders, end(0), 0, 'Continue')
      .callback(responseBody, bodyArgs(3, 1), 0, 'Continue', read)
      .inStream(2)
  const gzip = (trace: TraceBuilder) =>
    trace
      .chainHeaders('response', [['content-encoding', 'gzip']])
      .callback(responseHeaders, end(0), 0, 'Continue')
      .callback(responseBody, bodyArgs(3, 1), 0, 'Continue')
  test.each<Row>([
    [
      'no body, for a plugin that reads bodies elsewhere in the run',
      worked().callback(responseHeaders, end(1), 0, 'Continue'),
      ['body-skipped no-body note proxy_on_response_body'],
    ],
    [
      'no body, for a plugin not known to read any: silent',
      new TraceBuilder().callback(responseHeaders, end(1), 0, 'Continue'),
      [],
    ],
    ['content-encoding', gzip(worked()), ['body-skipped content-encoding warning proxy_on_response_body']],
    [
      'content-encoding, handler not proven',
      gzip(new TraceBuilder()),
      ['body-skipped content-encoding-only note proxy_on_response_body'],
    ],
    ['other SDKs do not skip', gzip(new TraceBuilder([{ abi: '0_2_1' }])), []],
  ])('%s', (_name, trace, expected) => {
    expect(brief(explained(trace))).toEqual(expected)
  })
})
