// npm run fuzz: random modules, pairs, property paths and host calls. A case that does not end is named.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { commandLine } from './setup/command-line.mjs'
import { pathOf } from './setup/paths.mjs'

const usage = `npm run fuzz -- [options]
What npm test tries of random modules, pairs, property paths and host calls (conformance/hostile), and more of it.
  --times N      how many times as much as npm test (20)
  --seed S       from which seed on (1)
  --minutes M    when a case that does not end is given up (60)`
const asked = commandLine(usage, { times: 20, seed: 1, minutes: 60 })
const at = pathOf('.cache/fuzz-at')
const result = `${at}.result`
mkdirSync(pathOf('.cache'), { recursive: true })
rmSync(result, { force: true })
const { status, signal } = spawnSync(
  process.execPath,
  [pathOf('node_modules/vitest/vitest.mjs'), 'run', '--no-file-parallelism', 'conformance/hostile'],
  {
    cwd: pathOf('.'),
    stdio: 'inherit',
    timeout: asked.minutes * 60_000,
    killSignal: 'SIGKILL',
    env: {
      ...process.env,
      PROXYGROUND_FUZZ_HOST: `${asked.times} ${asked.seed}`,
      PROXYGROUND_FUZZ_AT: at,
    },
  },
)
if (existsSync(result)) console.log(readFileSync(result, 'utf8').trim())
if (status !== 0 && existsSync(at)) {
  console.log(`${signal === null ? 'Failed' : 'Did not end'}: ${readFileSync(at, 'utf8').trim()}`)
}
process.exit(status ?? 1)
