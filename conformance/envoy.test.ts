import { beforeAll, describe, expect, test } from 'vitest'
import { cases } from './cases/index.ts'
import { observeEmulator } from './emulator.ts'
import { envoyVersions, readExpected } from './expected.ts'
import { buildProbes, type Probes, probeFor } from './probe-guest.ts'

let probes: Probes

beforeAll(async () => {
  probes = await buildProbes()
}, 240_000)

describe.each(envoyVersions)('the emulator does what Envoy %s did', (version) => {
  const expected = readExpected(version)
  test.each(cases)('$name', (probeCase) => {
    expect(observeEmulator(probeFor(probes, probeCase), probeCase, `envoy-${version}`)).toEqual(
      expected.get(probeCase.name),
    )
  })
})
