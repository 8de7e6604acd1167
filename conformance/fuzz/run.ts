/** Runs random programs on a real Envoy and in the emulator, and tells where they disagree. */
import { explain } from '../../src/sandbox/explain/explain.ts'
import { openTrace } from '../../src/sandbox/trace/view.ts'
import { observeEmulator, runProbe } from '../emulator.ts'
import { observeEnvoy } from '../envoy/run.ts'
import type { EnvoyVersion } from '../expected.ts'
import type { Observed } from '../observed.ts'
import { type Probes, probeFor } from '../probe-guest.ts'
import { difference } from './compare.ts'
import { hashOf } from './kept.ts'
import { caseOf, type Program, type Section } from './program.ts'

export type Oracle = { readonly binary: string; readonly probes: Probes; readonly profile: `envoy-${EnvoyVersion}` }

export type Disagreement = {
  readonly program: Program
  /** The first place where they differ. */
  readonly what: string
  readonly real: Observed | undefined
  readonly emulated: Observed
}

/** The upstream later than several callouts one after another. */
const delays = { upstream: 31, auth: 7 }
const atOnce = 8
const batchSize = 80
/** Suspects wait until there are so many: an Envoy that starts costs more than a program. */
const enoughSuspects = 24
const confirmations = 3

export const emulate = ({ probes, profile }: Omit<Oracle, 'binary'>, program: Program): Observed =>
  comparable(program, observeEmulator(probeFor(probes, program), caseOf(program), profile, delays))

/**
 * Cancelled in the callback that began it, a gRPC call reaches its service only over a connection that stands (case `gRPC:
 * call cancelled at once`). Each program has services of its own that nothing is connected to; the emulator's always are
 * (docs/DIFFERENCES.md): then what the service received is not compared.
 */
function comparable(program: Program, observed: Observed): Observed {
  if (!program.plugins.flat().some(cancelsAtOnce)) return observed
  const { grpc, ...rest } = observed
  return rest
}

/** `undefined`: Envoy crashed. */
const seenOf = (program: Program, real: Observed | undefined): Observed | undefined =>
  real === undefined ? undefined : comparable(program, real)

const cancelsAtOnce = ({ lines }: Section): boolean =>
  lines.some((line) => /^(@\d+ )?gcall /.test(line)) && lines.some((line) => /^(@\d+ )?(gcancel|gclose)$/.test(line))

/** It makes a call that ends a real Envoy, or leaves to luck what it reads, and the emulator says so: nothing to compare. */
function isNamed({ probes, profile }: Oracle, program: Program): boolean {
  const { trace } = runProbe(probeFor(probes, program), caseOf(program), profile, delays)
  return explain(openTrace(trace), { profile, plugins: [] }).some(({ rule }) => rule === 'kills-envoy')
}

type Tried = Omit<Disagreement, 'what'> & { readonly what: string | undefined }

/** Each program once on both. */
export async function tried(oracle: Oracle, programs: readonly Program[]): Promise<readonly Tried[]> {
  const real = await observeEnvoy(oracle.binary, oracle.probes, programs.map(caseOf), {
    atOnce,
    delays,
    sharedVms: true,
    stepped: true,
  })
  return programs.map((program, index) => {
    const emulated = emulate(oracle, program)
    const seen = seenOf(program, real[index])
    return { program, what: difference(seen, emulated), real: seen, emulated }
  })
}

const isDisagreement = (each: Tried): each is Disagreement => each.what !== undefined

export type Settled = {
  /** Envoy did the same every time, and not what the emulator does. */
  readonly confirmed: readonly Disagreement[]
  /** Envoy did one thing and another, and never what the emulator does. */
  readonly undecided: readonly Disagreement[]
  /** Now Envoy did what the emulator does: the machine was busy before. */
  readonly agreed: readonly Disagreement[]
}

/** Three times more, and what is still undecided three times alone. */
async function settle(oracle: Oracle, found: readonly Disagreement[]): Promise<Settled> {
  const first = await again(oracle, found, 4)
  if (first.undecided.length === 0) return first
  const alone = await again(oracle, first.undecided, 1)
  return {
    confirmed: [...first.confirmed, ...alone.confirmed],
    undecided: alone.undecided,
    agreed: [...first.agreed, ...alone.agreed],
  }
}

/** Three times more, one after the other; `undefined` unless Envoy does the same each time, and not what the emulator does. */
export const confirmed = async (oracle: Oracle, found: Disagreement): Promise<Disagreement | undefined> =>
  (await again(oracle, [found], 1)).confirmed[0]

async function again(oracle: Oracle, found: readonly Disagreement[], atOnce: number): Promise<Settled> {
  const cases = found.flatMap(({ program }) => new Array(confirmations).fill(caseOf(program)))
  const real =
    cases.length === 0
      ? []
      : await observeEnvoy(oracle.binary, oracle.probes, cases, { atOnce, delays, sharedVms: true, stepped: true })
  const [confirmed, undecided, agreed]: [Disagreement[], Disagreement[], Disagreement[]] = [[], [], []]
  for (const [index, { program, emulated }] of found.entries()) {
    const tries = real.slice(index * confirmations, (index + 1) * confirmations).map((each) => seenOf(program, each))
    const [first] = tries
    const what = difference(first, emulated)
    const steady = tries.every((each) => JSON.stringify(each) === JSON.stringify(first))
    if (tries.some((each) => difference(each, emulated) === undefined))
      agreed.push({ program, what: 'busy', real: first, emulated })
    else (steady ? confirmed : undecided).push({ program, what: what ?? '', real: first, emulated })
  }
  return { confirmed, undecided, agreed }
}

export type FuzzProgress = {
  readonly programs: number
  readonly suspected: number
  /** Differed, or ended Envoy, by a call that the finding `kills-envoy` names. */
  readonly named: number
  /** Ended Envoy, and no finding says by what. */
  readonly crashed: readonly Disagreement[]
  readonly found: readonly Disagreement[]
  readonly undecided: readonly Disagreement[]
  /** Number and hash of those that both do the same with. */
  readonly agreed: readonly (readonly [number: number, hash: string])[]
}

/** All programs, in batches; what differs is tried again before it counts. */
export async function* fuzz(oracle: Oracle, programs: readonly Program[]): AsyncGenerator<FuzzProgress> {
  let suspects: readonly Disagreement[] = []
  for (let start = 0; start < programs.length; start += batchSize) {
    const batch = programs.slice(start, start + batchSize)
    const all = await tried(oracle, batch)
    const different = all.filter(isDisagreement)
    const unnamed = different.filter(({ program }) => !isNamed(oracle, program))
    const crashed = unnamed.filter(({ real }) => real === undefined)
    const suspected = unnamed.filter(({ real }) => real !== undefined)
    suspects = [...suspects, ...suspected]
    const isLast = start + batchSize >= programs.length
    const { confirmed, undecided, agreed } =
      isLast || suspects.length >= enoughSuspects ? await settle(oracle, suspects) : nothing
    if (isLast || suspects.length >= enoughSuspects) suspects = []
    const same = [...all.filter(({ what }) => what === undefined), ...agreed]
    yield {
      programs: batch.length,
      suspected: suspected.length,
      named: different.length - unnamed.length,
      crashed,
      found: confirmed,
      undecided,
      agreed: same.map(({ program, emulated }) => [program.number, hashOf(emulated)] as const),
    }
  }
}

const nothing: Settled = { confirmed: [], undecided: [], agreed: [] }
