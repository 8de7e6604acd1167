import { beforeAll, describe, expect, test } from 'vitest'
import { observeEmulator } from '../emulator.ts'
import { envoyVersions } from '../expected.ts'
import { buildProbes, type Probes, probeFor } from '../probe-guest.ts'
import { threadCases } from './cases.ts'
import { ofThreads, readThreads } from './expected.ts'

let probes: Probes

beforeAll(async () => {
  probes = await buildProbes()
}, 240_000)

describe.each(envoyVersions)('services and threads as on Envoy %s, with startup: full', (version) => {
  const seen = readThreads()[version]
  test.each(threadCases)('$name', (probe) => {
    const emulated = observeEmulator(probeFor(probes, probe), probe, `envoy-${version}`)
    expect(ofThreads(emulated)).toEqual(seen?.[probe.name])
  })
})
