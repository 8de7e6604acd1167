import { expect, test } from 'vitest'
import { world } from './test-world.ts'

const module = `(module
  (import "env" "proxy_continue_stream" (func $continue (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
  (import "env" "pthread_equal" (func $equal (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "malloc") (param i32) (result i32) (i32.const 1024))
  (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
    (i32.add (i32.mul (call $continue (i32.const 0)) (i32.const 1000))
      (i32.add (call $random (i32.const -1) (i32.const 4)) (i32.mul (call $equal (i32.const 7) (i32.const 7)) (i32.const 100000)))))
  (func (export "proxy_on_log") (param i32) unreachable))`

test('what is not allowed answers 10, in WASI 76, and says so as an error; arguments are not looked at', () => {
  const { stream, host, logs } = world(module, { capabilities: ['proxy_on_request_headers'] })
  expect(stream.requestHeaders(1, true)).toEqual({ kind: 'returned', value: 110_076, replied: false })
  expect(host.effects).toEqual([])
  expect(logs()).toEqual([
    'error: Attempted call to restricted proxy-wasm capability: proxy_continue_stream',
    'error: Attempted call to restricted proxy-wasm capability: random_get',
  ])
})

test('a callback that is not allowed counts as not exported', () => {
  const { stream, vm } = world(module, { capabilities: ['proxy_on_request_headers'] })
  stream.log()
  expect(vm.failed).toBe(false)
  expect(stream.responseHeaders(1, true)).toEqual({ kind: 'absent' })
})

test('an empty list allows everything', () => {
  const { stream } = world(module, { capabilities: [] })
  expect(stream.requestHeaders(1, true)).toEqual({ kind: 'returned', value: 100_021, replied: false })
})
