/** Runs random programs on a real Envoy and in the emulator, and tells where they disagree. */
import { type EnvoyProfile, observeEmulator } from '../emulator.ts'
import { observeEnvoy } from '../envoy/run.ts'
import type { Observed } from '../observed.ts'
import type { Probes } from '../probe-guest.ts'
import { difference } from './compare.ts'
import { hashOf } from './kept.ts'
import { caseOf, type Program } from './program.ts'
import { smaller } from './shrink.ts'

export type Oracle = { readonly binary: string; readonly probes: Probes; readonly profile: EnvoyProfile }

export type Disagreement = {
  readonly program: Program
  /** The first place where they differ. */
  readonly what: string
  readonly real: Observed | undefined
  readonly emulated: Observed
}

/** The upstream later than several callouts one after another. */
const delays = { upstream: 31, auth: 7 }
const atOnce = 6
const batchSize = 60
const confirmations = 3
const shrinkRounds = 25

export const emulate = ({ probes, profile }: Omit<Oracle, 'binary'>, program: Program): Observed =>
  observeEmulator(probes['0_2_1'], caseOf(program), profile, delays)

type Tried = Omit<Disagreement, 'what'> & { readonly what: string | undefined }

async function tried(oracle: Oracle, programs: readonly Program[]): Promise<readonly Tried[]> {
  const real = await observeEnvoy(oracle.binary, oracle.probes, programs.map(caseOf), { atOnce, delays })
  return programs.map((program, index) => {
    const emulated = emulate(oracle, program)
    return { program, what: difference(real[index], emulated), real: real[index], emulated }
  })
}

const isDisagreement = (each: Tried): each is Disagreement => each.what !== undefined

/** Those of the programs that the two disagree about, tried once. */
const disagreements = async (oracle: Oracle, programs: readonly Program[]): Promise<readonly Disagreement[]> =>
  (await tried(oracle, programs)).filter(isDisagreement)

/** Three times more, one at a time: counts if Envoy agrees with itself, and still not with the emulator. */
async function confirmed(oracle: Oracle, found: readonly Disagreement[]): Promise<readonly Disagreement[]> {
  if (found.length === 0) return []
  const cases = found.flatMap(({ program }) => new Array(confirmations).fill(caseOf(program)))
  const real = await observeEnvoy(oracle.binary, oracle.probes, cases, { atOnce: 2, delays })
  return found.flatMap(({ program, emulated }, index) => {
    const tries = real.slice(index * confirmations, (index + 1) * confirmations)
    const [first] = tries
    const steady = tries.every((each) => JSON.stringify(each) === JSON.stringify(first))
    const what = difference(first, emulated)
    return steady && what !== undefined ? [{ program, what, real: first, emulated }] : []
  })
}

export type FuzzProgress = {
  readonly programs: number
  readonly suspected: number
  readonly crashed: number
  readonly found: readonly Disagreement[]
  /** Number and hash of those that both do the same with. */
  readonly agreed: readonly (readonly [number: number, hash: string])[]
}

/** All programs, in batches; what differs is confirmed before it counts. */
export async function* fuzz(oracle: Oracle, programs: readonly Program[]): AsyncGenerator<FuzzProgress> {
  for (let start = 0; start < programs.length; start += batchSize) {
    const batch = programs.slice(start, start + batchSize)
    const all = await tried(oracle, batch)
    const crashed = all.filter(({ real }) => real === undefined).length
    const suspected = all.filter(isDisagreement).filter(({ real }) => real !== undefined)
    const found = await confirmed(oracle, suspected)
    const differs = new Set(found.map(({ program }) => program.number))
    const agreed = all.flatMap(({ program, real, what, emulated }): [number, string][] =>
      real === undefined || differs.has(program.number) || what !== undefined
        ? []
        : [[program.number, hashOf(emulated)]],
    )
    yield { programs: batch.length, suspected: suspected.length, crashed, found, agreed }
  }
}

/** The smallest script that still shows a disagreement: parts are left out as long as one remains. */
export async function shrink(oracle: Oracle, disagreement: Disagreement): Promise<Disagreement> {
  let smallest = disagreement
  for (let round = 0; round < shrinkRounds; round++) {
    const candidates = smaller(smallest.program)
    if (candidates.length === 0) break
    const [next] = await confirmed(oracle, await disagreements(oracle, candidates.slice(0, batchSize)))
    if (next === undefined) break
    smallest = next
  }
  return smallest
}
