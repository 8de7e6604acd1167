import { expect, test } from 'vitest'
import { observeEnvoy } from '../envoy/run.ts'
import { envoyVersions } from '../expected.ts'
import type { Observed } from '../observed.ts'
import { buildProbes } from '../probe-guest.ts'
import { threadCases } from './cases.ts'
import { ofThreads, readThreads, writeThreads } from './expected.ts'

// Set by `npm run conformance:record`.
const { PROXYGROUND_ENVOY: binary, PROXYGROUND_ENVOY_ONLY: only } = process.env
const version = envoyVersions.find((each) => each === process.env.PROXYGROUND_ENVOY_VERSION) ?? '1.40'

test.skipIf(binary === undefined)(
  `records what services and threads do on Envoy ${version}`,
  { timeout: 600_000 },
  async () => {
    const probes = await buildProbes()
    const known = readThreads()[version] ?? {}
    const seen: Record<string, Observed> = {}
    for (const probe of threadCases) {
      const before = known[probe.name]
      const again = only === undefined || new RegExp(only).test(probe.name) || before === undefined
      // An Envoy of its own for each: services and workers belong to the process.
      const [found] = again ? await observeEnvoy(binary ?? '', probes, [probe]) : [before]
      if (found !== undefined) seen[probe.name] = ofThreads(found)
    }
    writeThreads(version, seen)
    expect(Object.keys(seen)).toEqual(threadCases.map(({ name }) => name))
  },
)
