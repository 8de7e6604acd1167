import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import type { GoSdk } from '../../src/compile-worker/api.ts'
import { compilePlugin } from '../../src/compile-worker/node.ts'
import { bundleFolder } from '../../src/compile-worker/node-bundle.ts'
import { runGuest } from './run-guest.ts'

const bundleMissing = !existsSync(`${bundleFolder()}/manifest.json`)
const source = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../guests/go-documents/${name}/main.go`, import.meta.url)), 'utf8')

async function compile(sdk: GoSdk, text: string, mode: 'debug' | 'check' = 'debug') {
  const result = await compilePlugin({ plugin: 'p', language: 'go', sdk, sources: { 'main.go': text }, mode })
  if (result.kind !== 'ok') throw new Error(JSON.stringify(result))
  return result
}

/** The documents' older programs, compiled as in the tab: by the bundle, without Go on the machine. */
describe.skipIf(bundleMissing)('programs of the TinyGo time', { timeout: 300_000 }, () => {
  const post = "  - request: { method: POST, url: http://127.0.0.1:10000/post, body: 'abc' }"
  const gateway = {
    clusters: { up: { kind: 'fixed', body: 'hello' } },
    routes: [{ name: 'r', cluster: 'up' }],
  }
  // The first compilation starts the compiler.
  beforeAll(() => compile('tinygo', source('sample')), 300_000)

  test('W29: the sample that registers in main runs every callback with sdk: tinygo', async () => {
    const { wasm } = await compile('tinygo', source('sample'))
    expect((await compile('tinygo', source('sample'), 'check')).warnings).toEqual([])
    expect(runGuest(wasm, { steps: post, config: { header: 'x' }, gateway }).logs).toEqual([
      'main',
      'NewPluginContext 1',
      'OnVMStart 0',
      'OnPluginStart 14 {"header":"x"}',
      'NewHttpContext 2',
      'OnHttpRequestHeaders false',
      'OnHttpRequestBody 3 abc <nil>',
      'OnHttpResponseHeaders',
      'OnHttpResponseBody 5 hello <nil>',
      'OnHttpStreamDone 2',
    ])
  })

  test('W29: built as c-shared it never registers; the compiler warns at main, and its edit makes it run', async () => {
    const text = source('sample').replaceAll('tetratelabs', 'proxy-wasm')
    const { warnings } = await compile('proxy-wasm', text, 'check')
    const line = text.split('\n').findIndex((each) => each.startsWith('func main()')) + 1
    expect(warnings).toMatchObject([{ file: 'main.go', line }])
    const { wasm } = await compile('proxy-wasm', text)
    const trapped = runGuest(wasm, { steps: post, config: { a: 1 }, gateway }).report.findings
    expect(trapped.map(({ params }) => params.variant)).toContain('go-not-registered')
    const moved = text.replace('func main() {', 'func main() {}\n\nfunc init() {')
    const repaired = await compile('proxy-wasm', moved)
    expect((await compile('proxy-wasm', moved, 'check')).warnings).toEqual([])
    expect(runGuest(repaired.wasm, { steps: post, config: { a: 1 }, gateway }).logs).toContain('OnHttpStreamDone 2')
  })

  test('W31: the oldest API compiles unchanged and runs', async () => {
    const { wasm } = await compile('tinygo', source('blog'))
    expect(runGuest(wasm, { steps: post, profile: 'envoy-1.40', gateway }).logs).toEqual([
      'request headers: 7 127.0.0.1:10000',
      'request body: 3 false',
      'request body: 0 true',
      'response body: hello',
    ])
  })
})
