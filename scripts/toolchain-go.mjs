// npm run toolchain:go: the bundle with which Go compiles in the tab and in Node (docs/decisions/go-in-the-tab.md), below
// .cache/toolchain-go/bundle. Does nothing when it is up to date.
//   --release   compresses as small as it can (slow)
//   --quiet     says nothing when nothing is to do
//   --no-examples   leaves out the modules of the Go examples (a test compiles what it runs)
import { existsSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { sizeLine } from './toolchain-go/budget.mjs'
import { addExamples, bundleKey, examplesUpToDate, makeBundle, readManifest, steps } from './toolchain-go/bundle.mjs'
import { findGo, howToGetGo } from './toolchain-go/find-go.mjs'
import { alone } from './toolchain-go/lock.mjs'
import { bundleFolder, ensureFolders } from './toolchain-go/paths.mjs'
import { progress, reportAbsent, reportReady } from './toolchain-go/progress.mjs'

const has = (flag) => process.argv.includes(flag)
const release = has('--release')

const upToDate = (manifest, key) =>
  manifest?.key === key && manifest.files.every(({ file }) => existsSync(`${bundleFolder}/${file}.br`))

/** The bundle is complete without them, and nobody waits for them. */
async function examples() {
  if (has('--no-examples') || examplesUpToDate(readManifest())) return
  console.log('  Compiling the Go examples …')
  try {
    await addExamples({ release })
  } catch (error) {
    console.error(`  no modules of the Go examples: ${error instanceof Error ? error.message : error}`)
  }
}

async function build() {
  const go = findGo((line) => console.log(line))
  if (go === undefined) {
    reportAbsent(howToGetGo)
    console.error(howToGetGo)
    return 1
  }
  const present = readManifest()
  if (upToDate(present, bundleKey(go, release)) || (!release && upToDate(present, bundleKey(go, true)))) {
    reportReady(present.goVersion)
    await examples()
    if (!has('--quiet')) console.log(`The Go toolchain (${present.goVersion}) is up to date.`)
    return 0
  }
  const began = performance.now()
  console.log(`Building the Go toolchain for the tab with ${go.version} …`)
  const { files } = await makeBundle(go, { release, step: progress(steps, false) })
  reportReady(go.version)
  await examples()
  console.log(`Built in ${((performance.now() - began) / 1000).toFixed(0)} s: ${files.length} files`)
  console.log(`On the wire${release ? '' : ' (a release bundle is smaller)'}: ${sizeLine(readManifest(), release)}`)
  return 0
}

ensureFolders()
try {
  process.exitCode = await alone(build, console.log)
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  reportAbsent(`The Go toolchain could not be built: ${message}`)
  console.error(message)
  process.exitCode = 1
}
