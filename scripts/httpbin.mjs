// npm run httpbin:compare: our httpbin beside a real one from PyPI, which is installed under .cache the first time.
// npm run httpbin:record: writes down what the real one answers.
import { spawnSync } from 'node:child_process'
import { ensureHttpbin } from './setup/httpbin.mjs'
import { pathOf } from './setup/paths.mjs'

const python = ensureHttpbin()
if (python === undefined) process.exit(1)
const recording = process.argv[2] === 'record'
const only = recording ? ['-t', 'records what'] : []
const { status } = spawnSync(
  process.execPath,
  [pathOf('node_modules/vitest/vitest.mjs'), 'run', 'conformance/httpbin', ...only],
  {
    cwd: pathOf('.'),
    stdio: 'inherit',
    env: { ...process.env, PROXYGROUND_HTTPBIN: python, PROXYGROUND_HTTPBIN_RECORD: recording ? '1' : '0' },
  },
)
process.exit(status ?? 1)
