// npm test: everything, in a fresh clone. npm run check: the fast part (--fast). --only types,unit,… runs some steps.
// Only node: modules until the packages are installed.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { ensureHttpbin } from './setup/httpbin.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { requireNode } from './setup/node-version.mjs'
import { pathOf } from './setup/paths.mjs'
import { ensureRedis } from './setup/redis.mjs'
import { ensureChromium } from './test/chromium.mjs'
import { browser, check, vitest } from './test/run.mjs'

const biome = 'node_modules/@biomejs/biome/bin/biome'
const steps = [
  { name: 'types', fast: true, run: () => check('scripts/types.mjs', []) },
  { name: 'lint', fast: true, run: () => check(biome, ['lint', '--error-on-warnings', '.']) },
  { name: 'format', fast: true, run: () => check(biome, ['check', '--linter-enabled=false', '.']) },
  { name: 'imports', fast: true, run: () => check('scripts/import-rules.mjs', []) },
  { name: 'unused', fast: true, run: () => check('node_modules/knip/bin/knip.js', ['--no-progress']) },
  { name: 'lock', fast: true, run: () => check('scripts/lock.mjs', ['--check']) },
  { name: 'notices', fast: true, run: () => check('scripts/notices.mjs', ['--check']) },
  { name: 'unit', fast: true, run: () => vitest('unit', 'isolated') },
  {
    name: 'proof',
    fast: false,
    run: () => {
      ensureRedis()
      // The recorded answers are compared in any case.
      const python = ensureHttpbin()
      if (python !== undefined) process.env.PROXYGROUND_HTTPBIN = python
      return vitest('proof')
    },
  },
  // What compiles Go in the tests is made first; nothing is done when it is there.
  { name: 'toolchain', fast: false, run: () => check('scripts/toolchain-go.mjs', ['--quiet', '--no-examples']) },
  { name: 'go', fast: false, run: () => vitest('go') },
  { name: 'build', fast: false, run: () => check('scripts/build.mjs', ['--if-changed']) },
  {
    name: 'e2e',
    fast: false,
    run: () => {
      const chromium = ensureChromium()
      return chromium ? browser(chromium) : { passed: 0, failed: 1 }
    },
  },
]

requireNode()
const summaryFile = pathOf('.cache/test/summary.json')
rmSync(summaryFile, { force: true })
ensureInstalled()

const onlyAt = process.argv.indexOf('--only')
const only = onlyAt > 0 ? process.argv[onlyAt + 1].split(',') : undefined
const chosen = steps.filter((step) => (only ? only.includes(step.name) : step.fast || !process.argv.includes('--fast')))

const began = performance.now()
const results = []
for (const step of chosen) {
  console.log(`\n── ${step.name}`)
  const stepBegan = performance.now()
  const { passed, failed } = step.run()
  results.push({ step: step.name, passed, failed, seconds: Math.round((performance.now() - stepBegan) / 100) / 10 })
}

const total = (pick) => results.reduce((sum, result) => sum + pick(result), 0)
const failed = total((result) => result.failed) + (results.length === 0 ? 1 : 0)
console.log(`\n── ${Math.round((performance.now() - began) / 1000)} s`)
for (const result of results) {
  const verdict = result.failed > 0 ? `${result.failed} failed` : 'ok'
  console.log(`${result.step.padEnd(9)} ${String(result.passed).padStart(5)}  ${verdict}  ${result.seconds} s`)
}
mkdirSync(pathOf('.cache/test'), { recursive: true })
writeFileSync(summaryFile, JSON.stringify({ passed: total((result) => result.passed), failed, results }))
process.exitCode = failed > 0 ? 1 : 0
