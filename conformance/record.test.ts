import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compilePlugin } from '../src/compile-worker/node.ts'
import { cases } from './cases.ts'
import { observeEnvoy } from './envoy/run.ts'

/** A regular expression: only cases of that name, and those that were never recorded. */
const only = process.env.PROXYGROUND_ENVOY_ONLY
const binary = process.env.PROXYGROUND_ENVOY

test.skipIf(binary === undefined)('records what a real Envoy does', { timeout: 900_000 }, async () => {
  const source = readFileSync(new URL('guests/probe/plugin.ts', import.meta.url), 'utf8')
  const built = await compilePlugin({
    plugin: 'probe',
    language: 'assemblyscript',
    mode: 'release',
    sources: { 'plugin.ts': source },
  })
  if (built.kind !== 'ok') throw new Error(JSON.stringify(built))
  const file = new URL('expected/envoy-1.40.json', import.meta.url)
  const known: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'))
  const wanted = cases.filter(({ name }) => only === undefined || new RegExp(only).test(name) || !(name in known))
  const observed = await observeEnvoy(binary ?? '', built.wasm, wanted)
  expect(observed).toHaveLength(wanted.length)
  const crashes = wanted.filter((_, index) => observed[index] === undefined).map(({ name }) => name)
  const now = new Map(wanted.map(({ name }, index) => [name, observed[index]]))
  const named = Object.fromEntries(cases.map(({ name }) => [name, now.get(name) ?? known[name]]))
  writeFileSync(file, `${JSON.stringify(named, null, 1)}\n`)
  // Undefined behaviour of the host: such a case leaves the list (README, "Seen while recording").
  expect(crashes).toEqual([])
})
