// npm start: installs what is missing, builds what changed, serves the app on one loopback port, and then builds the Go
// toolchain behind it, with little priority: nobody waits for it. Only node: modules here, so that it runs in a fresh clone.
import { spawn, spawnSync } from 'node:child_process'
import { setPriority } from 'node:os'
import { ensureInstalled } from './setup/install.mjs'
import { requireNode } from './setup/node-version.mjs'
import { pathOf, root } from './setup/paths.mjs'

if (process.argv.includes('--help')) {
  console.log('npm start [-- --port N]   N, or PORT=N: where to begin looking for a free port; default 4600')
  process.exit(0)
}

requireNode()
ensureInstalled()
const build = spawnSync(process.execPath, [pathOf('scripts/build.mjs'), '--if-changed'], { stdio: 'inherit' })
if (build.status !== 0) {
  console.error('The app could not be built; the lines above say why.')
  process.exit(2)
}
await import(new URL('dist/node/server.js', root))

const toolchain = spawn(process.execPath, [pathOf('scripts/toolchain-go.mjs'), '--quiet'], { stdio: 'inherit' })
if (toolchain.pid !== undefined) setPriority(toolchain.pid, 10)
process.once('exit', () => toolchain.kill())
