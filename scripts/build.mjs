// Builds dist/: node (server, command line, JSON Schemas) and web (the app, with compressed copies for the server).
//   --node         the part for Node only
//   --if-changed   a part whose sources are those of its last build is left alone; the Go toolchain is left out (npm start
//                  serves it from where it is built)
//   --release      compresses as small as it can (slow)
//   --quiet        says nothing when nothing is to do
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { compressFolder } from './setup/compress.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { requireNode } from './setup/node-version.mjs'
import { pathOf, root } from './setup/paths.mjs'
import { builtHash, forgetBuilt, rememberBuilt, sourcesHash } from './setup/sources.mjs'

requireNode()
ensureInstalled()
const has = (flag) => process.argv.includes(flag)
const release = has('--release')

/** One tool, in a process of its own: Vite leaves NODE_ENV behind, and a development React would be built. */
function run(script, ...args) {
  const env = { ...process.env, NODE_ENV: 'production' }
  const result = spawnSync(process.execPath, [pathOf(script), ...args], { cwd: pathOf('.'), stdio: 'inherit', env })
  if (result.status !== 0) process.exit(result.status ?? 1)
}

const vite = (...args) => run('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', ...args)

/** The page as our server sends it: its workers bring their own policy, so they need not inherit the page's (headers.ts). */
function writeServedPage() {
  const page = readFileSync(pathOf('dist/web/index.html'), 'utf8')
  const served = page.replace(/(<meta name="worker-policy" content=")inherit(")/, '$1own$2')
  if (served === page) throw new Error('dist/web/index.html has no worker-policy to change')
  writeFileSync(pathOf('dist/web/index.server.html'), served)
}

/** The formats of the project files, for editors elsewhere: schema/project.json, plugin.json, scenario.json. */
async function writeSchemas() {
  const { jsonSchemas } = await import(new URL('dist/node/schemas.js', root))
  mkdirSync(pathOf('dist/web/schema'), { recursive: true })
  for (const [name, schema] of Object.entries(jsonSchemas()))
    writeFileSync(pathOf(`dist/web/schema/${name}.json`), `${JSON.stringify(schema, null, 1)}\n`)
}

function buildNode() {
  vite('--config', 'vite.node.config.ts')
}

async function buildWeb() {
  run('scripts/build-samples.mjs')
  vite()
  writeServedPage()
  await writeSchemas()
  const { files, bytes, compressed } = await compressFolder(pathOf('dist/web'), { release })
  console.log(`${files} files, ${Math.round(bytes / 1000)} kB, ${Math.round(compressed / 1000)} kB with brotli`)
}

const hash = `${sourcesHash()}${release ? ' release' : ''}`
const parts = [
  { name: 'node', build: buildNode },
  { name: 'web', build: buildWeb },
].filter(({ name }) => name === 'node' || !has('--node'))
const stale = parts.filter(({ name }) => !has('--if-changed') || builtHash(name) !== hash)

if (stale.length === 0 && !has('--quiet')) console.log('The build is up to date.')
for (const { name, build } of stale) {
  const began = performance.now()
  console.log(`Building ${name} …`)
  forgetBuilt(name)
  await build()
  rememberBuilt(name, hash)
  console.log(`Built ${name} in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

// What is put on a static host or into the package brings the Go toolchain with it.
if (!has('--if-changed') && !has('--node')) {
  run('scripts/toolchain-go.mjs', '--quiet', ...(release ? ['--release'] : []))
  const { copyForStaticHosts } = await import('./toolchain-go/static-copy.mjs')
  const bytes = await copyForStaticHosts(pathOf('dist/web/toolchains/go'), release)
  console.log(`The Go toolchain for static hosts: ${Math.round((bytes ?? 0) / 1e6)} MB`)
}
