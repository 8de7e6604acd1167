/** `test --explore N`: every scenario under many schedules, and what ends otherwise (design 4.3). */
import { withSchedule } from '../model/project/with-schedule.ts'
import type { ScheduleChoice } from '../model/schedule.ts'
import { makeLink } from '../model/share/link.ts'
import type { ProjectFiles, RunRequest } from '../sandbox/entry/api.ts'
import { type Difference, type Exploration, explore } from '../sandbox/entry/explore.ts'
import { CannotRun, type Output, printable } from './outcome.ts'
import type { RunScenario } from './run-project.ts'

export type Explored = { readonly name: string; readonly exploration: Exploration }

export type ExploreFlags = { readonly explore?: string; readonly seed: string }

/** How many schedules and from which seed, if any were asked for. */
export function wantedSchedules({ explore: count, seed }: ExploreFlags): { count: number; seed: number } | undefined {
  if (count === undefined) return undefined
  return { count: wholeNumber('--explore', count, 100_000), seed: wholeNumber('--seed', seed, 0xffffffff) }
}

function wholeNumber(option: string, text: string, limit: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value <= limit) return value
  throw new CannotRun(`${option} wants a whole number up to ${limit}, not ${text}.`)
}

/** Explores the scenarios one after another. */
export async function exploreAll(
  base: Omit<RunRequest, 'scenario'>,
  scenarios: readonly { readonly name: string; readonly scenario: RunRequest['scenario'] }[],
  wanted: { readonly count: number; readonly seed: number },
  run: RunScenario,
): Promise<readonly Explored[]> {
  const all: Explored[] = []
  for (const { name, scenario } of scenarios) {
    all.push({ name, exploration: await explore(run, { ...base, scenario }, wanted) })
  }
  return all
}

/** Whether an expectation fails, or nothing could be explored. */
export const explorationFailed = ({ exploration }: Explored): boolean =>
  exploration.kind === 'stopped' || exploration.differences.some(({ failures }) => failures.length > 0)

/** What was found, for people. `file`: the scenario's, by its name. */
export function printExplored(
  explored: readonly Explored[],
  files: ProjectFiles,
  fileOf: ReadonlyMap<string, string>,
  output: Output,
): void {
  for (const { name, exploration } of explored) {
    if (exploration.kind === 'stopped') {
      output.out(`✗ ${printable(name)}: the usual run did not finish, so nothing was explored`)
      continue
    }
    const { tried, differences } = exploration
    const failed = differences.some(({ failures }) => failures.length > 0)
    const found = differences.length === 0 ? 'all end alike' : `${differences.length} other endings`
    output.out(`${failed ? '✗' : '✓'} ${printable(name)}: ${tried} schedules, ${found}`)
    for (const difference of differences) printDifference(difference, files, fileOf.get(name), output)
  }
}

function printDifference(difference: Difference, files: ProjectFiles, file: string | undefined, output: Output): void {
  const { seed, schedule, choices, lines } = difference
  output.out(`  seed ${seed}:`)
  for (const { step, usual, now } of lines) {
    output.out(printable(`    step ${step + 1}: ${now || 'nothing'}${usual === '' ? '' : `, usually ${usual}`}`))
  }
  for (const choice of choices) output.out(printable(`    when ${choiceText(choice)}`))
  output.out(`    in the scenario: schedule: [${schedule.join(', ')}]`)
  const text = file === undefined ? undefined : files[file]
  if (file === undefined || text === undefined) return
  const link = makeLink({ ...files, [file]: withSchedule(text, schedule) })
  if (link.ok) output.out(`    ${link.value.hash}`)
}

const laterText = ['', '1 ms', '15 ms', '60 ms']

function choiceText({ what, of, chosen }: ScheduleChoice): string {
  switch (what) {
    case 'delay':
      return `an answer of ${of} comes ${laterText[chosen] ?? ''} later`
    case 'cut':
      return `a piece of the body of ${of} is cut ${['', 'in the middle', 'after its first byte', 'before its last byte'][chosen] ?? ''}`
    case 'worker':
      return `${of} goes to the worker ${chosen} places on`
    case 'tick':
      return `a tick of ${of} comes after what is due with it`
  }
}
