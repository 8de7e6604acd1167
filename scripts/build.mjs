// Builds dist/: web (the app), node (server and command line), schema, and the compressed copies the server sends.
//   --if-changed   does nothing when the sources are those of the last build
//   --release      compresses as small as it can (slow)
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { compressFolder } from './setup/compress.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { requireNode } from './setup/node-version.mjs'
import { pathOf } from './setup/paths.mjs'
import { builtHash, rememberBuilt, sourcesHash } from './setup/sources.mjs'

requireNode()
ensureInstalled()
const release = process.argv.includes('--release')
const hash = `${sourcesHash()}${release ? ' release' : ''}`

function vite(...args) {
  const result = spawnSync(process.execPath, [pathOf('node_modules/vite/bin/vite.js'), 'build', ...args], {
    cwd: pathOf('.'),
    stdio: 'inherit',
  })
  if (result.status !== 0) process.exit(result.status ?? 1)
}

/** The page as our server sends it: its workers bring their own policy, so they need not inherit the page's (headers.ts). */
function writeServedPage() {
  const page = readFileSync(pathOf('dist/web/index.html'), 'utf8')
  const served = page.replace(/(<meta name="worker-policy" content=")inherit(")/, '$1own$2')
  if (served === page) throw new Error('dist/web/index.html has no worker-policy to change')
  writeFileSync(pathOf('dist/web/index.server.html'), served)
}

if (process.argv.includes('--if-changed') && builtHash() === hash) {
  console.log('The build is up to date.')
} else {
  const began = performance.now()
  console.log('Building …')
  rmSync(pathOf('dist/.sources'), { force: true })
  await (await import('./build-samples.mjs')).buildSamples()
  vite('--logLevel', 'warn')
  vite('--config', 'vite.node.config.ts', '--logLevel', 'warn')
  writeServedPage()
  if (existsSync(pathOf('dist/node/schemas.js'))) {
    const { writeSchemas } = await import(new URL('../dist/node/schemas.js', import.meta.url))
    writeSchemas(pathOf('dist/web/schema'))
  }
  const { files, bytes, compressed } = await compressFolder(pathOf('dist/web'), { release })
  rememberBuilt(hash)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(
    `Built in ${seconds} s: ${files} files, ${Math.round(bytes / 1000)} kB, ${Math.round(compressed / 1000)} kB with brotli.`,
  )
}
