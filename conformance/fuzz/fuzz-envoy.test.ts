import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { envoyVersions } from '../expected.ts'
import { buildProbes } from '../probe-guest.ts'
import { flavoured, isFlavour } from './flavours.ts'
import { keepHashes, keepResult } from './kept.ts'
import { caseOf } from './program.ts'
import { type Disagreement, fuzz } from './run.ts'
import { shrink, shrinkCrash } from './shrink-run.ts'

// Set by `npm run conformance:fuzz`.
const { PROXYGROUND_ENVOY: binary, PROXYGROUND_FUZZ: wanted, PROXYGROUND_FUZZ_KEEP: keep } = process.env
const version = envoyVersions.find((each) => each === process.env.PROXYGROUND_ENVOY_VERSION) ?? '1.40'
const asked = process.env.PROXYGROUND_FUZZ_FLAVOUR ?? 'plain'
const [count = 0, seed = 0, first = 0, shrinks = 0] = (wanted ?? '').split(' ').map(Number)

test.skipIf(binary === undefined || wanted === undefined)('random programs', { timeout: 7_200_000 }, async () => {
  if (!isFlavour(asked)) throw new Error(`No grammar is called ${asked}: conformance/fuzz/flavours.ts has them.`)
  const flavour = asked
  if (count === 0) throw new Error('No programs were asked for, so nothing would be compared.')
  const oracle = { binary: binary ?? '', probes: await buildProbes(), profile: `envoy-${version}` } as const
  const programs = Array.from({ length: count }, (_, index) => flavoured(flavour, seed, first + index))
  const found: Disagreement[] = []
  const undecided: Disagreement[] = []
  const hashes = new Map<number, string>()
  const crashes: Disagreement[] = []
  let [done, suspected, called] = [0, 0, 0]
  for await (const progress of fuzz(oracle, programs)) {
    done += progress.programs
    suspected += progress.suspected
    called += progress.named
    crashes.push(...progress.crashed)
    found.push(...progress.found)
    undecided.push(...progress.undecided)
    for (const [number, hash] of progress.agreed) hashes.set(number, hash)
    const counts = `${suspected} suspected, ${found.length} confirmed, ${undecided.length} undecided, ${crashes.length} crashed Envoy, ${called} named`
    console.log(`${done} programs, ${counts}`)
  }
  // Shrinking takes many times as long: what was found is told before.
  report([...found, ...undecided, ...crashes])
  const shrunk: Disagreement[] = []
  for (const [index, each] of found.entries()) shrunk.push(index < shrinks ? await shrink(oracle, each) : each)
  const killers: Disagreement[] = []
  for (const [index, each] of crashes.entries()) killers.push(index < shrinks ? await shrinkCrash(oracle, each) : each)
  report([...shrunk, ...undecided, ...killers])
  const counts = {
    suspected,
    confirmed: found.length,
    undecided: undecided.length,
    crashed: crashes.length,
    named: called,
  }
  if (keep !== undefined) {
    keepResult({
      envoy: version,
      seed,
      ...(flavour === 'plain' ? {} : { flavour }),
      from: first,
      programs: done,
      ...counts,
    })
    if (keep === 'hashes' && first === 0 && flavour === 'plain') keepHashes(version, seed, done, hashes)
  }
  const named = [...shrunk, ...undecided].map(({ program, what }) => `${program.seed}/${program.number} ${what}`)
  expect(named).toEqual([])
})

function report(disagreements: readonly Disagreement[]): void {
  const all = disagreements.map(({ program, what, real, emulated }) => {
    const { scripts, ...rest } = caseOf(program)
    return { ...rest, what, scripts: scripts.map((script) => script.split('\n')), real, emulated }
  })
  writeFileSync(process.env.PROXYGROUND_FUZZ_REPORT ?? '/dev/null', JSON.stringify(all, null, 1))
}
