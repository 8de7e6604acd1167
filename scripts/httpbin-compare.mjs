// npm run httpbin:compare: our httpbin beside a real one from PyPI, which is installed under .cache the first time.
import { spawnSync } from 'node:child_process'
import { ensureHttpbin } from './setup/httpbin.mjs'
import { pathOf } from './setup/paths.mjs'

if (ensureHttpbin() === undefined) process.exit(1)
const vitest = pathOf('node_modules/vitest/vitest.mjs')
const { status } = spawnSync(process.execPath, [vitest, 'run', 'conformance/httpbin'], {
  cwd: pathOf('.'),
  stdio: 'inherit',
})
process.exit(status ?? 1)
