import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compilePlugin } from '../src/compile-worker/node.ts'
import { cases } from './cases.ts'
import { observeEnvoy } from './envoy/run.ts'

const binary = process.env.PROXYGROUND_ENVOY

test.skipIf(binary === undefined)('records what a real Envoy does', { timeout: 300_000 }, async () => {
  const source = readFileSync(new URL('guests/probe/plugin.ts', import.meta.url), 'utf8')
  const built = await compilePlugin({
    plugin: 'probe',
    language: 'assemblyscript',
    mode: 'release',
    sources: { 'plugin.ts': source },
  })
  if (built.kind !== 'ok') throw new Error(JSON.stringify(built))
  const observed = await observeEnvoy(binary ?? '', built.wasm, cases)
  expect(observed).toHaveLength(cases.length)
  const named = Object.fromEntries(cases.map(({ name }, index) => [name, observed[index]]))
  writeFileSync(new URL('expected/envoy-1.40.json', import.meta.url), `${JSON.stringify(named, null, 1)}\n`)
})
