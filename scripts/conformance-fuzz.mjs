// npm run conformance:fuzz -- [--cases N] [--seed S] [--from K] [--envoy 1.40] [--shrink M] [--flavour F] [--keep]
// Random programs for the probe guest on a real Envoy and in the emulator; where they differ is tried again, shrunk (the
// first M) and written to .cache/conformance-fuzz-VERSION-SEED.json. --keep: the counts go to conformance/fuzz/results.json.
// --flavour: ticks, h2, faults, timeouts or grpc (conformance/fuzz/flavours.ts).
// --keep-hashes: and what Envoy did goes, as hashes, to conformance/fuzz/expected.json, which npm test compares with.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { findEnvoy } from './conformance/envoys.mjs'
import { pathOf } from './setup/paths.mjs'

const words = process.argv.slice(2)
const value = (name, fallback) => (words.includes(name) ? words[words.indexOf(name) + 1] : fallback)
const version = value('--envoy', '1.40')
const binary = findEnvoy(version)
if (binary === undefined) {
  console.error(`No Envoy ${version} here: run npm run conformance:setup`)
  process.exit(1)
}
mkdirSync(pathOf('.cache'), { recursive: true })
const report = pathOf(`.cache/conformance-fuzz-${version}-${value('--flavour', 'plain')}-${value('--seed', '1')}.json`)
const numbers = [value('--cases', '500'), value('--seed', '1'), value('--from', '0'), value('--shrink', '3')]
const vitest = [pathOf('node_modules/vitest/vitest.mjs'), 'run', 'conformance/fuzz/fuzz-envoy.test.ts']
const { status } = spawnSync(process.execPath, vitest, {
  stdio: 'inherit',
  env: {
    ...process.env,
    PROXYGROUND_ENVOY: binary,
    PROXYGROUND_ENVOY_VERSION: version,
    PROXYGROUND_FUZZ: numbers.join(' '),
    PROXYGROUND_FUZZ_FLAVOUR: value('--flavour', 'plain'),
    PROXYGROUND_FUZZ_REPORT: report,
    ...(words.includes('--keep') ? { PROXYGROUND_FUZZ_KEEP: 'counts' } : {}),
    ...(words.includes('--keep-hashes') ? { PROXYGROUND_FUZZ_KEEP: 'hashes' } : {}),
  },
})
if (status !== 0) console.log(`What differs: ${report}`)
process.exitCode = status ?? 1
