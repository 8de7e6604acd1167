import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const folder = join(root, '.cache/probes')
/** What a build with our own compiler depends on beside its sources. */
const inputs = ['sdk/assemblyscript', 'src/compile-worker/compilers', 'node_modules/assemblyscript/package.json']

function filesBelow(path: string): readonly string[] {
  if (path.endsWith('.json')) return [path]
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** The module that `build` makes of these sources: built once, kept in `.cache` until one of its inputs changes. */
export async function keptBuild(
  sources: Readonly<Record<string, string>>,
  build: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const hash = createHash('sha256').update(JSON.stringify(sources))
  for (const input of inputs) for (const file of filesBelow(join(root, input))) hash.update(readFileSync(file))
  const kept = join(folder, `${hash.digest('hex').slice(0, 32)}.wasm`)
  if (existsSync(kept)) return readFileSync(kept)
  const wasm = await build()
  mkdirSync(folder, { recursive: true })
  // It has its name only when it is whole: two workers may look for it at once.
  const unfinished = `${kept}.${process.pid}`
  writeFileSync(unfinished, wasm)
  renameSync(unfinished, kept)
  return wasm
}
