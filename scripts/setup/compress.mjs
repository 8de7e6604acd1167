// Compressed copies beside each file (x.js → x.js.br, x.js.gz), so that the server compresses nothing while it answers.
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { pathOf } from './paths.mjs'

const compressible = /\.(js|css|html|svg|json|wasm|map|txt|ttf)$/
/** Up to this size the best brotli level costs little; above it, it takes half a minute for the compiler alone. */
const smallBytes = 400_000

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* walk(`${folder}/${entry.name}`)
    else yield `${folder}/${entry.name}`
  }
}

/** Compressing is a pure function of bytes and level, so results are kept between builds. */
async function cached(content, kind, level, compress) {
  const key = createHash('sha256').update(content).digest('hex').slice(0, 40)
  const file = pathOf(`node_modules/.cache/proxyground/${key}-${level}.${kind}`)
  if (existsSync(file)) return file
  mkdirSync(pathOf('node_modules/.cache/proxyground'), { recursive: true })
  writeFileSync(file, await compress())
  return file
}

async function compressFile(path, release) {
  const content = readFileSync(path)
  const quality = release || content.length <= smallBytes ? 11 : 5
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
  const level = release ? 9 : 6
  const brotli = await cached(content, 'br', quality, () => promisify(brotliCompress)(content, { params }))
  copyFileSync(brotli, `${path}.br`)
  copyFileSync(await cached(content, 'gz', level, () => promisify(gzip)(content, { level })), `${path}.gz`)
  return { bytes: content.length, compressed: readFileSync(brotli).length }
}

export async function compressFolder(folder, { release }) {
  const files = [...walk(folder)].filter((file) => compressible.test(file))
  const results = await Promise.all(files.map((file) => compressFile(file, release)))
  const sum = (pick) => results.reduce((total, result) => total + pick(result), 0)
  return { files: files.length, bytes: sum((result) => result.bytes), compressed: sum((result) => result.compressed) }
}
