import { beforeAll, describe, expect, test } from 'vitest'
import { envoyVersions } from '../expected.ts'
import { buildProbes, type Probes } from '../probe-guest.ts'
import { hashOf, keptHashes } from './kept.ts'
import { caseOf, programOf } from './program.ts'
import { emulate } from './run.ts'
import { smaller } from './shrink.ts'

/** Of the programs kept (conformance.md 13). */
const compared = 500

let probes: Probes

beforeAll(async () => {
  probes = await buildProbes()
}, 240_000)

describe.each(envoyVersions)('random programs do in the emulator what Envoy %s did with them', (version) => {
  const kept = keptHashes(version)
  // Which one differs and how: npm run conformance:fuzz -- --seed SEED --from NUMBER --cases 1
  test.skipIf(kept === undefined)(`programs of seed ${kept?.seed}`, { timeout: 120_000 }, () => {
    const differing = (kept?.hashes ?? []).slice(0, compared).flatMap((hash, number) => {
      if (hash === null) return []
      const observed = emulate({ probes, profile: `envoy-${version}` }, programOf(kept?.seed ?? 0, number))
      return hashOf(observed) === hash ? [] : [number]
    })
    expect(differing).toEqual([])
  })
})

test('a program is the same every time, and every shrunk one has less in it', () => {
  for (let number = 0; number < 50; number++) {
    const program = programOf(7, number)
    expect(programOf(7, number)).toEqual(program)
    const size = JSON.stringify(caseOf(program)).length
    for (const each of smaller(program)) expect(JSON.stringify(caseOf(each)).length).toBeLessThan(size)
  }
})
