// Builds the driver (wasip1, for the tab) and the index tool (for this machine), both with the overlay that opens the
// compiler's parser to them. `go` is the path of the Go program; the driver must come from the Go that makes the bundle.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))

/** Writes the overlay file for the Go that stands in `goroot` into `folder` and answers its path. */
export function writeOverlay(goroot, folder) {
  mkdirSync(folder, { recursive: true })
  const path = join(resolve(folder), 'driver-overlay.json')
  const laid = (name) => [join(goroot, 'src/cmd/compile/proxyground', name), join(here, '_overlay', name)]
  writeFileSync(path, JSON.stringify({ Replace: Object.fromEntries(['words.go', 'vet.go'].map(laid)) }))
  return path
}

/** `driver.wasm`: a reactor (`_initialize`, `proxyground_buffer`, `proxyground_request`). */
export function buildDriver(go, out) {
  build(go, out, '.', ['-buildmode=c-shared'], { GOOS: 'wasip1', GOARCH: 'wasm' })
}

/** The program that writes `/pkg/index.json` and `/docs/*.json` when the bundle is built. */
export function buildIndexTool(go, out) {
  build(go, out, './cmd/index', [], {})
}

function build(go, out, main, flags, target) {
  const goroot = execFileSync(go, ['env', 'GOROOT'], { encoding: 'utf8' }).trim()
  const overlay = writeOverlay(goroot, join(resolve(out), '..'))
  const args = [
    'build',
    '-p',
    '1',
    '-trimpath',
    '-ldflags=-s -w',
    ...flags,
    '-overlay',
    overlay,
    '-o',
    resolve(out),
    main,
  ]
  execFileSync(go, args, { cwd: here, env: { ...process.env, GOWORK: 'off', GOFLAGS: '-buildvcs=false', ...target } })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = process.argv[2] ?? '.cache/go-driver/driver.wasm'
  mkdirSync(join(resolve(out), '..'), { recursive: true })
  buildDriver(process.env.GO ?? 'go', out)
  console.log(`built ${out}`)
}
