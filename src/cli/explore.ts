/** `test --explore N`: every scenario under many schedules, and what ends otherwise (design 4.3). */
import { withSchedule } from '../model/project/with-schedule.ts'
import { makeLink } from '../model/share/link.ts'
import type { ProjectFiles, RunRequest } from '../sandbox/entry/api.ts'
import { type Difference, type DifferentLine, type Exploration, explore } from '../sandbox/entry/explore.ts'
import type { CliText } from '../text/cli.ts'
import { choiceText } from '../text/schedule-words.ts'
import { CannotRun, type Output, printable } from './outcome.ts'
import type { RunScenario } from './run-project.ts'
import { say } from './words.ts'

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
  throw new CannotRun(say('cli.wrong.number', { option, limit, text }))
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
  const { text } = output.words
  for (const { name, exploration } of explored) {
    if (exploration.kind === 'stopped') {
      output.out(`✗ ${text('cli.explore.stopped', { name: printable(name) })}`)
      continue
    }
    const { tried, differences } = exploration
    const failed = differences.some(({ failures }) => failures.length > 0)
    const found =
      differences.length === 0
        ? text('cli.explore.alike', { name: printable(name), count: tried })
        : text('cli.explore.other', { name: printable(name), tried, count: differences.length })
    output.out(`${failed ? '✗' : '✓'} ${found}`)
    for (const difference of differences) printDifference(difference, files, fileOf.get(name), output)
  }
}

function printDifference(difference: Difference, files: ProjectFiles, file: string | undefined, output: Output): void {
  const { seed, schedule, choices, lines } = difference
  const { text } = output.words
  output.out(`  ${text('cli.explore.seed', { seed })}`)
  for (const line of lines) {
    const where =
      line.about === 'finding' ? text('cli.explore.run') : text('cli.explore.step', { number: line.step + 1 })
    output.out(printable(`    ${where}: ${differenceText(line, text)}`))
  }
  for (const choice of choices)
    output.out(printable(`    ${text('cli.explore.when', { choice: choiceText(choice, text) })}`))
  output.out(`    ${text('cli.explore.schedule', { schedule: schedule.join(', ') })}`)
  const scenario = file === undefined ? undefined : files[file]
  if (file === undefined || scenario === undefined) return
  const link = makeLink({ ...files, [file]: withSchedule(scenario, schedule) })
  if (link.ok) output.out(`    ${link.value.hash}`)
}

function differenceText({ about, usual, now }: DifferentLine, text: CliText): string {
  if (about === 'finding') {
    return now === '' ? text('cli.explore.unexplained', { rule: usual }) : text('cli.explore.explained', { rule: now })
  }
  const nothing = text('cli.explore.nothing')
  if (about !== 'expectation') return text('cli.explore.differs', { now: now || nothing, usual: usual || nothing })
  return now === '' ? text('cli.explore.holds', { path: usual }) : text('cli.explore.fails', { path: now })
}
