import { expect, test } from 'vitest'
import { observeEnvoy } from '../envoy/run.ts'
import { buildProbes } from '../probe-guest.ts'
import { renamedCases } from './cases.ts'
import { readRenamed, writeRenamed } from './expected.ts'

// Set by `npm run conformance:record`.
const { PROXYGROUND_ENVOY: binary, PROXYGROUND_ENVOY_VERSION: version, PROXYGROUND_ENVOY_ONLY: only } = process.env

test.skipIf(binary === undefined || version !== '1.36')(
  'records what Envoy 1.36 does with header statuses as in ABI 0_2_100',
  { timeout: 1_800_000 },
  async () => {
    const known = readRenamed()
    const wanted = renamedCases.filter(
      ({ name }) => only === undefined || new RegExp(only).test(name) || !known.has(name),
    )
    const observed = await observeEnvoy(binary ?? '', await buildProbes(), wanted)
    const names = new Set(renamedCases.map(({ name }) => name))
    const now = new Map([...known].filter(([name]) => names.has(name)))
    for (const [index, { name }] of wanted.entries()) {
      const seen = observed[index]
      if (seen !== undefined) now.set(name, seen)
    }
    writeRenamed(now)
    expect(wanted.filter((_, index) => observed[index] === undefined).map(({ name }) => name)).toEqual([])
  },
)
