// What the driver's tests need: the driver built for wasip1, the index tool, and a bundle of the standard library, the
// SDK and the modules that it uses, as a folder. Kept in .cache until a source changes.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildDriver, buildIndexTool, writeOverlay } from './build.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const sdk = fileURLToPath(new URL('../../../sdk/go/', import.meta.url))
const cache = fileURLToPath(new URL('../../../.cache/go-driver/', import.meta.url))
export const source = here

/** `{ version, root }` of the machine's Go, if it is one that the bundle can be made with. */
export function findGo() {
  const found = spawnSync('go', ['env', 'GOVERSION', 'GOROOT'], { encoding: 'utf8' })
  if (found.status !== 0) return undefined
  const [version, root] = found.stdout.trim().split('\n')
  return Number(/^go1\.(\d+)/.exec(version)?.[1]) >= 24 ? { version, root } : undefined
}

/** Paths of the driver, the bundle's folder and the overlay for `go test`. */
export function prepare({ version, root }) {
  const program = kept('program', [version, hashOf(here)], (folder) => buildDriver('go', join(folder, 'driver.wasm')))
  const bundle = kept('bundle', [version, hashOf(here), hashOf(sdk)], (folder) => makeBundle(version, folder))
  return { wasm: join(program, 'driver.wasm'), bundle: join(bundle, 'root'), overlay: writeOverlay(root, program) }
}

function makeBundle(version, folder) {
  const tool = join(folder, 'index')
  buildIndexTool('go', tool)
  const { Use } = JSON.parse(execFileSync('go', ['work', 'edit', '-json'], { cwd: sdk, encoding: 'utf8' }))
  const packages = [
    'net/http',
    'text/template',
    'html/template',
    'math/rand',
    'crypto/rand',
    'embed',
    'regexp',
    'maps',
    'unique',
  ]
  const fields = 'ImportPath,Name,Dir,Export,GoFiles,Imports,Standard,Module'
  const args = ['list', '-p', '1', '-trimpath', '-deps', '-export', `-json=${fields}`]
  const listed = execFileSync('go', [...args, ...packages, ...Use.map(({ DiskPath }) => `${DiskPath}/...`)], {
    cwd: sdk,
    env: { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOFLAGS: '-buildvcs=false', GOWORK: join(sdk, 'go.work') },
    maxBuffer: 256 * 1024 * 1024,
  })
  const styles = join(sdk, 'styles.json')
  execFileSync(tool, ['-out', join(folder, 'root'), '-pkgdef', '-go', version, '-styles', styles], { input: listed })
}

function kept(name, key, make) {
  const folder = join(cache, `${name}-${createHash('sha256').update(key.join('\0')).digest('hex').slice(0, 16)}`)
  if (existsSync(join(folder, 'done.json'))) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  make(folder)
  writeFileSync(join(folder, 'done.json'), '{}')
  for (const other of readdirSync(cache)) {
    if (other.startsWith(`${name}-`) && !folder.endsWith(other)) rmSync(join(cache, other), { recursive: true })
  }
  return folder
}

function hashOf(folder) {
  const hash = createHash('sha256')
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath ?? entry.path, entry.name)
    if (entry.isFile() && !/_test\.go$|testdata|\.test\.mjs$/.test(file))
      hash.update(file.slice(folder.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}
