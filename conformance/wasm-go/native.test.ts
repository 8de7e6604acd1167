import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { goMissing } from '../go-sdk/build-guest.ts'

const folder = fileURLToPath(new URL('../../sdk/go/github.com/higress-group/wasm-go/', import.meta.url))

test.skipIf(goMissing)("the wrapper's pure parts pass their tests in Go", { timeout: 300_000 }, () => {
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '' }
  const run = spawnSync('go', ['test', '-p', '1', './...'], { cwd: folder, env, encoding: 'utf8' })
  expect(`${run.stdout}${run.stderr}`).toMatch(/^ok\s/m)
  expect(`${run.stdout}${run.stderr}`).not.toMatch(/FAIL/)
  expect(run.status).toBe(0)
})
