/**
 * A guest that makes any host call with any arguments: its configuration is a list of calls, and each callback makes the
 * next few of them. Its allocator can misbehave in every way the host knows of.
 */
import { type AbiVersion, callbackNames, callbackType } from '../../src/sandbox/abi/callbacks.ts'
import type { FunctionType } from '../../src/sandbox/abi/wasm-types.ts'
import type { EnvFunction } from '../../src/sandbox/host/call.ts'
import { envFunctions } from '../../src/sandbox/host/registry.ts'
import { wasiFunctions } from '../../src/sandbox/wasi/registry.ts'

/** Every function that can be imported; the index is how a call names it. */
export function callables(abi: AbiVersion, family: 'higress' | 'envoy'): readonly EnvFunction[] {
  return [...envFunctions(abi, family).values(), ...wasiFunctions.values()]
}

/** Where the configuration lies in memory: a head of four words, the calls, then whatever they point to. */
export const script = { base: 0x10000, head: 16, entry: 128, slots: 15, memory: 4 * 65_536 } as const

/** What the allocator does after the configuration was read. */
export const allocators = ['good', 'null', 'outside', 'traps', 'calls the host'] as const

export type AnyCall = {
  /** Index of `callables`. */
  readonly fn: number
  readonly slots: readonly bigint[]
  /** What the callback returns if this was its last call. */
  readonly answer: number
}

export type AnyCalls = {
  readonly allocator: number
  readonly perCallback: number
  readonly calls: readonly AnyCall[]
  /** Lies behind the calls, at `dataAt`. */
  readonly data: Uint8Array
}

export const dataAt = (calls: number): number => script.base + script.head + script.entry * calls

/** The configuration for the guest. */
export function scriptBytes({ allocator, perCallback, calls, data }: AnyCalls): Uint8Array {
  const bytes = new Uint8Array(script.head + script.entry * calls.length + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, allocator, true)
  view.setUint32(4, perCallback, true)
  view.setUint32(8, calls.length, true)
  calls.forEach(({ fn, slots, answer }, index) => {
    const at = script.head + script.entry * index
    view.setUint32(at, fn, true)
    view.setUint32(at + 4, answer, true)
    slots.forEach((value, slot) => {
      view.setBigUint64(at + 8 + 8 * slot, BigInt.asUintN(64, value), true)
    })
  })
  bytes.set(data, script.head + script.entry * calls.length)
  return bytes
}

const typeText = ({ params, results }: FunctionType): string =>
  `${params.length === 0 ? '' : `(param ${params.join(' ')})`} ${results.length === 0 ? '' : `(result ${results.join(' ')})`}`

/** The guest as WAT. */
export function anyCallGuest(abi: AbiVersion, family: 'higress' | 'envoy'): string {
  const functions = callables(abi, family)
  const wasi = new Set<EnvFunction>(wasiFunctions.values())
  const imports = functions.map((fn, index) => {
    const module = wasi.has(fn) ? 'wasi_snapshot_preview1' : 'env'
    return `(import "${module}" "${fn.name}" (func $f${index} ${typeText(fn.type)}))`
  })
  const cases = functions.map(({ type }, index) => {
    const slots = type.params.map((kind, slot) => {
      const at = `(i32.add (local.get $at) (i32.const ${8 + 8 * slot}))`
      return kind === 'i64' ? `(i64.load ${at})` : `(i32.load ${at})`
    })
    const call = `(call $f${index} ${slots.join(' ')})`
    return `) ${type.results.length === 0 ? call : `(drop ${call})`} (return)`
  })
  const blocks = '(block '.repeat(functions.length)
  const table = functions.map((_, index) => index).join(' ')
  const exported = callbackNames.filter(
    (name) => name.startsWith('proxy_on_') && name !== 'proxy_on_memory_allocate' && name !== 'proxy_on_configure',
  )
  const callbacks = exported.flatMap((name) => {
    const type = callbackType(name, abi, family)
    if (type === undefined) return []
    // A start that answers 0 is refused, and nothing more would be seen.
    const answer = name === 'proxy_on_vm_start' ? '(i32.const 1)' : '(global.get $answer)'
    return [`(func (export "${name}") ${typeText(type)} (call $some) ${type.results.length === 0 ? '' : answer})`]
  })
  return `(module
    ${imports.join('\n')}
    (memory (export "memory") 4 64)
    (global $heap (mut i32) (i32.const ${script.base}))
    (global $mode (mut i32) (i32.const 0))
    (global $next (mut i32) (i32.const 0))
    (global $answer (mut i32) (i32.const 0))
    (func (export "proxy_abi_version_${abi}"))
    (func $one (param $at i32)
      (block $none ${blocks}
        (br_table ${table} $none (i32.load (local.get $at)))
      ${cases.join('\n')}))
    (func $step
      (local $at i32)
      (if (i32.ge_u (global.get $next) (i32.load (i32.const ${script.base + 8}))) (then (return)))
      (local.set $at (i32.add (i32.const ${script.base + script.head}) (i32.mul (global.get $next) (i32.const ${script.entry}))))
      (global.set $next (i32.add (global.get $next) (i32.const 1)))
      (global.set $answer (i32.load offset=4 (local.get $at)))
      (call $one (local.get $at)))
    (func $some
      (local $left i32)
      ;; Host calls may write over the script, and a guest that loops for ever is not what is looked for.
      (local.set $left (i32.and (i32.load (i32.const ${script.base + 4})) (i32.const 7)))
      (loop $again
        (if (i32.eqz (local.get $left)) (then (return)))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (call $step)
        (br $again)))
    (func (export "malloc") (param $size i32) (result i32)
      (if (i32.eq (global.get $mode) (i32.const 1)) (then (return (i32.const 0))))
      (if (i32.eq (global.get $mode) (i32.const 2)) (then (return (i32.const -16))))
      (if (i32.eq (global.get $mode) (i32.const 3)) (then (unreachable)))
      (if (i32.eq (global.get $mode) (i32.const 4)) (then (call $step)))
      (if (i32.gt_u (local.get $size) (i32.const 0x18000)) (then (return (i32.const 0))))
      (if (i32.gt_u (i32.add (global.get $heap) (local.get $size)) (i32.const 0x3f000))
        (then (global.set $heap (i32.const 0x20000))))
      (global.get $heap)
      (global.set $heap (i32.add (global.get $heap) (i32.and (i32.add (local.get $size) (i32.const 15)) (i32.const -8)))))
    (func (export "proxy_on_configure") (param i32 i32) (result i32)
      (drop (call $f${functions.findIndex(({ name }) => name === 'proxy_get_buffer_bytes')}
        (i32.const 7) (i32.const 0) (i32.const -1) (i32.const 8) (i32.const 12)))
      (global.set $heap (i32.const 0x20000))
      (global.set $mode (i32.load (i32.const ${script.base})))
      (call $some)
      (i32.const 1))
    ${callbacks.join('\n')})`
}
