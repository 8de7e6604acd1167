import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { compilePlugin } from '../src/compile-worker/node.ts'
import { cases } from './cases.ts'
import { observeEmulator } from './emulator.ts'
import type { Observed } from './observed.ts'

const expected: Record<string, Observed> = JSON.parse(
  readFileSync(new URL('expected/envoy-1.40.json', import.meta.url), 'utf8'),
)
let probe: Uint8Array

beforeAll(async () => {
  const source = readFileSync(new URL('guests/probe/plugin.ts', import.meta.url), 'utf8')
  const sources = { 'plugin.ts': source }
  const built = await compilePlugin({ plugin: 'probe', language: 'assemblyscript', mode: 'release', sources })
  if (built.kind !== 'ok') throw new Error('output' in built ? built.output : built.kind)
  probe = built.wasm
}, 60_000)

describe('the emulator does what Envoy 1.40 did', () => {
  test.each(cases)('$name', (probeCase) => {
    expect(observeEmulator(probe, probeCase)).toEqual(expected[probeCase.name])
  })
})
