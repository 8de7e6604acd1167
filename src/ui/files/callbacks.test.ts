import { expect, test } from 'vitest'
import { handlers } from './callbacks.ts'

test.each([
  [
    'our SDK',
    'class Hello extends HttpContext {\n  onResponseHeaders(count: u32, end: bool): HeaderAction {',
    ['on_response_headers 2'],
  ],
  [
    'the Higress layer',
    'SetCtx("x",\n  ParseConfigBy<Config>(parse),\n  ProcessRequestHeadersBy<Config>(on),\n)',
    ['on_configure 2', 'on_request_headers 3'],
  ],
  [
    'the Go SDK',
    'func (s *stream) OnHttpRequestHeaders(n int, end bool) types.Action {\n}\nfunc (s *stream) OnHttpStreamDone() {}',
    ['on_request_headers 1', 'on_log 3'],
  ],
  [
    'a TCP filter in Go',
    'func (c *conn) OnDownstreamData(size int, end bool) types.Action {\n}\nfunc (c *conn) OnStreamDone() {}',
    ['on_downstream_data 1', 'on_log 3'],
  ],
  ['WAT', '(module\n (func (export "proxy_on_request_body") (param i32 i32 i32) (result i32)))', ['on_request_body 2']],
  ['no handler', 'export const x = 1', []],
])('handlers are found in %s', (_, source, expected) => {
  expect(handlers(source).map(({ callback, line }) => `${callback} ${line}`)).toEqual(expected)
})
