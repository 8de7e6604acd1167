import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { envoyVersions } from '../expected.ts'
import { keepResult } from '../fuzz/kept.ts'
import { buildProbes } from '../probe-guest.ts'
import { emulateTcp, observeTcpPrograms, type TcpObserved } from './probe-run.ts'
import { type TcpProgram, tcpProgram } from './program.ts'

// Set by `npm run conformance:fuzz -- --flavour tcp`.
const { PROXYGROUND_ENVOY: binary, PROXYGROUND_FUZZ: wanted, PROXYGROUND_FUZZ_KEEP: keep } = process.env
const version = envoyVersions.find((each) => each === process.env.PROXYGROUND_ENVOY_VERSION) ?? '1.40'
const isAsked = binary !== undefined && process.env.PROXYGROUND_FUZZ_FLAVOUR === 'tcp'
const [count = 0, seed = 0, first = 0] = (wanted ?? '').split(' ').map(Number)
const batchSize = 50
const confirmations = 3

type Found = { readonly program: TcpProgram; readonly real: TcpObserved; readonly emulated: TcpObserved }

/** A plugin that closes when the service's end comes is told that end after its on_log (docs/DIFFERENCES.md). */
function withoutLateEnds(log: readonly string[]): readonly string[] {
  const logged = new Set<string>()
  return log.filter((line) => {
    const [tag = ''] = line
    if (line === `${tag} > log`) logged.add(tag)
    return !(logged.has(tag) && /^\d (> )?upstream_connection_close\b/.test(line))
  })
}

/** A connection that hangs is ended by a timer, or by the client: up to there it is compared. */
const untilEnd = ({ log, received, upstream }: TcpObserved, hung: boolean): TcpObserved => {
  const end = log.findIndex((line) => line.includes('> downstream_connection_close'))
  return { received, upstream, log: withoutLateEnds(hung && end >= 0 ? log.slice(0, end) : log) }
}

function isSame(a: TcpObserved | undefined, b: TcpObserved | undefined): boolean {
  if (a === undefined || b === undefined) return false
  const hung = a.hung === true || b.hung === true
  return JSON.stringify(untilEnd(a, hung)) === JSON.stringify(untilEnd(b, hung))
}

test.skipIf(!isAsked)('random connections', { timeout: 3_600_000 }, async () => {
  if (count === 0) throw new Error('No programs were asked for, so nothing would be compared.')
  const wasm = (await buildProbes())['0_2_1']
  const seen = (programs: readonly TcpProgram[]) => observeTcpPrograms(binary ?? '', wasm, programs)
  const programs = Array.from({ length: count }, (_, index) => tcpProgram(seed, first + index))
  const suspects: Found[] = []
  for (let start = 0; start < programs.length; start += batchSize) {
    const batch = programs.slice(start, start + batchSize)
    for (const [index, real] of (await seen(batch)).entries()) {
      const program = batch[index]
      if (program === undefined) continue
      const emulated = emulateTcp(wasm, program, `envoy-${version}`)
      if (!isSame(real, emulated)) suspects.push({ program, real, emulated })
    }
    console.log(`${start + batch.length} programs, ${suspects.length} suspected`)
  }
  const confirmed: Found[] = []
  const undecided: Found[] = []
  for (const suspect of suspects) {
    // One alone at a time: what was only late on a busy machine agrees now.
    const tries: TcpObserved[] = []
    for (let round = 0; round < confirmations; round++) tries.push(...(await seen([suspect.program])))
    if (tries.some((each) => isSame(each, suspect.emulated))) continue
    const steady = tries.every((each) => isSame(each, tries[0]))
    ;(steady ? confirmed : undecided).push({ ...suspect, real: tries[0] ?? suspect.real })
  }
  writeFileSync(
    process.env.PROXYGROUND_FUZZ_REPORT ?? '/dev/null',
    JSON.stringify([...confirmed, ...undecided], null, 1),
  )
  const counts = { suspected: suspects.length, confirmed: confirmed.length, undecided: undecided.length, crashed: 0 }
  if (keep !== undefined) keepResult({ envoy: version, seed, flavour: 'tcp', from: first, programs: count, ...counts })
  expect([...confirmed, ...undecided].map(({ program }) => program.number)).toEqual([])
})
