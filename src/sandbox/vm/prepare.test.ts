import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limitMemory } from '../abi/memory-limit.ts'
import { parseModule } from '../abi/module.ts'
import { demangle, functionNames } from '../abi/names.ts'
import { prepareModule } from './prepare.ts'
import { wat } from './test-world.ts'

const minimal = `(memory (export "memory") 1)
  (func (export "proxy_abi_version_0_2_1"))
  (func (export "malloc") (param i32) (result i32) (i32.const 1024))`
const good = wat(`(module (import "env" "proxy_log" (func (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
  (table 1 funcref) (global $g (mut i32) (i32.const 0)) ${minimal}
  (func $named (param i64 f32 f64) (result i32) (i32.const 1))
  (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32) (i32.const 0))
  (data (i32.const 0) "hello") (elem (i32.const 0) $named))`)

function load(text: string, family: 'higress' | 'envoy' = 'higress') {
  const prepared = prepareModule(wat(`(module ${text})`), { family })
  return prepared.ok ? 'loads' : prepared.error
}

describe('the section parser', () => {
  test('reads imports, exports with types, memory and function names', () => {
    const parsed = parseModule(good)
    if (!parsed.ok) throw new Error('not parsed')
    const info = parsed.value
    expect(info.imports.map((each) => [each.module, each.name, each.type?.params.length])).toEqual([
      ['env', 'proxy_log', 3],
      ['wasi_snapshot_preview1', 'fd_write', 4],
    ])
    expect(info.memory).toEqual({ min: 1, shared: false, is64: false })
    expect(info.exports.find((each) => each.name === 'malloc')?.type).toEqual({ params: ['i32'], results: ['i32'] })
    expect([...functionNames(good, info).values()]).toContain('named')
  })

  test('a module cut anywhere is refused or parsed, never an exception', () => {
    const parsed = parseModule(good)
    // A module may end behind its code, its data or a custom section.
    const ends = new Set(
      parsed.ok ? parsed.value.sections.filter(({ id }) => id === 0 || id >= 10).map(({ end }) => end) : [],
    )
    for (let length = 0; length < good.length; length++) {
      const prepared = prepareModule(good.slice(0, length), { family: 'higress' })
      expect([length, prepared.ok]).toEqual([length, ends.has(length)])
    }
  })

  test('random bytes behind the magic never throw', () => {
    const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        prepareModule(new Uint8Array([...magic, ...bytes]), { family: 'higress' })
      }),
      { numRuns: 500 },
    )
  })

  test('a module with some bytes changed never throws', () => {
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = good.slice()
        for (const [at, value] of changes) bytes[at] = value
        prepareModule(bytes, { family: 'higress' })
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['nothing', new Uint8Array(), 'not-wasm'],
    ['text', new TextEncoder().encode('<!doctype html>'), 'not-wasm'],
    ['another version', new Uint8Array([0, 0x61, 0x73, 0x6d, 2, 0, 0, 0]), 'not-wasm'],
    ['a section that reaches past the end', new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 99]), 'truncated'],
    [
      'a count without content',
      new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 3, 5, 255, 255, 255, 255, 15]),
      'truncated',
    ],
  ])('%s is a corrupted module', (_name, bytes, code) => {
    expect(prepareModule(bytes, { family: 'higress' })).toEqual({
      ok: false,
      error: { message: 'Failed to parse corrupted Wasm module', reason: { code } },
    })
  })
})

describe('modules of the wrong shape get the words of a real host', () => {
  const malloc = '(func (export "malloc") (param i32) (result i32) (i32.const 1024))'
  const marker = '(func (export "proxy_abi_version_0_2_1"))'
  const memory = '(memory (export "memory") 1)'
  test.each([
    ['no marker', `${memory} ${malloc}`, 'Missing or unknown Proxy-Wasm ABI version', { code: 'no-abi-marker' }],
    [
      'a marker from the future',
      `${memory} ${malloc} (func (export "proxy_abi_version_0_3_0"))`,
      'Missing or unknown Proxy-Wasm ABI version',
      { code: 'unknown-abi', marker: 'proxy_abi_version_0_3_0' },
    ],
    ['no allocator', `${memory} ${marker}`, 'Wasm module is missing malloc function.', { code: 'no-allocator' }],
    ['no memory export', `(memory 1) ${marker} ${malloc}`, 'Wasm module exports no memory', { code: 'no-memory' }],
    [
      'a missing import',
      `(import "env" "nope" (func)) ${minimal}`,
      'Failed to load Wasm module due to a missing import: env.nope',
      { code: 'missing-import', module: 'env', name: 'nope' },
    ],
    [
      'an import of a WASI function that no host has',
      `(import "wasi_snapshot_preview1" "proc_raise" (func (param i32) (result i32))) ${minimal}`,
      'Failed to load Wasm module due to a missing import: wasi_snapshot_preview1.proc_raise',
      { code: 'missing-import', module: 'wasi_snapshot_preview1', name: 'proc_raise' },
    ],
    [
      'an import of the wrong type',
      `(import "env" "proxy_log" (func (param i32 i64))) ${minimal}`,
      'Failed to load Wasm module due to an import type mismatch: env.proxy_log, want: i32 i64 -> void, but host exports: i32 i32 i32 -> i32',
      {
        code: 'import-type',
        module: 'env',
        name: 'proxy_log',
        expected: 'i32 i32 i32 -> i32',
        actual: 'i32 i64 -> void',
      },
    ],
    [
      'an imported memory',
      `(import "env" "memory" (memory 1)) ${marker} ${malloc} (export "memory" (memory 0))`,
      'Failed to load Wasm module due to a missing import: env.memory',
      { code: 'imported-memory', name: 'env.memory' },
    ],
    [
      'an imported table',
      `(import "env" "table" (table 1 funcref)) ${minimal}`,
      'Failed to load Wasm module due to a missing import: env.table',
      { code: 'imported-table', name: 'env.table' },
    ],
    [
      'an imported global',
      `(import "env" "g" (global i32)) ${minimal}`,
      'Failed to load Wasm module due to a missing import: env.g',
      { code: 'imported-global', name: 'env.g' },
    ],
    [
      'a callback of wrong arity',
      `${minimal} (func (export "proxy_on_request_headers") (param i32 i32) (result i32) (i32.const 0))`,
      'Bad function signature for: proxy_on_request_headers, want: i32 i32 i32 -> i32, but the module exports: i32 i32 -> i32',
      {
        code: 'bad-signature',
        name: 'proxy_on_request_headers',
        expected: 'i32 i32 i32 -> i32',
        actual: 'i32 i32 -> i32',
      },
    ],
    [
      'more memory than the limit',
      `(memory (export "memory") 20000) ${marker} ${malloc}`,
      'Failed to create new Wasm instance',
      { code: 'engine', detail: 'the memory begins with 20000 pages, more than the limit' },
    ],
  ])('%s', (_name, text, message, reason) => {
    expect(load(text)).toEqual({ message, reason })
  })

  test('a body that does not validate is refused by the engine', () => {
    const bytes = wat(`(module ${minimal})`)
    // The last instruction of malloc: `end` becomes an unknown opcode.
    bytes[bytes.lastIndexOf(0x0b)] = 0xff
    expect(prepareModule(bytes, { family: 'higress' })).toMatchObject({
      ok: false,
      error: { message: 'Failed to load Wasm code' },
    })
  })
})

describe('versions and families', () => {
  const with_ = (marker: string, more = '') => `(memory (export "memory") 1)
    (func (export "malloc") (param i32) (result i32) (i32.const 0)) (func (export "${marker}")) ${more}`

  test('the first marker in export order decides', () => {
    const prepared = prepareModule(
      wat(`(module ${with_('proxy_abi_version_0_2_0')} (func (export "proxy_abi_version_0_1_0")))`),
      { family: 'higress' },
    )
    expect(prepared.ok && prepared.value.abi).toBe('0_2_0')
  })

  test('0_2_100 is known to Higress only', () => {
    expect(load(with_('proxy_abi_version_0_2_100'))).toBe('loads')
    expect(load(with_('proxy_abi_version_0_2_100'), 'envoy')).toMatchObject({
      reason: { code: 'unknown-abi', marker: 'proxy_abi_version_0_2_100' },
    })
  })

  test.each([
    ['proxy_redis_call', '(param i32 i32 i32 i32 i32) (result i32)', '0_2_1', 'higress', true],
    ['proxy_redis_call', '(param i32 i32 i32 i32 i32) (result i32)', '0_2_1', 'envoy', false],
    ['proxy_get_log_level', '(param i32) (result i32)', '0_2_0', 'higress', false],
    ['proxy_get_log_level', '(param i32) (result i32)', '0_2_1', 'higress', true],
    ['proxy_continue_stream', '(param i32) (result i32)', '0_1_0', 'higress', false],
    ['proxy_continue_request', '(result i32)', '0_1_0', 'higress', true],
    ['proxy_continue_request', '(result i32)', '0_2_1', 'higress', false],
    ['proxy_get_configuration', '(param i32 i32) (result i32)', '0_1_0', 'envoy', true],
    ['proxy_grpc_call', `(param ${'i32 '.repeat(12)}) (result i32)`, '0_2_1', 'envoy', true],
  ] as const)('%s%s for %s on %s: %s', (name, type, abi, family, loads) => {
    const text = `(import "env" "${name}" (func ${type})) ${with_(`proxy_abi_version_${abi}`)}`
    expect(load(text, family) === 'loads').toBe(loads)
  })

  test('a header callback of 0.1.0 has two parameters', () => {
    const callback = (params: string) =>
      with_(
        'proxy_abi_version_0_1_0',
        `(func (export "proxy_on_request_headers") (param ${params}) (result i32) (i32.const 0))`,
      )
    expect(load(callback('i32 i32'))).toBe('loads')
    expect(load(callback('i32 i32 i32'))).toMatchObject({ reason: { code: 'bad-signature' } })
  })
})

describe('the memory limit', () => {
  test.each([
    ['no maximum', '1', 8192],
    ['a higher one', '1 60000', 8192],
    ['a lower one', '1 3', 3],
  ])('a memory with %s gets the limit or keeps its own', (_name, range, expected) => {
    const bytes = wat(`(module (memory (export "memory") ${range}) (func (export "f")) (data (i32.const 0) "x"))`)
    const parsed = parseModule(bytes)
    if (!parsed.ok) throw new Error('not parsed')
    const limited = limitMemory(bytes, parsed.value, 8192)
    const again = parseModule(limited ?? new Uint8Array())
    expect(again.ok && again.value.memory).toMatchObject({ min: 1, max: expected })
    expect(() => new WebAssembly.Module(new Uint8Array(limited ?? []))).not.toThrow()
  })
})

test.each([
  ['_ZN4core9panicking5panic17h0123456789abcdefE', 'core::panicking::panic'],
  [
    '_ZN4core3ptr42drop_in_place$LT$alloc..string..String$GT$17h0123456789abcdefE',
    'core::ptr::drop_in_place<alloc::string::String>',
  ],
  ['_ZN9brokenE', '_ZN9brokenE'],
  ['_RNvCslpYsK7Ve7lm_6plugin9proxy_log', 'plugin::proxy_log'],
  ['_R99x', '_R99x'],
  ['main.onRequest', 'main.onRequest'],
])('%s is shown as %s', (mangled, shown) => {
  expect(demangle(mangled)).toBe(shown)
})
