import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bundleFolder } from '../../node-bundle.ts'
import { diskSource } from './disk-source.node.ts'
import { withMemoryUpTo } from './test-memory.ts'
import { createGoToolchain } from './toolchain.ts'

const built = existsSync(`${bundleFolder()}/manifest.json`)

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
    expect(large).toMatchObject({ kind: 'rejected', errors: [{ code: 'PG007', about: { tool: 'compile' } }] })
    expect(large).toMatchObject({ output: expect.stringContaining('ran out of memory') })
    expect(await build(3)).toMatchObject({ kind: 'ok' })
  })
})
