/**
 * The adversarial scheduler: one scenario under many seeded schedules; what ends otherwise than usual is made as small as
 * it can be (design 4.3, 4.6). It only asks for runs, so the page does it through its worker and the command line through
 * threads.
 */
import type { Failure } from '../../model/report.ts'
import type { ScheduleChoice } from '../../model/schedule.ts'
import type { RunRequest, RunResult } from './api.ts'
import { compareOutcomes, type DifferentLine, keyOf, type Outcome, outcomesOf } from './run-outcome.ts'

export type { DifferentLine } from './run-outcome.ts'

export type ExploreOptions = {
  /** How many schedules are tried, beside the usual one. */
  readonly count: number
  /** The first seed; the others follow it. */
  readonly seed: number
  /** After each schedule; `false` ends the exploration with what is known. */
  readonly onProgress?: (tried: number) => boolean
}

/** A schedule under which the scenario ends otherwise than usual; alike ones count once. */
export type Difference = {
  readonly seed: number
  /** Of the schedules that were tried, how many end so. */
  readonly times: number
  /** For the scenario's `schedule`: the smallest that was found. */
  readonly schedule: readonly number[]
  /** Its choices that are not the usual ones. */
  readonly choices: readonly ScheduleChoice[]
  /** What is otherwise, line by line. */
  readonly lines: readonly DifferentLine[]
  /** Of the scenario under this schedule; empty: every expectation holds still. */
  readonly failures: readonly Failure[]
}

export type Exploration =
  | { readonly kind: 'explored'; readonly tried: number; readonly differences: readonly Difference[] }
  /** The usual run did not finish, so there is nothing to compare with. */
  | { readonly kind: 'stopped'; readonly result: Exclude<RunResult, { kind: 'finished' }> }

/** More schedules than this are not tried to make one smaller. */
const mostShrinks = 60

type Ask = (request: RunRequest) => Promise<RunResult>

export async function explore(run: Ask, request: RunRequest, options: ExploreOptions): Promise<Exploration> {
  const usual = await run({ ...request, schedule: { choices: [] } })
  if (usual.kind !== 'finished') return { kind: 'stopped', result: usual }
  const expected = outcomesOf(usual)
  const usually = keyOf(expected)
  const times = new Map<string, number>()
  const found: { readonly outcome: string; readonly difference: Omit<Difference, 'times'> }[] = []
  let tried = 0
  while (tried < options.count) {
    const seed = options.seed + tried
    const result = await run({ ...request, schedule: { seed } })
    tried++
    if (result.kind === 'finished') {
      const outcome = keyOf(outcomesOf(result))
      const before = times.get(outcome) ?? 0
      times.set(outcome, before + 1)
      if (before === 0 && outcome !== usually)
        found.push({ outcome, difference: await smallest(run, request, { result, seed, expected, found: outcome }) })
    }
    if (options.onProgress?.(tried) === false) break
  }
  const differences = found.map(({ outcome, difference }) => ({ ...difference, times: times.get(outcome) ?? 1 }))
  return { kind: 'explored', tried, differences }
}

type Finished = Extract<RunResult, { kind: 'finished' }>
type Found = {
  readonly result: Finished
  readonly seed: number
  readonly expected: readonly Outcome[]
  /** The outcome that is to stay the same. */
  readonly found: string
}

/** Choice after choice goes back to the usual one, as long as the outcome stays. */
async function smallest(
  run: Ask,
  request: RunRequest,
  { result, seed, expected, found }: Found,
): Promise<Omit<Difference, 'times'>> {
  let best = result
  let choices = trimmed(result.choices.map(({ chosen }) => chosen))
  let left = mostShrinks
  const attempt = async (wanted: readonly number[]): Promise<boolean> => {
    if (left-- <= 0) return false
    const tried = await run({ ...request, schedule: { choices: wanted } })
    if (tried.kind !== 'finished' || keyOf(outcomesOf(tried)) !== found) return false
    best = tried
    choices = trimmed(wanted)
    return true
  }
  // Halves of what is left first, then one by one.
  for (let size = Math.ceil(choices.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let end = choices.length; end > 0; end -= size) {
      const from = Math.max(0, end - size)
      if (choices.slice(from, end).every((choice) => choice === 0)) continue
      await attempt(choices.map((choice, index) => (index >= from && index < end ? 0 : choice)))
    }
  }
  return {
    seed,
    schedule: choices,
    choices: best.choices.filter(({ chosen }) => chosen !== 0),
    lines: compareOutcomes(expected, outcomesOf(best)),
    failures: best.report.failures,
  }
}

function trimmed(choices: readonly number[]): readonly number[] {
  return choices.slice(0, choices.findLastIndex((choice) => choice !== 0) + 1)
}
