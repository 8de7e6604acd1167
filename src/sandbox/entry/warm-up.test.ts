import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import wabt from 'wabt'
import type { RunRequest } from './api.ts'
import { executeRun, freshCaches } from './execute-run.ts'
import { warmUp } from './warm-up.ts'
import { warmUpGuest } from './warm-up-guest.ts'

const source = readFileSync(new URL('warm-up-guest.wat', import.meta.url), 'utf8')

async function assemble(): Promise<Uint8Array> {
  const { parseWat } = await wabt()
  return parseWat('warm-up-guest.wat', source).toBinary({}).buffer
}

test('the embedded guest is its source, assembled', async () => {
  const text = btoa(Array.from(await assemble(), (byte) => String.fromCharCode(byte)).join(''))
  expect(warmUpGuest).toBe(text)
})

test('the run goes the whole way: its guest runs, its checks pass, its trace is whole', () => {
  const result = warmUp(() => 0)
  if (result.kind !== 'finished') throw new Error(`The warm-up ended as ${result.kind}: ${JSON.stringify(result)}`)
  expect(result.report.passed).toBe(true)
  expect(result.modules.map(({ loaded }) => loaded)).toEqual([true])
  expect(result.trace.dropped).toBe(0)
})

test('a run after it has the trace of a run without it', async () => {
  const request: RunRequest = {
    files: { 'proxyground.yaml': 'version: 1\nplugins:\n  - { name: p, language: wat }\n', 'plugins/p/plugin.wat': '' },
    modules: { p: await assemble() },
    scenario: { inline: 'steps: [{ request: { url: "http://127.0.0.1:10000/uuid", times: 3 } }]', name: 'ids' },
  }
  const run = () => {
    const result = executeRun(request, { now: () => 0 }, freshCaches())
    return result.kind === 'finished' ? result.trace : result
  }
  const before = run()
  warmUp(() => 0)
  expect(run()).toEqual(before)
})
