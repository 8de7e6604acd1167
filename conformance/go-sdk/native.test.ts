import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { goMissing } from './build-guest.ts'

const sdk = fileURLToPath(new URL('../../sdk/go/', import.meta.url))

/** The parts of the Go SDK that need no gateway, tested in Go against a host that only notes its calls. */
test.skipIf(goMissing).each(['proxyground.dev/abi', 'github.com/higress-group/proxy-wasm-go-sdk'])(
  'go test passes in %s',
  (module) => {
    const run = spawnSync('go', ['test', '-p', '1', './...'], {
      cwd: `${sdk}${module}`,
      env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: '' },
      encoding: 'utf8',
    })
    expect(run.status, run.stdout + run.stderr).toBe(0)
  },
  120_000,
)
