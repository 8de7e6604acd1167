import { inEnglish, sentence } from '../model/failure.ts'
import type { Project, Scenario } from '../model/project/types.ts'
import type { Failure, RunReport, ScenarioReport } from '../model/report.ts'
import type { ModuleReport, RunRequest, RunResult, TraceData } from '../sandbox/entry/api.ts'
import { CannotRun } from './outcome.ts'
import { problemLine } from './source.ts'
import { say } from './words.ts'

/** Runs one scenario; the real one uses a thread, tests give their own. */
export type RunScenario = (request: RunRequest) => Promise<RunResult>

export type ScenarioRun = {
  readonly report: ScenarioReport
  readonly trace?: TraceData
  readonly modules: readonly ModuleReport[]
}

export type ProjectRun = { readonly report: RunReport; readonly runs: readonly ScenarioRun[] }

/** What `run` sends when a project has no scenario. */
const singleRequest = (port: number): string => `steps:\n  - request: { url: "http://127.0.0.1:${port}/get" }\n`

/** Which scenarios a command runs: all, the one that was named, or for `run` without any a single GET. */
export function chosenScenarios(
  project: Project,
  command: 'run' | 'test',
  wanted: string | undefined,
): readonly RunRequest['scenario'][] {
  const named = (scenario: Scenario): boolean =>
    wanted === undefined ||
    [scenario.name, scenario.file, scenario.file.replace(/^scenarios\/|\.ya?ml$/g, '')].includes(wanted)
  const chosen = project.scenarios.filter(named)
  if (chosen.length > 0) return chosen.map(({ file }) => ({ file }))
  if (wanted !== undefined) {
    const known = project.scenarios.map(({ file }) => file).join(', ')
    throw new CannotRun(({ text }) => text('cli.scenario.unknown', { name: wanted, known: known || text('cli.none') }))
  }
  if (command === 'test') throw new CannotRun(say('cli.scenario.none'))
  const listener = project.gateway.listeners.find(({ kind }) => kind === 'http')
  if (!listener) throw new CannotRun(say('cli.scenario.noListener'))
  return [{ inline: singleRequest(listener.port), name: 'GET /get' }]
}

/** Runs the scenarios one after another, each in a gateway of its own. `names` are the scenarios' names by file. */
export async function runProject(
  base: Omit<RunRequest, 'scenario'>,
  scenarios: readonly RunRequest['scenario'][],
  names: ReadonlyMap<string, string>,
  run: RunScenario,
): Promise<ProjectRun> {
  const runs: ScenarioRun[] = []
  for (const scenario of scenarios) {
    const name = nameOf(scenario, names)
    runs.push(runOf(name, await run({ ...base, scenario })))
  }
  const reports = runs.map(({ report }) => report)
  return { report: { version: 1, passed: reports.every(({ passed }) => passed), scenarios: reports }, runs }
}

/** The scenario's own name, or its file. */
export const nameOf = (scenario: RunRequest['scenario'], names: ReadonlyMap<string, string>): string =>
  'file' in scenario ? (names.get(scenario.file) ?? scenario.file) : scenario.name

function runOf(name: string, result: RunResult): ScenarioRun {
  switch (result.kind) {
    case 'finished': {
      const { report, trace, modules } = result
      return { report, trace, modules }
    }
    case 'invalid':
      throw new CannotRun(...result.problems.map(problemLine))
    case 'deadline':
      return { report: deadlineReport(name, result), modules: [] }
  }
}

/** A guest that never came back fails its scenario; there is no trace hash (design 4.5). */
function deadlineReport(
  name: string,
  { plugin, callback, afterMs }: Extract<RunResult, { kind: 'deadline' }>,
): ScenarioReport {
  const where = callback === '' ? undefined : `${plugin}: ${callback}`
  const why = sentence('failure.deadline', { where: where ?? sentence('failure.part.theRun'), ms: afterMs })
  const failure: Failure = {
    step: 0,
    path: 'deadline',
    expected: `an end within ${afterMs} ms`,
    actual: where ?? 'the run',
    ...why,
    message: `deadline: ${inEnglish(why)}`,
  }
  return {
    name,
    passed: false,
    failures: [failure],
    steps: [],
    findings: [],
    logs: [],
    accessLog: [],
    metrics: [],
    sharedData: [],
    redis: [],
    traceHash: '',
  }
}
