// npm run conformance: the emulator against what real Envoys did, case by case, from the committed recordings.
// With the Higress profiles against the renamed guest (conformance/renamed), all cases. Prints `N passed, N failed`; failures by name. Recording anew: npm run conformance:record.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { envoys, findEnvoy } from './conformance/envoys.mjs'
import { pathOf } from './setup/paths.mjs'

const folder = mkdtempSync(join(tmpdir(), 'proxyground-conformance-'))
const file = join(folder, 'results.json')
const vitest = [
  pathOf('node_modules/vitest/vitest.mjs'),
  'run',
  'conformance/envoy.test.ts',
  'conformance/renamed/renamed.test.ts',
]
const run = spawnSync(process.execPath, [...vitest, '--reporter=json', `--outputFile=${file}`], {
  cwd: pathOf('.'),
  encoding: 'utf8',
  env: { ...process.env, PROXYGROUND_RENAMED: 'all' },
})
try {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'))
  const results = testResults.flatMap(({ assertionResults }) => assertionResults)
  const failed = results.filter(({ status }) => status === 'failed')
  for (const { fullName } of failed) console.log(`failed: ${fullName}`)
  const absent = Object.keys(envoys).filter((version) => findEnvoy(version) === undefined)
  if (absent.length > 0) console.log(`Not installed, so not recorded again: Envoy ${absent.join(', ')}`)
  console.log(`${results.filter(({ status }) => status === 'passed').length} passed, ${failed.length} failed`)
  // A file that does not load has no results at all.
  process.exitCode = failed.length > 0 || results.length === 0 ? 1 : 0
} catch {
  console.error(run.stdout, run.stderr)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
