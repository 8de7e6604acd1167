import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bundleFolder } from '../../node-bundle.ts'
import { diskSource } from './disk-source.node.ts'
import { createGoToolchain } from './toolchain.ts'

const built = existsSync(`${bundleFolder()}/manifest.json`)

/** Reads an unsigned LEB128: its value and where it ends. */
function unsigned(bytes: Uint8Array, from: number): readonly [value: number, end: number] {
  let value = 0
  for (let at = from, shift = 0; ; at++, shift += 7) {
    const byte = bytes[at] ?? 0
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return [value, at + 1]
  }
}

const leb = (value: number): readonly number[] =>
  value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...leb(Math.floor(value / 0x80))]

/** The module with a memory that never grows beyond `pages`, as in a browser that has no more to give. */
function withMemoryUpTo(pages: number, module: Uint8Array): Uint8Array<ArrayBuffer> {
  for (let at = 8; at < module.length; ) {
    const [size, content] = unsigned(module, at + 1)
    if (module[at] === 5) {
      const [least] = unsigned(module, content + 2)
      const section = [1, 1, ...leb(least), ...leb(pages)]
      const parts = [module.subarray(0, at), [5, ...leb(section.length), ...section], module.subarray(content + size)]
      return Uint8Array.from(parts.flatMap((part) => [...part]))
    }
    at = content + size
  }
  throw new Error('the module has no memory')
}

const plugin = (functions: number) => `package main

import "github.com/higress-group/proxy-wasm-go-sdk/proxywasm"

func main() {}

func init() { proxywasm.LogInfo(f0("")) }

${Array.from({ length: functions }, (_, index) => `func f${index}(s string) string { for i := range s { if s[i] == ${index % 200} { return s[i:] + "${index}" } }; return s }`).join('\n')}
`

describe.skipIf(!built)('a compiler without memory', { timeout: 180_000 }, () => {
  test('says so, and the next build of something smaller is fine', async () => {
    const disk = diskSource(bundleFolder())
    const toolchain = createGoToolchain({
      ...disk,
      program: async (file) =>
        file.name === 'compile.wasm'
          ? await WebAssembly.compile(withMemoryUpTo(900, await disk.bytes(file, () => undefined)))
          : await disk.program(file, () => undefined),
    })
    const build = (functions: number) =>
      toolchain.compile({ sources: { 'main.go': plugin(functions) }, mode: 'debug' }, 'higress')
    const large = await build(2500)
    expect(large).toMatchObject({ kind: 'rejected', errors: [{ code: 'PG003' }] })
    expect(large).toMatchObject({ output: expect.stringContaining('ran out of memory') })
    expect(await build(3)).toMatchObject({ kind: 'ok' })
  })
})
