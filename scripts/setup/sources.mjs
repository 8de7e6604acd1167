// One hash over everything the build reads: content, not times, so that a fresh clone and a branch switch are judged alike.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { pathOf } from './paths.mjs'

const inputs = [
  'src',
  'sdk',
  'public',
  'build-service',
  'bench',
  'scripts',
  'index.html',
  'vite.config.ts',
  'vite.node.config.ts',
  'package.json',
  'package-lock.json',
]
const stampFile = (part) => pathOf(`dist/.sources-${part}`)

function* files(path) {
  if (!existsSync(pathOf(path))) return
  if (!statSync(pathOf(path)).isDirectory()) yield path
  else for (const name of readdirSync(pathOf(path)).sort()) yield* files(`${path}/${name}`)
}

export function sourcesHash() {
  const hash = createHash('sha256')
  for (const input of inputs) {
    for (const file of files(input)) {
      // Tests are not built; the generated examples follow from the sources.
      if (/\.test\.\w+$/.test(file) || file.startsWith('src/templates/generated/')) continue
      hash
        .update(`${file}\0`)
        .update(readFileSync(pathOf(file)))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

export const builtHash = (part) => (existsSync(stampFile(part)) ? readFileSync(stampFile(part), 'utf8') : '')
export const rememberBuilt = (part, hash) => writeFileSync(stampFile(part), hash)
export const forgetBuilt = (part) => rmSync(stampFile(part), { force: true })
