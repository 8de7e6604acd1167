import { expect, test } from 'vitest'
import { TestMap, world } from './test-world.ts'

const hello = `(module
  (import "env" "proxy_log" (func $log (param i32 i32 i32) (result i32)))
  (import "env" "proxy_add_header_map_value" (func $add (param i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "hello")
  (data (i32.const 32) "x-a")
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "malloc") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
    (drop (call $log (i32.const 2) (i32.const 16) (i32.const 5)))
    (drop (call $add (i32.const 0) (i32.const 32) (i32.const 3) (i32.const 16) (i32.const 5)))
    (i32.const 0))
  (func (export "proxy_on_context_create") (param i32 i32)))`

test('a header callback adds a header and everything is in the trace', () => {
  const { stream, host, logs, calls } = world(hello)
  const headers = new TestMap([[':path', '/']])
  host.maps.set(0, headers)
  expect(stream.requestHeaders(1, true)).toEqual({ kind: 'returned', value: 0, replied: false })
  expect(headers.pairs()).toEqual([
    [':path', '/'],
    ['x-a', 'hello'],
  ])
  expect(logs()).toEqual(['info: hello'])
  expect(calls()).toEqual(['proxy_log=Ok', 'proxy_add_header_map_value=Ok'])
})
