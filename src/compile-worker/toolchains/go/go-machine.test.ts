import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { buildWithMachineGo } from './machine-go.node.ts'

const goMissing = spawnSync('go', ['version']).status !== 0
if (goMissing) console.warn('There is no Go on this machine: --sdk real is not tested in this run.')

const scratch = mkdtempSync(join(tmpdir(), 'proxyground-real-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** No module can be had: no proxy, and nothing in the cache. */
const alone = { ...process.env, GOPROXY: 'off', GOMODCACHE: join(scratch, 'modules'), GOFLAGS: '' }
const source = (imported: string, body = '') => `package main

import _ "${imported}"

//go:wasmexport proxy_abi_version_0_2_1
func abi() {}

${body}
func main() {}
`
const build = (sources: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = alone) =>
  buildWithMachineGo({ plugin: 'p', sdk: 'higress', sources }, env)

describe.skipIf(goMissing)('a build with the machine’s own Go', { timeout: 120_000 }, () => {
  test('is a module, made with the go.mod of the plugin', async () => {
    const sdk = fileURLToPath(new URL('../../../../sdk/go/', import.meta.url))
    const goMod = `module own

go 1.24.1

require (
	github.com/higress-group/proxy-wasm-go-sdk v1.0.0
	proxyground.dev/abi v1.0.0
)

replace github.com/higress-group/proxy-wasm-go-sdk => ${sdk}github.com/higress-group/proxy-wasm-go-sdk

replace proxyground.dev/abi => ${sdk}proxyground.dev/abi
`
    const made = await build({
      'go.mod': goMod,
      'main.go': source('github.com/higress-group/proxy-wasm-go-sdk/proxywasm').replace(/.*go:wasmexport.*\n.*\n/, ''),
    })
    if (made.kind !== 'ok') throw new Error(JSON.stringify(made))
    const names = WebAssembly.Module.exports(new WebAssembly.Module(made.wasm.slice())).map(({ name }) => name)
    expect(names).toContain('proxy_abi_version_0_2_100')
    expect(made.goMod).toBe(goMod)
  })

  test('says where the compiler found what wrong', async () => {
    const made = await build({ 'main.go': source('strings', 'var 中文 int = "x"') })
    expect(made).toMatchObject({ kind: 'rejected', errors: [{ file: 'main.go', line: 8, column: 14 }] })
  })

  test('names the real modules where the plugin has no go.mod, and says when they cannot be had and what to do', async () => {
    const made = await build({ 'main.go': source('github.com/higress-group/wasm-go/pkg/wrapper') })
    if (made.kind !== 'unavailable') throw new Error(JSON.stringify(made))
    expect(made.lines[0]).toBe('Go cannot get github.com/higress-group/wasm-go/pkg/wrapper:')
    expect(made.lines[1]).toContain('GOPROXY=off')
    expect(made.lines.join('\n')).toContain('Without --sdk real')
  })

  test('of a TinyGo plugin, or without Go, says what is needed', async () => {
    const tiny = await buildWithMachineGo({ plugin: 'p', sdk: 'tinygo', sources: { 'main.go': source('fmt') } }, alone)
    expect(tiny).toMatchObject({ kind: 'unavailable', lines: [expect.stringContaining('tinygo')] })
    const none = await build({ 'main.go': source('fmt') }, { ...alone, PROXYGROUND_GO: join(scratch, 'no-go') })
    expect(none).toMatchObject({
      kind: 'unavailable',
      lines: [expect.stringContaining('no Go answers'), expect.any(String)],
    })
  })
})
