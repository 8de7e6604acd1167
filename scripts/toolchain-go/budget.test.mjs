import { brotliCompressSync, constants } from 'node:zlib'
import { expect, test } from 'vitest'
import { budget, downloadOf, sizeLine } from './budget.mjs'

const sizes = {
  'compile.wasm': 4_000_000,
  'link.wasm': 1_000_000,
  'driver.wasm': 2_000_000,
  'exports.pack': 1_000_000,
  'objects-core.pack': 3_000_000,
  'objects-wrapper.pack': 2_000_000,
  'objects-text.pack': 500_000,
  'full-core.pack': 600_000,
  'docs.pack': 70_000,
  'sources-net.pack': 30_000,
}
const file = ([name, compressed]) => ({ name, file: name, bytes: 9, compressed })
const packages = {
  runtime: { objects: 'objects-core.pack', full: 'full-core.pack', imports: [] },
  'net/http': { objects: 'objects-wrapper.pack', imports: ['runtime'] },
  'text/tabwriter': { objects: 'objects-text.pack', imports: [] },
  'github.com/higress-group/wasm-go/pkg/wrapper': { objects: 'objects-wrapper.pack', imports: ['net/http'] },
}
const manifest = { files: Object.entries(sizes).map(file), packages }
const quickly = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }
const own = (value) => brotliCompressSync(JSON.stringify(value), quickly).length

test('the first run waits for programs, exports, and the packs that the wrapper reaches; everything has all packs', () => {
  expect(downloadOf(manifest)).toEqual({
    beforeFirstRun: own(manifest) + 13_000_000,
    everything: own(manifest) + 14_200_000,
    examples: { count: 0, bytes: 0 },
  })
})

test('modules of examples are counted by themselves', () => {
  const builds = ['0', '1'].map((digit) => file([`build-${digit.repeat(32)}.pack`, 1_500_000]))
  const more = { ...manifest, files: [...manifest.files, ...builds] }
  const { everything, examples } = downloadOf(more)
  expect(everything).toBe(own(more) + 14_200_000)
  expect(examples).toEqual({ count: 2, bytes: 3_000_000 })
})

test('what is over the budget of a release says so, and only that', () => {
  expect(budget).toEqual({ beforeFirstRun: 14_000_000, everything: 20_000_000 })
  expect(sizeLine(manifest, true)).toBe('before the first run 13.0 MB of 14, everything 14.2 MB of 20')
  const larger = { ...manifest, files: [...manifest.files, file(['full-wrapper.pack', 6_000_000])] }
  expect(sizeLine(larger, false)).toBe('before the first run 13.0 MB, everything 20.2 MB')
  expect(sizeLine(larger, true)).toBe('before the first run 13.0 MB of 14, everything 20.2 MB of 20 (too much)')
})
