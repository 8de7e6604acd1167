/** A guest that makes the calls of `calls.ts` for each request, and logs status and results of each. */

import { wat } from '../../src/sandbox/vm/test-world.ts'
import { isMissing, oddType } from '../../src/sandbox/wasi/by-profile.ts'
import { wasiFunctions } from '../../src/sandbox/wasi/registry.ts'
import type { EnvoyVersion } from '../expected.ts'
import { out, vectors, type WasiCall, wasiCalls } from './calls.ts'

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')
const text = (value: string) => hexOf(new TextEncoder().encode(value))
const words = (...values: readonly number[]) => hexOf(new Uint8Array(new Uint32Array(values).buffer))
const typeText = (params: readonly string[], results: readonly string[]) =>
  `${params.length === 0 ? '' : `(param ${params.join(' ')})`} ${results.length === 0 ? '' : `(result ${results.join(' ')})`}`

const labels = 8192
const labelSize = 128
const line = 4096

/** Without those that this Envoy does not have: a module that imports one does not load (`conformance/loads`). */
export const callsFor = (version: EnvoyVersion): readonly WasiCall[] =>
  wasiCalls.filter(({ name }) => !isMissing(name, `envoy-${version}`))

/** `tag` begins each line. */
export function wasiGuest(version: EnvoyVersion, tag: string): Uint8Array {
  const calls = callsFor(version)
  const types = new Map(
    [...new Set(calls.map(({ name }) => name))].map((name) => {
      const type = oddType(name, `envoy-${version}`) ?? wasiFunctions.get(name)?.type
      if (type === undefined) throw new Error(`WASI has no ${name}`)
      return [name, type] as const
    }),
  )
  const imports = [...types].map(
    ([name, { params, results }]) =>
      `(import "wasi_snapshot_preview1" "${name}" (func $${name} ${typeText(params, results)}))`,
  )
  const data = calls.map(({ name, args }, index) => {
    const label = `${tag} ${name} ${args.join(' ')} -> `
    if (label.length > labelSize) throw new Error(`${label} is too long`)
    return `(data (i32.const ${labels + labelSize * index}) "${text(label)}")`
  })
  const body = calls.map(({ name, args, hidden }, index) => {
    const { params = [], results = [] } = types.get(name) ?? {}
    const called = `(call $${name} ${params.map((kind, at) => `(${kind}.const ${args[at] ?? 0})`).join(' ')})`
    const status = results.length === 0 ? `(block (result i32) ${called} (i32.const 0))` : called
    const length = `${tag} ${name} ${args.join(' ')} -> `.length
    return `(memory.fill (i32.const ${out}) (i32.const 0xaa) (i32.const 24))
      (call $say (i32.const ${labels + labelSize * index}) (i32.const ${length}) ${status} (i32.const ${hidden === true ? 0 : 24}))`
  })
  const [hello, world, lines] = [`${tag} written`, ' and more', `${tag} two lines\n`]
  return wat(`(module
    (import "env" "proxy_log" (func $log (param i32 i32 i32) (result i32)))
    ${imports.join('\n')}
    (memory (export "memory") 2)
    (data (i32.const ${vectors.one}) "${words(512, hello.length)}")
    (data (i32.const ${vectors.two}) "${words(512, hello.length, 640, world.length)}")
    (data (i32.const ${vectors.newline}) "${words(768, lines.length)}")
    (data (i32.const ${vectors.empty}) "${words(512, 0)}")
    (data (i32.const ${vectors.far}) "${words(512, 0xfffffff0)}")
    (data (i32.const 400) "file")
    (data (i32.const 512) "${text(hello)}") (data (i32.const 640) "${text(world)}") (data (i32.const 768) "${text(lines)}")
    ${data.join('\n')}
    (func (export "proxy_abi_version_0_2_1"))
    (func (export "malloc") (param i32) (result i32) (i32.const 65536))
    (func $digit (param $at i32) (param $value i32)
      (i32.store8 (local.get $at) (i32.add (local.get $value)
        (select (i32.const 48) (i32.const 87) (i32.lt_u (local.get $value) (i32.const 10))))))
    (func $byte (param $at i32) (param $value i32)
      (call $digit (local.get $at) (i32.shr_u (local.get $value) (i32.const 4)))
      (call $digit (i32.add (local.get $at) (i32.const 1)) (i32.and (local.get $value) (i32.const 15))))
    (func $say (param $label i32) (param $length i32) (param $status i32) (param $shown i32)
      (local $at i32) (local $index i32)
      (memory.copy (i32.const ${line}) (local.get $label) (local.get $length))
      (local.set $at (i32.add (i32.const ${line}) (local.get $length)))
      (call $byte (local.get $at) (local.get $status))
      (i32.store8 offset=2 (local.get $at) (i32.const 32))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (block $done (loop $more
        (br_if $done (i32.ge_u (local.get $index) (local.get $shown)))
        (call $byte (local.get $at) (i32.load8_u offset=${out} (local.get $index)))
        (local.set $at (i32.add (local.get $at) (i32.const 2)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $more)))
      (drop (call $log (i32.const 2) (i32.const ${line}) (i32.sub (local.get $at) (i32.const ${line})))))
    (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
      ${body.join('\n')}
      (i32.const 0)))`)
}
