import { beforeAll, describe, expect, test } from 'vitest'
import { explain } from '../../src/sandbox/explain/explain.ts'
import { openTrace } from '../../src/sandbox/trace/view.ts'
import { runProbe } from '../emulator.ts'
import { envoyVersions } from '../expected.ts'
import { buildProbes, type Probes, probeFor } from '../probe-guest.ts'
import { crashCases } from './cases.ts'
import { readFates } from './expected.ts'

let probes: Probes

beforeAll(async () => {
  probes = await buildProbes()
}, 240_000)

describe.each(envoyVersions)('what ends Envoy %s is named, and what does not is not', (version) => {
  const fates = readFates()[version]
  test.each(crashCases)('$name', (probe) => {
    const profile = `envoy-${version}` as const
    const { trace } = runProbe(probeFor(probes, probe), probe, profile)
    const found = explain(openTrace(trace), { profile, plugins: [] }).some(({ rule }) => rule === 'kills-envoy')
    const deadly = [...(fates?.crashes ?? []), ...Object.keys(fates?.sometimes ?? {})]
    expect(found ? deadly : fates?.lives).toContain(probe.name)
  })
})
