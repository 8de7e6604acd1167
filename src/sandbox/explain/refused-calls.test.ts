import { describe, expect, test } from 'vitest'
import { bodyArgs, brief, end, explained, type Row, requestBody, requestHeaders } from './testing/explained.ts'
import { bytes, number, TraceBuilder } from './testing/trace-builder.ts'

describe('a refused callout says which part was wrong', () => {
  const refused = (
    upstream: string,
    code: number,
    reason?: Parameters<TraceBuilder['call']>[1] extends infer O ? (O extends { reason?: infer R } ? R : never) : never,
  ) =>
    new TraceBuilder().callback(requestHeaders, end(1), 0, 'Continue', (inside) =>
      inside.call('proxy_http_call', { args: [bytes('upstream', upstream)], code, ...(reason && { reason }) }),
    )
  const known = ['httpbin', 'outbound|80||auth.static', 'outbound|443||pay.dns']

  test.each<[string, TraceBuilder, Record<string, unknown>]>([
    [
      'a static service has port 80',
      refused('outbound|8080||auth.static', 2, {
        code: 'unknown-cluster',
        cluster: 'outbound|8080||auth.static',
        known,
      }),
      { variant: 'static-port', nearest: 'outbound|80||auth.static' },
    ],
    [
      'a near name is offered',
      refused('httpbim', 2, { code: 'unknown-cluster', cluster: 'httpbim', known }),
      { variant: 'near-cluster', nearest: ['httpbin'], replacement: 'httpbin' },
    ],
    [
      'the same service under another port',
      refused('outbound|80||pay.dns', 2, { code: 'unknown-cluster', cluster: 'outbound|80||pay.dns', known }),
      { variant: 'other-port', replacement: 'outbound|443||pay.dns' },
    ],
    [
      'nothing is near',
      refused('zzzzzzzzzzzzzz', 2, { code: 'unknown-cluster', cluster: 'zzzzzzzzzzzzzz', known }),
      { variant: 'unknown-cluster', known },
    ],
    [
      'the name is empty',
      refused('', 2, { code: 'unknown-cluster', cluster: '', known }),
      { variant: 'no-cluster-name' },
    ],
    [
      'a pseudo header is missing',
      refused('httpbin', 2, { code: 'missing-pseudo-header', header: ':path' }),
      { variant: 'missing-header', header: ':path' },
    ],
    ['the pairs cannot be parsed', refused('httpbin', 2, { code: 'unparsable-pairs' }), { variant: 'unparsable' }],
    [
      'the timeout is negative',
      refused('httpbin', 2, { code: 'timeout-too-large', value: 4294967295 }),
      { variant: 'timeout', value: 4294967295 },
    ],
    ['no host', refused('httpbin', 10), { variant: 'failed', status: 'InternalFailure' }],
  ])('%s', (_name, trace, params) => {
    const found = explained(trace)
    expect(found.map(({ rule }) => rule)).toEqual(['callout-refused'])
    expect(found[0]?.params).toMatchObject(params)
  })

  test('an accepted call has none', () => {
    expect(explained(refused('httpbin', 0))).toEqual([])
  })
})

describe('maps out of reach', () => {
  const unavailable = (map: string, phase: string) => ({
    code: 2,
    reason: { code: 'map-unavailable', map, phase } as const,
  })
  const inBody = (fn: string, action: 'Continue' | 'StopIteration' = 'Continue') =>
    new TraceBuilder()
      .callback(requestHeaders, end(0), action === 'Continue' ? 0 : 1, action)
      .callback(requestBody, bodyArgs(3, 1), 0, 'Continue', (inside) =>
        inside.call(fn, { args: [bytes('key', 'x-user')], ...unavailable('RequestHeaders', 'request_body') }),
      )
  test.each<Row>([
    [
      'a write after Continue',
      inBody('proxy_replace_header_map_value'),
      ['map-refused write-after-leaving problem proxy_on_request_body'],
    ],
    [
      'a read after Continue',
      inBody('proxy_get_header_map_value'),
      ['map-refused read-after-leaving warning proxy_on_request_body'],
    ],
    [
      'response headers in the request',
      new TraceBuilder().callback(requestHeaders, end(1), 0, 'Continue', (inside) =>
        inside.call('proxy_add_header_map_value', unavailable('ResponseHeaders', 'request_headers')),
      ),
      ['map-refused not-there problem proxy_on_request_headers'],
    ],
    [
      'the answer of a call is read-only',
      new TraceBuilder().callback('proxy_on_http_call_response', [number('token', 4)], 'nothing', undefined, (inside) =>
        inside.call('proxy_add_header_map_value', {
          code: 2,
          reason: { code: 'map-read-only', map: 'HttpCallResponseHeaders' },
        }),
      ),
      ['map-refused read-only problem proxy_on_http_call_response'],
    ],
    [
      'a missing header is no problem',
      new TraceBuilder().callback(requestHeaders, end(1), 0, 'Continue', (inside) =>
        inside.call('proxy_get_header_map_value', { code: 1, reason: { code: 'unknown-name', name: 'cookie' } }),
      ),
      [],
    ],
  ])('%s', (_name, trace, expected) => {
    expect(brief(explained(trace))).toEqual(expected)
  })
})
