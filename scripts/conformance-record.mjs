// npm run conformance:record [-- VERSION…] [--only REGEX]: runs the cases on real Envoys and keeps what they did in
// conformance/expected. With --only: cases of that name and those never recorded ('^$': only these).
import { spawnSync } from 'node:child_process'
import { envoys, findEnvoy } from './conformance/envoys.mjs'
import { pathOf } from './setup/paths.mjs'

const words = process.argv.slice(2)
const at = words.indexOf('--only')
const only = at < 0 ? undefined : words.splice(at, 2)[1]
const wanted = words.length === 0 ? Object.keys(envoys) : words

for (const version of wanted) {
  const binary = version in envoys ? findEnvoy(version) : undefined
  if (binary === undefined) {
    const known = Object.keys(envoys).join(', ')
    console.error(`No Envoy ${version} here: run npm run conformance:setup (versions: ${known})`)
    process.exit(1)
  }
  const env = { ...process.env, PROXYGROUND_ENVOY: binary, PROXYGROUND_ENVOY_VERSION: version }
  if (only !== undefined) env.PROXYGROUND_ENVOY_ONLY = only
  // One after the other: what is renamed is kept as what differs from the cases, which must be written by then.
  for (const part of ['', 'renamed/', 'tcp/', 'upgrade/', 'crashes/', 'threads/', 'loads/', 'wasi/']) {
    const vitest = [pathOf('node_modules/vitest/vitest.mjs'), 'run', `conformance/${part}record.test.ts`]
    const { status } = spawnSync(process.execPath, vitest, { cwd: pathOf('.'), stdio: 'inherit', env })
    if (status !== 0) process.exitCode = 1
  }
}
