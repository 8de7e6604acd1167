// The files of the bundle: named after their content, compressed once, kept as long as a manifest names them.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { bundleFolder } from './paths.mjs'

/** Content of more than a window of 16 MB refers back further than brotli can: 24 is the most that browsers take. */
const windowBits = 24

/**
 * Adds a file to the bundle. `name` is like `compile.wasm`; what lies on disk is `compile-<hash>.wasm.br`. The quality
 * is not part of the name: a release build replaces a quickly compressed copy by a smaller one of the same content.
 */
export async function addFile(name, content, release) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16)
  const dot = name.lastIndexOf('.')
  const file = `${name.slice(0, dot)}-${hash}${name.slice(dot)}`
  const path = `${bundleFolder}/${file}.br`
  const best = `${path}.11`
  if (!existsSync(path) || (release && !existsSync(best))) {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: release ? 11 : 5,
      [constants.BROTLI_PARAM_LGWIN]: windowBits,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    }
    writeFileSync(`${path}.new`, await promisify(brotliCompress)(content, { params }))
    renameSync(`${path}.new`, path)
    if (release) writeFileSync(best, '')
  }
  return { name, file, bytes: content.length, compressed: statSync(path).size }
}

/** Removes what no manifest names any more. `manifests` are those to keep: a page that is open may still ask for them. */
export function sweep(manifests) {
  const wanted = new Set(manifests.flatMap(({ files }) => files.map(({ file }) => `${file}.br`)))
  for (const name of readdirSync(bundleFolder)) {
    const content = /^(.+-[0-9a-f]{16}\.\w+\.br)(?:\.11|\.new)?$/.exec(name)?.[1]
    if (content !== undefined && !wanted.has(content)) rmSync(`${bundleFolder}/${name}`)
  }
}

export function writeJson(name, value) {
  writeFileSync(`${bundleFolder}/${name}.new`, JSON.stringify(value))
  renameSync(`${bundleFolder}/${name}.new`, `${bundleFolder}/${name}`)
}
