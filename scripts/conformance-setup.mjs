// npm run conformance:setup: installs the Envoys that recordings are made with. Does nothing for those that are there.
// Without them the emulator is still compared with what they did, which is committed (conformance/expected).
import { envoys, findEnvoy, installEnvoy } from './conformance/envoys.mjs'

for (const version of Object.keys(envoys)) {
  const present = findEnvoy(version)
  if (present !== undefined) {
    console.log(`Envoy ${envoys[version]} is there.`)
    continue
  }
  console.log(`Installing Envoy ${envoys[version]} …`)
  const { problem } = installEnvoy(version)
  if (problem === undefined) console.log(`Envoy ${envoys[version]} is ready.`)
  else {
    console.error(`${problem}\nCases can still be compared with the committed recordings, but not recorded again.`)
    process.exitCode = 1
  }
}
