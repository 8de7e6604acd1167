import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const guests = fileURLToPath(new URL('../guests/go-sdk/', import.meta.url))
const goMinor = Number(/go1\.(\d+)/.exec(spawnSync('go', ['version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0)

/** Why guests cannot be built on this machine, undefined if they can. */
export const goMissing = goMinor < 24 ? 'Go 1.24 or newer is not on this machine' : undefined

/** Builds a guest of `conformance/guests/go-sdk` with the machine's Go; a guest that does not compile is a bug. */
export function buildGuest(name: string): Uint8Array {
  const directory = mkdtempSync(join(tmpdir(), 'go-guest-'))
  try {
    const out = join(directory, 'plugin.wasm')
    const run = spawnSync('go', ['build', '-p', '1', '-buildmode=c-shared', '-o', out, `./${name}`], {
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
