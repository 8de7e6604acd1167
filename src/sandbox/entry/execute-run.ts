/** A run request in, a result out: loading, preparing modules, running, explaining. The same in every worker. */
import { gatewayFamily } from '../../model/profile.ts'
import { projectLoader } from '../../model/project/load.ts'
import { loadScenario } from '../../model/project/load-scenario.ts'
import type { Project, Scenario } from '../../model/project/types.ts'
import type { Result } from '../../model/result.ts'
import { seededRandom } from '../gateway/seeded-random.ts'
import { runScenario } from '../run/run-scenario.ts'
import { type Choose, drawn, replayed } from '../time/schedule.ts'
import { endHandlers } from '../upstream/handler.ts'
import { type LoadFailure, type PreparedModule, prepareModule } from '../vm/prepare.ts'
import type { ModuleReport, ProjectProblem, RunRequest, RunResult } from './api.ts'
import { contentHash } from './content-hash.ts'

type Prepared = Result<PreparedModule, LoadFailure>

/** What stays for the next run of the same worker: the last project, and compiled modules by family and content. */
export type RunCaches = {
  readonly loadProject: ReturnType<typeof projectLoader>
  readonly modules: Map<string, Prepared>
}
const cacheSize = 32

export const freshCaches = (): RunCaches => ({ loadProject: projectLoader(), modules: new Map() })

const workerCaches = freshCaches()

export type Execution = {
  /** Milliseconds of wall time, for `wallMs` only. */
  readonly now: () => number
  /** Each guest entry before it happens. */
  readonly announce?: (entry: { readonly plugin: string; readonly callback: string }) => void
}

export function executeRun(
  request: RunRequest,
  { now, announce }: Execution,
  caches: RunCaches = workerCaches,
): RunResult {
  const began = now()
  const { project, problems } = caches.loadProject(request.files, moduleFiles(request))
  if (project === undefined) return { kind: 'invalid', problems: problems.filter(isError) }
  const loaded = scenarioOf(request, project, problems)
  if (!('steps' in loaded)) return { kind: 'invalid', problems: loaded.problems }
  const modules = prepareAll(project, request, caches.modules)
  endHandlers()
  const run = runScenario(project, modules, loaded, {
    ...(announce === undefined ? {} : { announce: (plugin, callback) => announce({ plugin, callback }) }),
    ...(request.lookAt === undefined ? {} : { lookAt: request.lookAt }),
    ...(request.schedule === undefined ? {} : { choose: chooseBy(request.schedule) }),
  })
  return {
    kind: 'finished',
    report: run.report,
    trace: run.trace,
    findings: run.findings,
    modules: project.plugins.map(({ name }) =>
      moduleReport(name, request.modules[name], modules.get(name), run.startErrors),
    ),
    wallMs: now() - began,
    ...(run.look === undefined ? {} : { look: run.look }),
    ...(run.stacks === undefined ? {} : { stacks: run.stacks }),
    choices: run.choices,
  }
}

function chooseBy(schedule: NonNullable<RunRequest['schedule']>): Choose {
  if ('choices' in schedule) return replayed(schedule.choices)
  const random = seededRandom(schedule.seed, 'schedule')
  return drawn(() => random.next())
}

const isError = ({ severity }: ProjectProblem): boolean => severity === 'error'

/** A plugin that came as bytes only has its module where a folder would have it. */
function moduleFiles({ files, modules }: RunRequest): string[] {
  const paths = Object.keys(files)
  return Object.keys(modules)
    .filter((name) => !paths.some((path) => path.startsWith(`plugins/${name}/`) && !path.endsWith('/plugin.yaml')))
    .map((name) => `plugins/${name}/plugin.wasm`)
}

function scenarioOf(
  { scenario, files }: RunRequest,
  project: Project,
  problems: readonly ProjectProblem[],
): Scenario | { readonly problems: readonly ProjectProblem[] } {
  if ('inline' in scenario) {
    const read = (path: string): string | undefined => (Object.hasOwn(files, path) ? files[path] : undefined)
    const loaded = loadScenario(scenario.inline, scenario.name, project, read)
    return loaded.scenario ?? { problems: loaded.problems }
  }
  const found = project.scenarios.find(({ file }) => file === scenario.file)
  if (found !== undefined) return found
  const own = problems.filter((problem) => isError(problem) && problem.file === scenario.file)
  if (own.length > 0) return { problems: own }
  throw new Error(`There is no scenario ${scenario.file} in the project`)
}

function prepareAll(
  project: Project,
  { modules, hashes = {} }: RunRequest,
  cache: RunCaches['modules'],
): ReadonlyMap<string, Prepared> {
  const { profile } = project.gateway
  const family = gatewayFamily(profile)
  const prepared = new Map<string, Prepared>()
  for (const { name } of project.plugins) {
    const wasm = Object.hasOwn(modules, name) ? modules[name] : undefined
    if (wasm === undefined) continue
    const known = Object.hasOwn(hashes, name) ? hashes[name] : undefined
    const key = `${profile} ${known ?? contentHash(wasm)}`
    let module = cache.get(key)
    if (module === undefined) {
      module = prepareModule(wasm, { family, profile })
      const oldest = cache.keys().next()
      if (cache.size >= cacheSize && oldest.done !== true) cache.delete(oldest.value)
      cache.set(key, module)
    }
    prepared.set(name, module)
  }
  return prepared
}

function moduleReport(
  plugin: string,
  wasm: Uint8Array | undefined,
  module: Prepared | undefined,
  startErrors: ReadonlyMap<string, LoadFailure>,
): ModuleReport {
  const size = wasm?.length ?? 0
  const failure = module?.ok === false ? module.error : startErrors.get(plugin)
  const found = module?.ok === true ? module.value : undefined
  return {
    plugin,
    loaded: found !== undefined && failure === undefined,
    abi: found?.abi ?? '',
    language: found?.language ?? '',
    size,
    memoryPages: found?.memoryPages ?? 0,
    ...(failure === undefined ? {} : { reason: failure.reason, message: failure.message }),
  }
}
