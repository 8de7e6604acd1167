import { beforeAll, describe, expect, test } from 'vitest'
import { cases } from './cases.ts'
import { observeEmulator } from './emulator.ts'
import { envoyVersions, readExpected } from './expected.ts'
import { buildProbe } from './probe-guest.ts'

let probe: Uint8Array

beforeAll(async () => {
  probe = await buildProbe()
}, 60_000)

describe.each(envoyVersions)('the emulator does what Envoy %s did', (version) => {
  const expected = readExpected(version)
  test.each(cases)('$name', (probeCase) => {
    expect(observeEmulator(probe, probeCase, `envoy-${version}`)).toEqual(expected.get(probeCase.name))
  })
})
