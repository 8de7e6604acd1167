// The bundle as a whole: programs, archives in packs, sources, and the manifest that names them.
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { pathOf } from '../setup/paths.mjs'
import { exportArchive } from './archive.mjs'
import { packageIndex } from './package-index.mjs'
import { listPackages } from './packages.mjs'
import { objectGroups, pack } from './packs.mjs'
import { bundleFolder, ensureFolders } from './paths.mjs'
import { driver, folderHash, goTool, indexTool, sha256 } from './programs.mjs'
import { parallel } from './run-go.mjs'
import { sourcePacks } from './sources.mjs'
import { addFile, sweep, writeJson } from './store.mjs'

/** Grows when the format of the bundle changes; the page's code knows one of them. */
const format = 1

/** What decides the bundle: Go, the SDK, the driver, and how we build. */
export function bundleKey(go, release) {
  const parts = ['sdk/go', 'toolchains/go/driver', 'scripts/toolchain-go'].map((folder) => folderHash(pathOf(folder)))
  return sha256(String(format), go.version, release ? 'release' : '', ...parts).slice(0, 32)
}

export function readManifest() {
  try {
    return JSON.parse(readFileSync(`${bundleFolder}/manifest.json`, 'utf8'))
  } catch {
    return undefined
  }
}

export const steps = 5

/** Makes the bundle; `step` is told what is being done. Gives the manifest. */
export async function makeBundle(go, { release, step }) {
  ensureFolders()
  const before = readManifest()
  const jobs = parallel(cpus().length)
  const programs = {}
  for (const name of ['compile', 'link']) {
    step(`Building Go's own ${name === 'compile' ? 'compiler' : 'linker'} for WebAssembly`)
    programs[name] = await goTool(go, name, jobs)
  }
  step('Building the driver')
  programs.driver = await driver(go, jobs)
  const index = await indexTool(go, jobs)
  step('Building the standard library and the SDK')
  const packages = await listPackages(go, jobs)
  step('Packing')
  const files = [...packFiles(packages, packageIndex(go, index, packages)), ...programFiles(programs)]
  const added = []
  for (const [name, content] of files) added.push(await addFile(name, content, release))
  const manifest = {
    format,
    key: bundleKey(go, release),
    goVersion: go.version,
    files: added,
    packages: links(packages),
  }
  writeJson('manifest.json', manifest)
  sweep(before === undefined ? [manifest] : [manifest, before])
  return manifest
}

const programFiles = (programs) => Object.entries(programs).map(([name, path]) => [`${name}.wasm`, readFileSync(path)])

function packFiles(packages, { index, docs }) {
  const groupOf = objectGroups(packages)
  const exports = [['index.json', index]]
  const objects = new Map()
  for (const { ImportPath, Export } of packages) {
    const archive = readFileSync(Export)
    exports.push([`${ImportPath}.x`, exportArchive(archive)])
    const group = groupOf(ImportPath)
    objects.set(group, [...(objects.get(group) ?? []), [`${ImportPath}.a`, archive]])
  }
  return [
    ['exports.pack', pack(exports)],
    ['docs.pack', pack(docs)],
    ...sourcePacks(packages).map(([name, files]) => [name, pack(files)]),
    ...[...objects].map(([group, archives]) => [`objects-${group}.pack`, pack(archives)]),
  ]
}

/** By import path: the file with its objects, and what it imports (after import maps). */
function links(packages) {
  const groupOf = objectGroups(packages)
  return Object.fromEntries(
    packages.map(({ ImportPath, Imports = [] }) => [
      ImportPath,
      { objects: `objects-${groupOf(ImportPath)}.pack`, imports: Imports.filter((path) => path !== 'unsafe') },
    ]),
  )
}
