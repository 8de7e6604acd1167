/** `test --explore N`: every scenario under many schedules, and what ends otherwise (design 4.3). */
import { withSchedule } from '../model/project/with-schedule.ts'
import { makeLink } from '../model/share/link.ts'
import type { ProjectFiles, RunRequest } from '../sandbox/entry/api.ts'
import { type Difference, type DifferentLine, type Exploration, explore } from '../sandbox/entry/explore.ts'
import { english } from '../text/catalogue.ts'
import { choiceText } from '../text/schedule-words.ts'
import { createText } from '../text/text.ts'
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
  for (const line of lines) {
    const where = line.about === 'finding' ? 'the run' : `step ${line.step + 1}`
    output.out(printable(`    ${where}: ${lineText(line)}`))
  }
  const text = createText('en', english)
  for (const choice of choices) output.out(printable(`    when ${choiceText(choice, text)}`))
  output.out(`    in the scenario: schedule: [${schedule.join(', ')}]`)
  const scenario = file === undefined ? undefined : files[file]
  if (file === undefined || scenario === undefined) return
  const link = makeLink({ ...files, [file]: withSchedule(scenario, schedule) })
  if (link.ok) output.out(`    ${link.value.hash}`)
}

function lineText({ about, usual, now }: DifferentLine): string {
  if (about === 'finding')
    return now === '' ? `no explanation ${usual}, usually one` : `explanation ${now}, usually not`
  if (about !== 'expectation') return `${now || 'nothing'}, usually ${usual || 'nothing'}`
  return now === '' ? `as expected: ${usual}, usually not` : `not as expected: ${now}`
}
