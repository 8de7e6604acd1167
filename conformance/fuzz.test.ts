import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { envoyVersions } from './expected.ts'
import { caseOf, programOf } from './fuzz/program.ts'
import { type Disagreement, fuzz, shrink } from './fuzz/run.ts'
import { buildProbes } from './probe-guest.ts'

// Set by `npm run conformance:fuzz`.
const { PROXYGROUND_ENVOY: binary, PROXYGROUND_FUZZ: wanted } = process.env
const version = envoyVersions.find((each) => each === process.env.PROXYGROUND_ENVOY_VERSION) ?? '1.40'
const [count = 0, seed = 0, first = 0, shrinks = 0] = (wanted ?? '').split(' ').map(Number)

test.skipIf(binary === undefined || wanted === undefined)('random programs', { timeout: 7_200_000 }, async () => {
  const oracle = { binary: binary ?? '', probes: await buildProbes(), profile: `envoy-${version}` } as const
  const programs = Array.from({ length: count }, (_, index) => programOf(seed, first + index))
  const found: Disagreement[] = []
  let done = 0
  for await (const progress of fuzz(oracle, programs)) {
    done += progress.programs
    found.push(...progress.found)
    console.log(`${done} programs, ${found.length} confirmed; of this batch ${progress.suspected} suspected`)
  }
  const shrunk: Disagreement[] = []
  for (const [index, each] of found.entries()) shrunk.push(index < shrinks ? await shrink(oracle, each) : each)
  const report = shrunk.map(({ program, what, real, emulated }) => {
    const { scripts, ...rest } = caseOf(program)
    return { ...rest, what, scripts: scripts.map((script) => script.split('\n')), real, emulated }
  })
  writeFileSync(process.env.PROXYGROUND_FUZZ_REPORT ?? '/dev/null', JSON.stringify(report, null, 1))
  expect(shrunk.map(({ program, what }) => `${program.seed}/${program.number} ${what}`)).toEqual([])
})
