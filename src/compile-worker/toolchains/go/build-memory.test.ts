import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Diagnostic } from '../../../model/diagnostic.ts'
import type { CompileOutcome } from '../../compilers/outcome.ts'
import { createBuildMemory } from './build-memory.ts'
import { keptBuildName, packBuild } from './kept-build.ts'
import type { Manifest } from './manifest.ts'
import type { BundleSource } from './source.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const sources = { 'main.go': 'package main', 'a.txt': 'a' }
const wasm = new Uint8Array([0, 97, 115, 109])
const ok = (bytes: Uint8Array, warnings: readonly Diagnostic[] = []): CompileOutcome => ({
  kind: 'ok',
  wasm: bytes,
  sourceMap: '',
  warnings,
  output: 'said',
})
const warning: Diagnostic = {
  file: 'main.go',
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
  severity: 'warning',
  code: 'GO',
  message: 'careful',
}
const emptyManifest: Manifest = { key: 'k', goVersion: 'go1.26.8', files: new Map(), packages: new Map() }

function sourceWith(kept: Map<string, Uint8Array>, shipped: Uint8Array = new Uint8Array()): BundleSource {
  const none = () => Promise.reject(new Error('not asked for here'))
  return {
    manifest: none,
    program: none,
    bytes: async () => shipped,
    keep: none,
    sweep: none,
    builds: { find: async (name) => kept.get(name), keep: async (name, bytes) => void kept.set(name, bytes) },
  }
}

test('a build that stood for a while is known again, with what its check warned of, also in another worker', async () => {
  const kept = new Map<string, Uint8Array>()
  const memory = createBuildMemory(sourceWith(kept))
  memory.note(emptyManifest, { sources, mode: 'check' }, 'higress', ok(new Uint8Array(), [warning]))
  const given = wasm.slice()
  memory.note(emptyManifest, { sources: { ...sources }, mode: 'debug' }, 'higress', ok(given))
  given.fill(0)
  expect(kept.size).toBe(0)
  await vi.advanceTimersByTimeAsync(3000)
  expect(kept.size).toBe(1)

  const later = createBuildMemory(sourceWith(kept))
  const reordered = { 'a.txt': 'a', 'main.go': 'package main' }
  const check = await later.recall(emptyManifest, { sources: reordered, mode: 'check' }, 'higress')
  expect(check).toMatchObject({ kind: 'ok', warnings: [warning] })
  const build = await later.recall(emptyManifest, { sources: reordered, mode: 'debug' }, 'higress')
  expect(build).toMatchObject({ kind: 'ok', wasm, warnings: [], output: 'said' })
})

test('of edits that follow each other only the last one is laid up', async () => {
  const kept = new Map<string, Uint8Array>()
  const memory = createBuildMemory(sourceWith(kept))
  for (const text of ['a', 'ab', 'abc']) {
    memory.note(emptyManifest, { sources: { 'main.go': text }, mode: 'check' }, 'higress', ok(wasm))
    memory.note(emptyManifest, { sources: { 'main.go': text }, mode: 'debug' }, 'higress', ok(wasm))
    await vi.advanceTimersByTimeAsync(1000)
  }
  await vi.advanceTimersByTimeAsync(3000)
  expect([...kept.keys()]).toEqual([keptBuildName('k', 'higress', { 'main.go': 'abc' })])
})

test.each([
  ['other sources', 'k', 'higress', { ...sources, 'a.txt': 'b' }, 'debug'],
  ['another SDK', 'k', 'tinygo', sources, 'debug'],
  ['another bundle', 'other', 'higress', sources, 'debug'],
  ['a release build', 'k', 'higress', sources, 'release'],
] as const)('%s is not answered with it', async (_what, key, sdk, asked, mode) => {
  const build = packBuild({ wasm, output: '', warnings: [], checked: [] })
  const memory = createBuildMemory(sourceWith(new Map([[keptBuildName('k', 'higress', sources), build]])))
  expect(await memory.recall(emptyManifest, { sources, mode: 'debug' }, 'higress')).toBeDefined()
  expect(await memory.recall({ ...emptyManifest, key }, { sources: asked, mode }, sdk)).toBeUndefined()
})

test('the module of an example comes with the bundle; a damaged one is built anew', async () => {
  const name = keptBuildName('k', 'higress', sources)
  const file = { name, file: `${name}-hash`, bytes: 1, compressed: 1 }
  const manifest = { ...emptyManifest, files: new Map([[name, file]]) }
  const shipped = packBuild({ wasm, output: 'shipped', warnings: [], checked: [] })
  const input = { sources, mode: 'debug' } as const
  const whole = createBuildMemory(sourceWith(new Map(), shipped))
  expect(await whole.recall(manifest, input, 'higress')).toMatchObject({ wasm, output: 'shipped' })
  const damaged = createBuildMemory(sourceWith(new Map(), shipped.slice(0, 9)))
  expect(await damaged.recall(manifest, input, 'higress')).toBeUndefined()
})
