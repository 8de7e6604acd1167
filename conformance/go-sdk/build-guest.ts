import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const guests = fileURLToPath(new URL('../guests/go-sdk/', import.meta.url))
const goMinor = Number(/go1\.(\d+)/.exec(spawnSync('go', ['version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0)

/** Why guests cannot be built on this machine, undefined if they can. */
export const goMissing = goMinor < 24 ? 'Go 1.24 or newer is not on this machine' : undefined

/**
 * Builds a guest of `conformance/guests/go-sdk` with the machine's Go; a guest that does not compile is a bug.
 * `runMain`: with the generated file of `sdk: tinygo`.
 */
export function buildGuest(name: string, options: { readonly runMain?: boolean } = {}): Uint8Array {
  const directory = mkdtempSync(join(tmpdir(), 'go-guest-'))
  try {
    const out = join(directory, 'plugin.wasm')
    const args = ['build', '-p', '1', '-buildmode=c-shared', '-o', out]
    if (options.runMain === true) args.push('-overlay', overlay(directory, name))
    const run = spawnSync('go', [...args, `./${name}`], {
      cwd: guests,
      env: { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: '' },
      encoding: 'utf8',
    })
    if (run.status !== 0) throw new Error(`the guest ${name} does not build: ${run.stderr}`)
    return new Uint8Array(readFileSync(out))
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** A file that the package does not have, last in the order of files. */
function overlay(directory: string, name: string): string {
  const source = join(directory, 'run-main.go')
  writeFileSync(source, 'package main\n\nfunc init() { main() }\n')
  const json = join(directory, 'overlay.json')
  writeFileSync(json, JSON.stringify({ Replace: { [join(guests, name, 'zz_run_main.go')]: source } }))
  return json
}
