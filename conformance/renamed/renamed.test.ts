import { beforeAll, describe, expect, test } from 'vitest'
import { observeEmulator } from '../emulator.ts'
import { type Expectations, readExpected } from '../expected.ts'
import { difference } from '../fuzz/compare.ts'
import type { ProbeCase } from '../observed.ts'
import { buildProbes, type Probes, probeFor } from '../probe-guest.ts'
import { comparedNow, convertedCases, renamedCases } from './cases.ts'
import { readRenamed } from './expected.ts'
import { isOtherOn21 } from './line-1.27.ts'
import { comparable } from './mask.ts'

let probes: Probes

beforeAll(async () => {
  probes = await buildProbes()
}, 240_000)

const [renamed, plain] = [readRenamed(), readExpected('1.36')]
/** With the option every case does what it does without, but for these: there header status 1 is what it says. */
const changed = (probe: ProbeCase) => JSON.stringify(renamed.get(probe.name)) !== JSON.stringify(plain.get(probe.name))

function differs(wasm: Uint8Array, probe: ProbeCase, profile: 'higress-2.2' | 'higress-2.1', all: Expectations) {
  const seen = all.get(probe.name)
  return difference(seen && comparable(seen), comparable(observeEmulator(wasm, probe, profile)))
}

describe.each(['higress-2.2', 'higress-2.1'] as const)('%s', (profile) => {
  const only = (list: readonly ProbeCase[]) =>
    comparedNow(list).filter(({ name }) => profile === 'higress-2.2' || !isOtherOn21(name))

  test.each(only(renamedCases))('a module of ABI 0_2_100 does what it does renamed on Envoy 1.36: $name', (probe) => {
    expect(differs(probes['0_2_100'], probe, profile, renamed)).toBeUndefined()
  })

  test.each(only(convertedCases.filter((each) => each.abi !== undefined || changed(each))))(
    'header statuses of the older ABIs are converted as on Envoy 1.36: $name',
    (probe) => {
      expect(differs(probeFor(probes, probe), probe, profile, plain)).toBeUndefined()
    },
  )
})

test('what is said to be otherwise on Envoy 1.27 is', () => {
  const same = renamedCases.filter(
    (probe) => isOtherOn21(probe.name) && differs(probes['0_2_100'], probe, 'higress-2.1', renamed) === undefined,
  )
  expect(same.map(({ name }) => name)).toEqual([])
})
