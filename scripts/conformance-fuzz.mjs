// npm run conformance:fuzz: random programs for the probe guest on a real Envoy and in the emulator.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { findEnvoy } from './conformance/envoys.mjs'
import { commandLine } from './setup/command-line.mjs'
import { pathOf } from './setup/paths.mjs'

const usage = `npm run conformance:fuzz -- [options]
Random programs for the probe guest on a real Envoy and in the emulator. Where they differ is tried again, shrunk and
written to .cache/conformance-fuzz-ENVOY-FLAVOUR-SEED.json.
  --cases N        how many programs (500)
  --seed S         which ones (1): the same seed gives the same programs
  --from K         the number of the first (0)
  --envoy 1.36     which Envoy (1.40)
  --flavour F      where they go (plain): see conformance/fuzz/flavours.ts; tcp: connections (conformance/tcp/program.ts)
  --shrink M       how many disagreements are made small (3)
  --keep           the counts go to conformance/fuzz/results.json
  --keep-hashes    and what Envoy did goes to conformance/fuzz/expected.json, which npm test compares with`
const { envoy: version, ...asked } = commandLine(usage, {
  cases: 500,
  seed: 1,
  from: 0,
  envoy: '1.40',
  flavour: 'plain',
  shrink: 3,
  keep: false,
  'keep-hashes': false,
})
const binary = findEnvoy(version)
if (binary === undefined) {
  console.error(`No Envoy ${version} here: run npm run conformance:setup`)
  process.exit(1)
}
mkdirSync(pathOf('.cache'), { recursive: true })
const report = pathOf(`.cache/conformance-fuzz-${version}-${asked.flavour}-${asked.seed}.json`)
const numbers = [asked.cases, asked.seed, asked.from, asked.shrink]
const test = asked.flavour === 'tcp' ? 'conformance/tcp/fuzz-envoy.test.ts' : 'conformance/fuzz/fuzz-envoy.test.ts'
const vitest = [pathOf('node_modules/vitest/vitest.mjs'), 'run', test]
const { status } = spawnSync(process.execPath, vitest, {
  stdio: 'inherit',
  env: {
    ...process.env,
    PROXYGROUND_ENVOY: binary,
    PROXYGROUND_ENVOY_VERSION: version,
    PROXYGROUND_FUZZ: numbers.join(' '),
    PROXYGROUND_FUZZ_FLAVOUR: asked.flavour,
    PROXYGROUND_FUZZ_REPORT: report,
    ...(asked.keep ? { PROXYGROUND_FUZZ_KEEP: 'counts' } : {}),
    ...(asked['keep-hashes'] ? { PROXYGROUND_FUZZ_KEEP: 'hashes' } : {}),
  },
})
if (status !== 0) console.log(`What differs: ${report}`)
process.exitCode = status ?? 1
