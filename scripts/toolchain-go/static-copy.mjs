// The bundle for static hosts and for the npm package: such hosts send files as they lie, without brotli, so each is packed
// with gzip and the page unpacks it (src/compile-worker/toolchains/go/fetch-source.ts).
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { brotliDecompress, gzip } from 'node:zlib'
import { readManifest } from './bundle.mjs'
import { isBuild } from './examples.mjs'
import { bundleFolder } from './paths.mjs'

/** Not `.gz`: some hosts take that ending as a sign to unpack it themselves. */
const ending = '.packed'

/** Copies the bundle to `folder`; gives its size in bytes, or undefined when there is no bundle. */
export async function copyForStaticHosts(folder, release) {
  const manifest = readManifest()
  if (manifest === undefined) return undefined
  mkdirSync(folder, { recursive: true })
  const files = []
  // The modules of the examples would be half as much again: there the page compiles them.
  for (const entry of manifest.files.filter((file) => !isBuild(file))) {
    const target = `${folder}/${entry.file}${ending}`
    if (!existsSync(target)) {
      const content = await promisify(brotliDecompress)(readFileSync(`${bundleFolder}/${entry.file}.br`))
      writeFileSync(target, await promisify(gzip)(content, { level: release ? 9 : 6 }))
    }
    files.push({ ...entry, compressed: readFileSync(target).length })
  }
  const wanted = new Set(files.map(({ file }) => file + ending))
  for (const name of readdirSync(folder)) if (!wanted.has(name)) rmSync(`${folder}/${name}`)
  writeFileSync(`${folder}/manifest.json`, JSON.stringify({ ...manifest, files, packed: 'gzip' }))
  return files.reduce((sum, file) => sum + file.compressed, 0)
}
