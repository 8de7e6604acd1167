import type { RunId } from '../../model/brand.ts'
import type { CallStacks, GuestLook, LookAt } from '../../model/guest-look.ts'
import type { TraceView } from '../../model/trace.ts'
import type { RunRequest, RunResult, TraceData } from '../../sandbox/entry/api.ts'
import type { SandboxClient } from '../../sandbox/entry/client.ts'
import { sandboxClient } from '../clients/clients.ts'
import type { ProjectState } from '../store/project.ts'
import type { FinishedResult, RunJob, ScenarioRef, ShownRun } from '../store/run.ts'
import { currentScenario } from '../store/selectors.ts'
import { type AppState, getApp, setRun, setView } from '../store/store.ts'

let lastRun = 0

/** Runs the current scenario with the last good modules. Answers of an older run are dropped. */
export async function runNow(): Promise<void> {
  const file = currentScenario(getApp())
  if (file !== undefined) await runScenario({ file })
}

/**
 * Runs a scenario file or an inline scenario (composer, terminal) and shows it. Answers what came of it.
 * @param schedule the choices where a real gateway's order is free; absent: as the scenario has it
 */
export async function runScenario(scenario: ScenarioRef, schedule?: readonly number[]): Promise<RunJob> {
  lastRun += 1
  const id = lastRun as RunId
  const { project, build } = getApp()
  setRun({ job: { kind: 'running', id, scenario } })
  const modules = modulesOf(project.binaries, build)
  try {
    const client = await sandboxClient()
    const ordered = schedule === undefined ? {} : { schedule }
    const result = await client.run({ files: project.files, ...modules, scenario, ...choicesOf(ordered) })
    return showResult(client, { id, scenario, ...ordered }, project, result)
  } catch (error) {
    const job: RunJob = { kind: 'crashed', id, message: error instanceof Error ? error.message : String(error) }
    if (id === lastRun && getApp().project.id === project.id) setRun({ job })
    return job
  }
}

const choicesOf = ({ schedule }: Pick<ShownRun, 'schedule'>): Pick<RunRequest, 'schedule'> =>
  schedule === undefined ? {} : { schedule: { choices: schedule } }

/** Runs a scenario without showing it: for `test`, which runs them all. */
export async function runUnseen(scenario: ScenarioRef): Promise<RunResult> {
  const { project, build } = getApp()
  const client = await sandboxClient()
  return client.run({ files: project.files, ...modulesOf(project.binaries, build), scenario })
}

/** Looks already asked for, of the run on the screen only. */
let looks: { readonly run: RunId; readonly bySeq: Map<number, Promise<GuestLook | undefined>> } | undefined

/**
 * The guest's stack and memory at a host call, from a repetition of the run. Absent where the project has changed since:
 * a trace hash that differs means that this is another run.
 */
export function guestAt(shown: ShownRun, seq: number): Promise<GuestLook | undefined> {
  if (looks?.run !== shown.id) looks = { run: shown.id, bySeq: new Map() }
  const known = looks.bySeq.get(seq)
  if (known !== undefined) return known
  const asked = repeat(shown, seq).then((result) => result?.look)
  looks.bySeq.set(seq, asked)
  return asked
}

async function repeat({ scenario, schedule, trace }: ShownRun, lookAt: LookAt): Promise<FinishedResult | undefined> {
  const { project, build } = getApp()
  try {
    const client = await sandboxClient()
    const modules = modulesOf(project.binaries, build)
    const choices = choicesOf(schedule === undefined ? {} : { schedule })
    const result = await client.run({ files: project.files, ...modules, scenario, lookAt, ...choices })
    return result.kind === 'finished' && result.trace.hash === trace.hash ? result : undefined
  } catch {
    // The worker could not start, or the scenario's file is gone: there are no lines then, and none are said.
    return undefined
  }
}

/** Who called each host function of the run on the screen, from a repetition; absent where the project has changed since. */
export async function callStacks(shown: ShownRun): Promise<CallStacks | undefined> {
  return (await repeat(shown, 'every-call'))?.stacks
}

/** The last good module of each plugin with its hash, and those that were put there as such. */
export function modulesOf(
  binaries: AppState['project']['binaries'],
  build: AppState['build'],
): Pick<RunRequest, 'modules' | 'hashes'> {
  const modules = uploadedModules(binaries)
  const hashes: Record<string, string> = {}
  for (const [plugin, { good }] of Object.entries(build)) {
    if (good === undefined) continue
    modules[plugin] = good.wasm
    if (good.hash !== '') hashes[plugin] = good.hash
  }
  return { modules, hashes }
}

function showResult(
  client: SandboxClient,
  asked: Pick<ShownRun, 'id' | 'scenario' | 'schedule'>,
  { id: project, revision }: Pick<ProjectState, 'id' | 'revision'>,
  result: RunResult,
): RunJob {
  const { id } = asked
  const job = jobOf(client, id, result)
  // A run of the project that was open before must not pass for one of this.
  if (id !== lastRun || getApp().project.id !== project) return job
  if (result.kind !== 'finished') {
    setRun({ job })
    return job
  }
  const trace = client.open(result.trace)
  const { view, run } = getApp()
  const mended = view.step === startStep && refused(run.shown?.result) && !refused(result)
  const kept = !mended && view.event !== undefined && view.event < trace.length ? view.event : undefined
  setRun({ job, shown: { ...asked, revision, result, trace } })
  setView(mended ? { step: undefined, event: undefined } : { event: kept })
  return job
}

/** The step that stands for what happens before the first request. */
const startStep = -1

/** Who looked at the start because of a plugin that did not load wants to see the request once it does. */
const refused = (result: FinishedResult | undefined): boolean =>
  result?.findings.some(({ rule }) => rule === 'module-rejected') ?? false

function jobOf(client: SandboxClient, id: RunId, result: RunResult): RunJob {
  const open = (data: TraceData | undefined) => (data === undefined ? undefined : client.open(data))
  switch (result.kind) {
    case 'finished':
      return { kind: 'finished', id }
    case 'invalid':
      return { kind: 'invalid', id, problems: result.problems }
    case 'deadline': {
      const { plugin, callback, afterMs } = result
      return { kind: 'deadline', id, plugin, callback, afterMs, trace: open(result.trace) }
    }
  }
}

/** Puts a run on the screen that was finished elsewhere: the one shipped with the first paint. */
export function showFinished(scenario: ScenarioRef, result: FinishedResult, trace: TraceView): void {
  lastRun += 1
  const id = lastRun as RunId
  setRun({ job: { kind: 'finished', id }, shown: { id, scenario, revision: getApp().project.revision, result, trace } })
}

/** `plugins/mine/plugin.wasm` is the module of plugin `mine`. */
function uploadedModules(binaries: Readonly<Record<string, Uint8Array>>): Record<string, Uint8Array> {
  const modules: Record<string, Uint8Array> = {}
  for (const [path, bytes] of Object.entries(binaries)) {
    const name = /^plugins\/([^/]+)\/[^/]+\.wasm$/.exec(path)?.[1]
    if (name !== undefined) modules[name] = bytes
  }
  return modules
}
