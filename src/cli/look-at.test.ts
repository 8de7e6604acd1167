import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compilePlugin } from '../compile-worker/node.ts'
import { locateStack, openSourceMap } from '../compile-worker/source-map.ts'
import { executeRun } from '../sandbox/entry/execute-run.ts'
import { openTrace } from '../sandbox/trace/view.ts'
import { templateFiles } from '../templates/templates.ts'

const source = readFileSync(new URL('../templates/hello-header/plugins/hello/plugin.ts', import.meta.url), 'utf8')
const files = {
  'proxyground.yaml': 'version: 1\nplugins: [{ name: hello, language: assemblyscript }]\n',
  'plugins/hello/plugin.ts': source,
}
const scenario = { inline: 'steps:\n  - request: { url: http://127.0.0.1:10000/get }\n', name: 'get' }

/** A plugin in AssemblyScript as the editor builds it, its source map open. */
async function builtWithMap(plugin: string, text: string) {
  const built = await compilePlugin({
    plugin,
    language: 'assemblyscript',
    mode: 'debug',
    sources: { 'plugin.ts': text },
  })
  const map = built.kind === 'ok' ? openSourceMap(built.sourceMap) : undefined
  if (built.kind !== 'ok' || map === undefined) throw new Error(JSON.stringify(built))
  return { wasm: built.wasm, map }
}

test('a run repeated for one host call is the same run, and its stack leads to the line that made the call', {
  timeout: 60_000,
}, async () => {
  const built = await builtWithMap('hello', source)
  const request = { files, modules: { hello: built.wasm }, scenario }
  const first = executeRun(request, { now: () => 0 })
  if (first.kind !== 'finished') throw new Error(first.kind)
  expect(first.look).toBeUndefined()
  const view = openTrace(first.trace)
  const seqs = Array.from({ length: view.length }, (_, index) => view.record(index)).flatMap(({ event, seq }) =>
    event.type === 'host.call' && event.fn === 'proxy_add_header_map_value' ? [seq] : [],
  )
  const lines = seqs.map((seq) => {
    const again = executeRun({ ...request, lookAt: seq }, { now: () => 0 })
    if (again.kind !== 'finished') throw new Error(again.kind)
    expect(again.trace.hash).toBe(first.trace.hash)
    const place = locateStack(built.map, again.look?.frames ?? [], () => source)
    return `${place?.file}: ${source.split('\n')[(place?.line ?? 0) - 1]?.trim()}`
  })
  expect(lines).toEqual([
    "plugin.ts: this.requestHeaders.add('hello', 'world')",
    "plugin.ts: this.responseHeaders.add('x-seen-by', 'hello')",
  ])
})

test('a call without arguments leads to its own line, not to the statement before it', {
  timeout: 60_000,
}, async () => {
  const auth = templateFiles('auth-call')
  const text = auth['plugins/auth/plugin.ts'] ?? ''
  const built = await builtWithMap('auth', text)
  const request = { files: auth, modules: { auth: built.wasm }, scenario: { file: 'scenarios/allowed.yaml' } }
  const run = executeRun({ ...request, lookAt: 'every-call' }, { now: () => 0 })
  if (run.kind !== 'finished') throw new Error(run.kind)
  const view = openTrace(run.trace)
  const resumed = Array.from({ length: view.length }, (_, index) => view.record(index)).find(
    ({ event }) => event.type === 'host.call' && event.fn === 'proxy_continue_stream',
  )
  const call = run.stacks?.calls.find(({ seq }) => seq === resumed?.seq)
  const place = locateStack(built.map, run.stacks?.stacks[call?.stack ?? -1] ?? [], () => text)
  expect(text.split('\n')[(place?.line ?? 0) - 1]?.trim()).toBe('proxywasm.ResumeHttpRequest()')
})
