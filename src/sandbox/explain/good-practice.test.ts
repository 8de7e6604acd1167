import { describe, expect, test } from 'vitest'
import { brief, cluster, end, explained, requestHeaders, utf8 } from './testing/explained.ts'
import { bytes, enumArg, number, TraceBuilder } from './testing/trace-builder.ts'

describe('good practice', () => {
  const replied = (after: (inside: TraceBuilder) => unknown) =>
    new TraceBuilder()
      .inStream(1)
      .callback(requestHeaders, end(1), 0, 'Continue', (inside) => {
        inside.call('proxy_send_local_response', { args: [number('code', 403)] })
        after(inside)
      })
      .event({ type: 'local-reply', status: 403, headers: [], body: utf8(''), details: '', outcome: 'sent' }, 0)
  test('a resume after a reply is told', () => {
    const trace = replied((inside) => inside.call('proxy_continue_stream', { args: [enumArg('stream', 0, 'Request')] }))
    expect(brief(explained(trace))).toEqual(['resume-after-reply warning proxy_on_request_headers'])
    expect(brief(explained(replied(() => undefined)))).toEqual([])
  })

  test.each([
    [0, ['callout-without-timeout warning proxy_on_request_headers']],
    [500, []],
  ])('a call with timeout %i', (timeout, expected) => {
    const trace = new TraceBuilder().callback(requestHeaders, end(1), 0, 'Continue', (inside) =>
      inside.call('proxy_http_call', { args: [bytes('upstream', cluster), number('timeout_ms', timeout)] }),
    )
    expect(brief(explained(trace))).toEqual(expected)
  })
})

describe('properties', () => {
  const property = (path: string, callback: string, code = 1) =>
    new TraceBuilder().callback(callback, [], 0, undefined, (inside) =>
      inside.call('proxy_get_property', { code, reason: { code: 'unknown-property', path } }),
    )
  test.each<[string, string, number, 'higress-2.2' | 'envoy-1.40', string | undefined]>([
    ['request.path', 'proxy_on_response_headers', 1, 'envoy-1.40', 'request-gone'],
    ['response.code', requestHeaders, 1, 'higress-2.2', 'response-not-yet'],
    ['request.duration', requestHeaders, 1, 'higress-2.2', 'at-log-only'],
    ['request.host', 'proxy_on_tick', 1, 'higress-2.2', 'no-stream'],
    ['route_name', requestHeaders, 1, 'envoy-1.40', 'renamed'],
    ['route_name', requestHeaders, 1, 'higress-2.2', undefined],
    ['request', requestHeaders, 3, 'envoy-1.40', 'tree'],
    ['my_own', requestHeaders, 1, 'envoy-1.40', undefined],
  ])('%s in %s answering %d on %4$s', (path, callback, code, profile, variant) => {
    const found = explained(property(path, callback, code), profile)
    expect(found.map(({ params }) => params.variant)).toEqual(variant === undefined ? [] : [variant])
  })
})
