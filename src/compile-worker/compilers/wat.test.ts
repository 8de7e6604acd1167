import { expect, test } from 'vitest'
import { compilePlugin } from '../node.ts'

const build = (text: string, mode: 'debug' | 'check' = 'debug') =>
  compilePlugin({ plugin: 'p', language: 'wat', mode, sources: { 'plugin.wat': text } })

test('text becomes a module', async () => {
  const result = await build('(module (memory (export "memory") 1) (func $f (export "f") (result i32) i32.const 7))')
  if (result.kind !== 'ok') throw new Error(result.kind)
  const { instance } = await WebAssembly.instantiate(Uint8Array.from(result.wasm))
  const f = instance.exports.f
  expect(typeof f === 'function' && f()).toBe(7)
})

test.each([
  ['an unknown instruction', '(module\n  (func\n    i32.foo))', { line: 3, column: 5 }],
  ['a type mismatch', '(module\n  (func (result i32)\n    i64.const 1))', { line: 3 }],
  ['an unknown name', '(module\n  (func call $gone))', { line: 2, column: 14 }],
])('%s is reported at its place', async (_, text, place) => {
  expect(await build(text, 'check')).toMatchObject({ kind: 'rejected', errors: [{ file: 'plugin.wat', ...place }] })
})
