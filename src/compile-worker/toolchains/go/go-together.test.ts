import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleFolder } from '../../node-bundle.ts'
import { diskSource } from './disk-source.node.ts'
import { createGoToolchain } from './toolchain.ts'

const built = existsSync(`${bundleFolder()}/manifest.json`)

const plugin = (word: string, more = '') => `package main

import "github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
${more}
func main() {}

func init() { proxywasm.LogInfo("${word}") }
`

/** Node has it since 21. What it answers is not asked for here; the buffer is detached, and a second time is an error. */
function transfer(this: ArrayBuffer): ArrayBuffer {
  if (this.byteLength === 0) throw new TypeError('Cannot transfer a detached ArrayBuffer')
  return structuredClone(this, { transfer: [this] })
}

const has = 'transfer' in ArrayBuffer.prototype
beforeAll(() => {
  if (!has) Object.defineProperty(ArrayBuffer.prototype, 'transfer', { value: transfer, configurable: true })
})
afterAll(() => {
  if (!has) Reflect.deleteProperty(ArrayBuffer.prototype, 'transfer')
})

// In the page an edit may be built while the build that wakes the compiler is under way. Memory is short there: packs are
// given back as soon as the linker has read them.
test.skipIf(!built)(
  'builds that are asked for at once do not take the packs from each other',
  { timeout: 180_000 },
  async () => {
    const toolchain = createGoToolchain({ ...diskSource(bundleFolder()), frugal: true })
    const build = (text: string) => toolchain.compile({ sources: { 'main.go': text }, mode: 'debug' }, 'higress')
    const texts = [plugin('one'), plugin('two'), plugin('three', 'import _ "embed"\n')]
    const outcomes = await Promise.all(texts.map(build))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok'])
  },
)
