import { describe, expect, test } from 'vitest'
import { renderTrace } from '../trace/render.ts'
import { openTrace } from '../trace/view.ts'
import { type GuestOptions, guestText, outside, runCalls } from './test-calls.ts'
import { TestMap, tryWorld, type World, wat } from './test-world.ts'

const frame = `(memory (export "memory") 1)
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "malloc") (param i32) (result i32) (i32.const 1024))`
const callback = (body: string) =>
  `(func $onHeaders (export "proxy_on_request_headers") (param i32 i32 i32) (result i32) ${body})`

function trapOf(text: string, options: GuestOptions = {}) {
  const { world } = tryWorld(wat(`(module ${text})`), options)
  if (world === undefined) throw new Error('not loaded')
  const returned = world.stream.requestHeaders(1, true)
  const trap = world.events().find((each) => each.type === 'trap')
  return { returned, trap, world }
}

describe('traps', () => {
  test.each([
    ['unreachable', 'unreachable'],
    ['(i32.load (i32.const -1))', 'out-of-bounds-memory'],
    ['(i32.div_u (i32.const 1) (i32.const 0))', 'divide-by-zero'],
    ['(i32.div_s (i32.const 0x80000000) (i32.const -1))', 'integer-overflow'],
    ['(i32.trunc_f64_s (f64.const 1e300))', 'invalid-conversion'],
    ['(call_indirect $t (type $nop) (i32.const 0)) (i32.const 0)', 'indirect-call'],
    ['(call_indirect $t (type $nop) (i32.const 99)) (i32.const 0)', 'out-of-bounds-table'],
    ['(call $deep) (i32.const 0)', 'stack-overflow'],
    ['(throw $error)', 'guest-exception'],
  ])('%s is a trap of kind %s', (body, kind) => {
    const { returned, trap, world } = trapOf(
      `(type $nop (func)) (table $t 1 funcref) (tag $error) (func $deep (call $deep) (call $deep)) ${frame} ${callback(body)}`,
    )
    expect(returned).toEqual({ kind: 'failed' })
    expect(trap).toMatchObject({ callback: 'proxy_on_request_headers', kind })
    expect(world.vm.failed).toBe(true)
    expect(world.recorder.data().machineDependent).toBe(kind === 'stack-overflow')
  })

  test('frames carry names and the offsets of the module as it was given, and the log is as Envoy writes it', () => {
    const { trap, world } = trapOf(`${frame} (func $inner unreachable) ${callback('(call $inner) (i32.const 0)')}`, {
      family: 'envoy',
    })
    expect(trap?.type === 'trap' && trap.frames.map((each) => each.name)).toEqual(['inner', 'onHeaders'])
    const bytes = wat(`(module ${frame} (func $inner unreachable) ${callback('(call $inner) (i32.const 0)')})`)
    const offset = trap?.type === 'trap' ? (trap.frames[0]?.offset ?? 0) : 0
    expect(bytes[offset]).toBe(0x00)
    expect(world.logs()[0]).toBe(
      `error: Function: proxy_on_request_headers failed: Uncaught RuntimeError: unreachable\nProxy-Wasm plugin in-VM backtrace:\n${
        trap?.type === 'trap'
          ? trap.frames.map((each, index) => `  ${index}:  0x${each.offset.toString(16)} - ${each.name}`).join('\n')
          : ''
      }`,
    )
  })

  test('after a trap nothing enters the VM', () => {
    const { world } = trapOf(`${frame} ${callback('unreachable')}`)
    const before = world.recorder.length
    expect(world.stream.requestBody(1, true)).toEqual({ kind: 'failed' })
    world.stream.log()
    world.stream.finish()
    world.root.tick()
    expect(world.root.configure(new Uint8Array())).toBe(false)
    expect(world.recorder.length).toBe(before)
  })

  test('deferred effects of a callback that traps are dropped', () => {
    const ran = runCalls([['proxy_continue_stream', 0]], { more: '' })
    expect(ran.host.effects).toContain('continue 0')
    const text = guestText([['proxy_continue_stream', 0]]).replace('(i32.const 0))\n', 'unreachable)\n')
    const { world } = tryWorld(text)
    world?.stream.requestHeaders(0, true)
    expect(world?.host.effects).toEqual(['continue requested 0'])
  })

  test('a mistake in the host is not taken for a trap', () => {
    const { world } = tryWorld(guestText([['proxy_get_header_map_pairs', 0, 0, 4]]))
    world?.host.maps.set(0, {} as TestMap)
    expect(() => world?.stream.requestHeaders(0, true)).toThrow(TypeError)
  })
})

describe('a start that goes wrong is a load failure', () => {
  test.each([
    [
      '_initialize traps',
      '(func (export "_initialize") unreachable)',
      'Failed to initialize Wasm code',
      'start-failed',
    ],
    [
      'the start section traps',
      '(func $s unreachable) (start $s)',
      'Failed to create new Wasm instance',
      'start-failed',
    ],
    [
      'a command exits in _start',
      '(func (export "_start") (call $exit (i32.const 0)))',
      'Failed to initialize Wasm code',
      'command-module',
    ],
    [
      'the start section calls the host',
      '(func $s (call $exit (i32.const 0))) (start $s)',
      'Failed to create new Wasm instance',
      'start-failed',
    ],
    [
      'on_vm_start answers false',
      '(func (export "proxy_on_vm_start") (param i32 i32) (result i32) (i32.const 0))',
      'Failed to start base Wasm',
      'vm-start-failed',
    ],
    [
      'on_configure answers false',
      '(func (export "proxy_on_configure") (param i32 i32) (result i32) (i32.const 0))',
      'Failed to configure base Wasm plugin',
      'configure-failed',
    ],
    [
      'on_configure traps',
      '(func (export "proxy_on_configure") (param i32 i32) (result i32) unreachable)',
      'Failed to configure base Wasm plugin',
      'configure-failed',
    ],
  ])('%s', (_name, text, message, code) => {
    const exit = '(import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))'
    expect(tryWorld(`(module ${exit} ${frame} ${text})`).failure).toEqual({ message, reason: { code } })
  })
})

describe('allocators', () => {
  const get = (malloc: string, more = '') =>
    runCalls(
      [['proxy_get_header_map_value', 0, 16, 1, 256, 260]],
      { malloc, more, data: { 16: 'a' } },
      (world: World) => world.host.maps.set(0, new TestMap([['a', 'value']])),
    )
  test.each([
    ['null', '(i32.const 0)', 'null'],
    ['an address outside', '(i32.const -8)', 'out-of-bounds'],
    ['a block that reaches past the end', '(i32.const 131070)', 'out-of-bounds'],
    ['a trap', 'unreachable', 'trapped'],
  ])('%s is InvalidMemoryAccess', (_name, malloc, detail) => {
    const ran = get(malloc)
    expect(ran.hostCalls[0]).toMatchObject({ status: 'InvalidMemoryAccess', reason: { code: 'allocator', detail } })
    expect(ran.vm.failed).toBe(detail === 'trapped')
  })

  test('one that grows memory gets the value written into the new memory', () => {
    const ran = get('(drop (memory.grow (i32.const 3))) (i32.const 200000)')
    expect(ran.statuses).toEqual(['Ok'])
    expect(ran.vm.memoryBytes).toBe(5 * 65536)
  })

  test('one that calls the host keeps to itself on Higress and traps on Envoy', () => {
    const malloc =
      '(drop (call $proxy_get_header_map_pairs (i32.const 0) (i32.const 300) (i32.const 304))) (i32.const 2048)'
    const calls = [
      ['proxy_get_header_map_pairs', 3, 300, 304],
      ['proxy_get_header_map_value', 0, 16, 1, 256, 260],
    ] as const
    const run = (family: 'higress' | 'envoy') =>
      runCalls(calls, { malloc, family, data: { 16: 'a' } }, (world) =>
        world.host.maps.set(0, new TestMap([['a', 'v']])),
      )
    expect(run('higress').statuses).toEqual(['Ok', 'Ok', 'Ok'])
    const envoy = run('envoy')
    expect(envoy.events().find((each) => each.type === 'trap')).toMatchObject({
      kind: 'restricted-callback',
      callback: 'malloc',
    })
  })

  test('an empty value never calls it', () => {
    const ran = runCalls(
      [['proxy_get_property', 16, 1, 256, 260]],
      { malloc: 'unreachable', data: { 16: 'a' } },
      (world) => world.host.attributes.set('a', { kind: 'string', value: '' }),
    )
    expect([ran.statuses, ran.vm.failed]).toEqual([['Ok'], false])
  })

  test('malloc wins over proxy_on_memory_allocate', () => {
    const more = '(func (export "proxy_on_memory_allocate") (param i32) (result i32) unreachable)'
    expect(get('(i32.const 2048)', more).statuses).toEqual(['Ok'])
  })
})

test('memory stops growing at the limit', () => {
  const body = '(i32.store (i32.const 0) (memory.grow (i32.const 65535))) (i32.load (i32.const 0))'
  expect(trapOf(`${frame} ${callback(body)}`).returned).toEqual({ kind: 'returned', value: 4294967295, replied: false })
})

test('a guest that catches what imports throw does not survive its end', () => {
  const text = `(module (import "env" "proxy_get_property" (func $get (param i32 i32 i32 i32) (result i32)))
    ${frame} (func $init (export "_initialize")
      (try (do (drop (call $get (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))) (catch_all))
      (loop (br 0))))`
  expect(tryWorld(wat(text)).failure).toEqual({
    message: 'Failed to initialize Wasm code',
    reason: { code: 'start-failed' },
  })
})

test('each guest entry is announced before it happens, the allocator too', () => {
  const announced: string[] = []
  runCalls(
    [['proxy_get_property', 16, 1, 256, 260]],
    { data: { 16: 'a' }, announce: (name) => announced.push(name) },
    (world) => world.host.attributes.set('a', { kind: 'string', value: 'x' }),
  )
  expect(announced).toEqual(['proxy_on_request_headers', 'malloc'])
})

test('a wild pointer in every argument of every call is answered, whatever the function', () => {
  const fns = [
    'proxy_log',
    'proxy_http_call',
    'proxy_send_local_response',
    'fd_write',
    'poll_oneoff',
    'environ_get',
    'fd_fdstat_get',
  ]
  for (const wild of [outside, -1, 0x7fffffff, 0]) {
    const ran = runCalls(fns.map((fn) => [fn, ...Array.from({ length: 10 }, () => wild)] as const))
    expect(ran.vm.failed).toBe(false)
    expect(ran.hostCalls).toHaveLength(fns.length)
  }
})

test('the trace of a small run reads well', () => {
  const ran = runCalls(
    [
      ['proxy_get_header_map_value', 0, 16, 1, 256, 260],
      ['proxy_log', 4, 32, 2],
    ],
    { data: { 16: 'a', 32: 'hi' } },
  )
  expect(renderTrace(openTrace(ran.recorder.data())).replaceAll(/ +$/gm, '')).toMatchInlineSnapshot(`
    "    0     0.000000ms #1   plugin 0     > proxy_on_request_headers(context=2, headers=1, end_of_stream=1)
        1     0.000000ms #1   plugin 0       proxy_get_header_map_value(map=RequestHeaders, key="a") = BadArgument because {"code":"map-unavailable","map":"RequestHeaders","phase":"request_headers"}
        2     0.000000ms #1   plugin 0       proxy_log(level=error, message="hi") = Ok
        3     0.000000ms #1   plugin 0       log error proxy_log "hi"
        4     0.000000ms #1   plugin 0     < proxy_on_request_headers = 0"
  `)
})
