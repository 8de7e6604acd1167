// The bundle as a whole: programs, archives in packs, sources, and the manifest that names them.
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { pathOf } from '../setup/paths.mjs'
import { exportArchive, objectArchive } from './archive.mjs'
import { archiveByColumns } from './columns.mjs'
import { difference } from './delta.mjs'
import { examplesKey, withExamples } from './examples.mjs'
import { leanArchive, noteHashes } from './lean-object.mjs'
import { licenseFiles } from './licenses.mjs'
import { packageIndex } from './package-index.mjs'
import { listPackages } from './packages.mjs'
import { objectGroups, pack } from './packs.mjs'
import { bundleFolder, ensureFolders } from './paths.mjs'
import { driver, finishedTool, folderHash, goTool, indexTool, sha256 } from './programs.mjs'
import { reachableSymbols } from './reachable.mjs'
import { parallel } from './run-go.mjs'
import { seenBlocks } from './seen.mjs'
import { sourcePacks } from './sources.mjs'
import { addFile, sweep, writeJson } from './store.mjs'

/** Grows when the format of the bundle changes; the page's code knows one of them. */
const format = 5

/** What decides the bundle: Go, the SDK, the driver, and how we build. */
export function bundleKey(go, release) {
  const parts = ['sdk/go', 'toolchains/go', 'scripts/toolchain-go'].map((folder) => folderHash(pathOf(folder)))
  return sha256(String(format), go.version, release ? 'release' : '', ...parts).slice(0, 32)
}

export function readManifest() {
  try {
    return JSON.parse(readFileSync(`${bundleFolder}/manifest.json`, 'utf8'))
  } catch {
    return undefined
  }
}

export const steps = 7

/** Makes the bundle; `step` is told what is being done. Gives the manifest. */
export async function makeBundle(go, { release, step }) {
  ensureFolders()
  const before = readManifest()
  const jobs = parallel(cpus().length)
  const tools = {}
  for (const name of ['compile', 'link']) {
    step(`Building Go's own ${name === 'compile' ? 'compiler' : 'linker'} for WebAssembly`)
    tools[name] = await goTool(go, name, jobs)
  }
  step('Building the driver')
  const driverFile = await driver(go, jobs)
  const index = await indexTool(go, jobs)
  step('Building the standard library and the SDK')
  const packages = await listPackages(go, jobs)
  step('Finding what plugins use of it')
  const reachable = await reachableSymbols(go, packages, jobs)
  step('Packing')
  const files = [
    ...packFiles(packages, packageIndex(go, index, packages), reachable),
    ['driver.wasm', readFileSync(driverFile)],
    ['licenses.pack', pack(licenseFiles(go, packages))],
  ]
  const added = []
  const add = async (name, content) => added.push(await addFile(name, content, release))
  for (const [name, content] of files) await add(name, content)
  const manifest = {
    format,
    key: bundleKey(go, release),
    goVersion: go.version,
    files: added,
    packages: links(packages, reachable),
  }
  step('Finding what builds use of the compiler')
  const seen = await seenBlocks(tools, manifest, packages).catch((error) => {
    console.error(`  what builds use was not found: ${error instanceof Error ? error.message : error}`)
    return new Map()
  })
  for (const [name, tool] of Object.entries(tools))
    for (const [part, module] of finishedTool(name, tool, seen.get(name))) await add(part, module)
  writeJson('manifest.json', manifest)
  sweep(before === undefined ? [manifest] : [manifest, before])
  return manifest
}

export const examplesUpToDate = (manifest) => manifest.examples === examplesKey()

/** Adds the modules of the examples to the bundle that is there. */
export async function addExamples({ release }) {
  const before = readManifest()
  const manifest = await withExamples(before, before, release)
  writeJson('manifest.json', manifest)
  sweep([manifest, before])
  return manifest
}

function packFiles(packages, { index, docs }, reachable) {
  // What no plugin may import nobody reads: export data has in it what it needs of other packages.
  const importable = new Set(Object.keys(JSON.parse(index.toString()).packages))
  const exports = [['index.json', index]]
  for (const { ImportPath, Export } of packages)
    if (importable.has(ImportPath)) exports.push([`${ImportPath}.x`, exportArchive(readFileSync(Export))])
  return [
    ['exports.pack', pack(exports)],
    ['docs.pack', pack(docs)],
    ...sourcePacks(packages).map(([name, files]) => [name, pack(files)]),
    ...(reachable === undefined
      ? objectPacks('objects', packages, '.a', ({ Export }) => archiveByColumns(objectArchive(readFileSync(Export))))
      : bothKinds(packages, reachable)),
  ]
}

/** Lean archives, and what the full ones have more; of both without debugging data. */
function bothKinds(packages, reachable) {
  const leanOf = lean(packages, keepsOf(reachable))
  const fullOf = lean(packages, (entry) => (hasOtherUses(entry) ? () => true : keepsOf(reachable)(entry)))
  const made = new Map(packages.map((entry) => [entry, archiveByColumns(leanOf(entry))]))
  return [
    ...objectPacks('objects', packages, '.a', (entry) => made.get(entry)),
    ...objectPacks('full', packages, '.d', (entry) => difference(made.get(entry), archiveByColumns(fullOf(entry)))),
  ]
}

/**
 * Whether a plugin may come to more of a package than was reached. Of `go/…`, which it cannot import, only by way of
 * modules whose whole API is kept (probe-programs.mjs).
 */
const hasOtherUses = ({ ImportPath, Standard }) => !(Standard === true && ImportPath.startsWith('go/'))

const keepsOf =
  ({ symbols, names }) =>
  ({ ImportPath }) => {
    const own = symbols.get(ImportPath)
    return (symbol, name) => (name === '' ? own?.has(symbol) === true : names.has(name))
  }

/** Gives the archive of a package without what `keepsOf` does not keep. */
function lean(packages, keepsOf) {
  const hashes = new Set()
  for (const entry of packages) noteHashes(readFileSync(entry.Export), keepsOf(entry), hashes)
  return (entry) => objectArchive(leanArchive(readFileSync(entry.Export), keepsOf(entry), hashes))
}

function objectPacks(name, packages, ending, content) {
  const groupOf = objectGroups(packages)
  const groups = new Map()
  for (const entry of packages) {
    const group = groupOf(entry.ImportPath)
    groups.set(group, [...(groups.get(group) ?? []), [`${entry.ImportPath}${ending}`, content(entry)]])
  }
  return [...groups].map(([group, files]) => [`${name}-${group}.pack`, pack(files)])
}

/** By import path: the file with its objects, the one with all of them, and what it imports (after import maps). */
function links(packages, reachable) {
  const groupOf = objectGroups(packages)
  const link = ({ ImportPath, Imports = [] }) => {
    const group = groupOf(ImportPath)
    const full = reachable === undefined ? {} : { full: `full-${group}.pack` }
    return { objects: `objects-${group}.pack`, ...full, imports: Imports.filter((path) => path !== 'unsafe') }
  }
  return Object.fromEntries(packages.map((entry) => [entry.ImportPath, link(entry)]))
}
