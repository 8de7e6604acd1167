// npm run fuzz -- [--times N] [--seed S] [--minutes M]: what `npm test` tries of random modules, pairs, property paths
// and host calls (conformance/hostile), N times as much from seed S on. A case that does not end is named.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { pathOf } from './setup/paths.mjs'

const words = process.argv.slice(2)
const value = (name, fallback) => Number(words.includes(name) ? words[words.indexOf(name) + 1] : fallback)
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
    timeout: value('--minutes', 60) * 60_000,
    killSignal: 'SIGKILL',
    env: {
      ...process.env,
      PROXYGROUND_FUZZ_HOST: `${value('--times', 20)} ${value('--seed', 1)}`,
      PROXYGROUND_FUZZ_AT: at,
    },
  },
)
if (existsSync(result)) console.log(readFileSync(result, 'utf8').trim())
if (status !== 0 && existsSync(at)) {
  console.log(`${signal === null ? 'Failed' : 'Did not end'}: ${readFileSync(at, 'utf8').trim()}`)
}
process.exit(status ?? 1)
