import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GoSdk } from '../../src/compile-worker/api.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const sdkFolder = join(root, 'sdk/go')
const cache = join(root, '.cache/go-plugins')
const version = spawnSync('go', ['version'], { encoding: 'utf8' }).stdout ?? ''

export type NativeBuild =
  | { readonly kind: 'ok'; readonly wasm: Uint8Array }
  /** What the compiler wrote, paths relative to the plugin's folder. */
  | { readonly kind: 'failed'; readonly output: string }

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

let sdkHash: string | undefined

function keyOf(sources: Readonly<Record<string, string>>): string {
  if (sdkHash === undefined) {
    const hash = createHash('sha256').update(version)
    for (const file of filesBelow(sdkFolder)) hash.update(file).update(readFileSync(file))
    sdkHash = hash.digest('hex')
  }
  return createHash('sha256').update(sdkHash).update(JSON.stringify(sources)).digest('hex').slice(0, 32)
}

/** The workspace of `sdk/go` with its folders where they are, and the plugin's own beside them. */
function workspaceFor(directory: string): void {
  const text = readFileSync(join(sdkFolder, 'go.work'), 'utf8').replace(/(\s)\.\/(?=[\w.])/g, `$1${sdkFolder}/`)
  writeFileSync(join(directory, 'go.work'), `${text}\nuse ./plugin\n`)
  writeFileSync(join(directory, 'go.work.sum'), readFileSync(join(sdkFolder, 'go.work.sum')))
}

/**
 * Builds a plugin from its sources (by path inside its folder) with the machine's Go, against the SDKs of `sdk/go`.
 * A module is kept in `.cache` until the sources, the SDKs or Go change.
 */
export function buildPlugin(own: Readonly<Record<string, string>>, sdk?: GoSdk): NativeBuild {
  // `main` runs after every `init`, as the last file's `init`: what a TinyGo module does at its start.
  const sources = sdk === 'tinygo' ? { ...own, 'zz_main.go': 'package main\n\nfunc init() { main() }\n' } : own
  const kept = join(cache, `${keyOf(sources)}.wasm`)
  if (existsSync(kept)) return { kind: 'ok', wasm: new Uint8Array(readFileSync(kept)) }
  const directory = mkdtempSync(join(tmpdir(), 'go-plugin-'))
  try {
    const plugin = join(directory, 'plugin')
    const all = { 'go.mod': 'module wasm-demo-go\n\ngo 1.24.1\n', ...sources }
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(plugin, path)), { recursive: true })
      writeFileSync(join(plugin, path), text)
    }
    workspaceFor(directory)
    mkdirSync(cache, { recursive: true })
    // Under a name of its own until it is whole: another worker may look for it meanwhile.
    const fresh = `${kept}.${process.pid}`
    const run = spawnSync('go', ['build', '-p', '1', '-trimpath', '-buildmode=c-shared', '-o', fresh, '.'], {
      cwd: plugin,
      env: { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: '' },
      encoding: 'utf8',
    })
    if (run.status !== 0) return { kind: 'failed', output: run.stderr }
    renameSync(fresh, kept)
    return { kind: 'ok', wasm: new Uint8Array(readFileSync(kept)) }
  } finally {
    rmSync(directory, { recursive: true })
  }
}
