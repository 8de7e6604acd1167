import type { CompileJob, CompileResult, PluginSources } from '../../compile-worker/api.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import { compileClient } from '../clients/clients.ts'
import { type BuildStep, type GoodBuild, noBuild, type PluginBuild } from '../store/build.ts'
import { fingerprint } from '../store/fingerprint.ts'
import { type PluginFolder, pluginFolders } from '../store/project.ts'
import { appStore, getApp } from '../store/store.ts'
import { compilable } from './plugin-sources.ts'

/** What was last handed to the compiler, by plugin: a result for other sources is stale and never shown. */
const asked = new Map<string, { readonly id: number; readonly print: string; readonly built: Promise<boolean> }>()
let lastId = 0

/**
 * Compiles every plugin whose sources changed. Answers whether all plugins that can be built here are built.
 * @param options.again  also those that did not change: all, or those whose module was shipped without its source map
 */
export async function buildChanged(options: { readonly again?: 'all' | 'unmapped' } = {}): Promise<boolean> {
  const { project } = getApp()
  const folders = pluginFolders(project)
  forgetGone(new Set(folders.map(({ name }) => name)))
  const results = await Promise.all(folders.map((plugin) => buildPlugin(plugin, options.again)))
  return results.every(Boolean)
}

async function buildPlugin(plugin: PluginFolder, wish: 'all' | 'unmapped' | undefined): Promise<boolean> {
  const { name } = plugin
  const job = compilable(plugin)
  if (job === undefined) return true
  const print = printOf(job)
  const { good, job: state } = getApp().build[name] ?? noBuild
  const unmapped = job.language === 'assemblyscript' && good?.sourceMap === ''
  const again = wish === 'all' || (wish === 'unmapped' && unmapped)
  // A module of these very sources can run, whatever a repeated build is still doing.
  if (!again && good?.sources === print) {
    if (asked.get(name)?.print !== print) {
      // An edit was taken back: what the compiler said of it, or will say, is about other text.
      asked.delete(name)
      setBuild(name, { job: { kind: 'idle' }, good })
    }
    return true
  }
  const running = asked.get(name)
  if (!again && running?.print === print && state.kind !== 'idle') return running.built
  lastId += 1
  const id = lastId
  const built = startBuild(id, job, print, good)
  asked.set(name, { id, print, built })
  return built
}

/** What a module was made of: its sources, and for Go the API it is written against. */
export const printOf = (job: PluginSources): string =>
  fingerprint(job.language === 'go' ? { ...job.sources, '': job.sdk } : job.sources)

async function startBuild(
  id: number,
  job: PluginSources,
  print: string,
  good: GoodBuild | undefined,
): Promise<boolean> {
  const { plugin } = job
  const { language } = job
  const enter = (step: BuildStep) => setBuild(plugin, { job: { kind: 'compiling', id, step }, good })
  /** Sent before the step is shown: the worker need not wait for the page to draw it. */
  const send = (step: BuildStep, mode: CompileJob['mode']): Promise<CompileResult> => {
    const sent = compile({ ...job, mode })
    enter(step)
    return sent
  }
  const current = () => asked.get(plugin)?.print === print
  // Go's types are checked in a fraction of the time a build takes: what is wrong is marked at once.
  const checked = language === 'go' ? await send('checking', 'check') : undefined
  if (checked !== undefined && !current()) return false
  if (checked?.kind === 'superseded') return newerBuild(plugin, print, id)
  if (checked?.kind === 'rejected' || checked?.kind === 'unavailable') return settle(plugin, print, checked)
  const result = await send('compiling', 'debug')
  if (result.kind === 'superseded') return newerBuild(plugin, print, id)
  return current() && settle(plugin, print, withWarnings(result, checked))
}

/** A repeated build of the same text took this one's place: what came of that one is the answer. */
function newerBuild(plugin: string, print: string, id: number): Promise<boolean> {
  const newer = asked.get(plugin)
  return newer !== undefined && newer.print === print && newer.id !== id ? newer.built : Promise.resolve(false)
}

/** The check finds what the build does not say, e.g. a plugin that registers where nothing runs. */
function withWarnings(result: CompileResult, checked: CompileResult | undefined): CompileResult {
  if (result.kind !== 'ok' || checked?.kind !== 'ok') return result
  const said = new Set(result.warnings.map(keyOf))
  return {
    ...result,
    warnings: [...result.warnings, ...checked.warnings.filter((warning) => !said.has(keyOf(warning)))],
  }
}

const keyOf = ({ file, line, column, message }: Diagnostic): string => `${file}:${line}:${column} ${message}`

async function compile(job: CompileJob): Promise<CompileResult> {
  try {
    const client = await compileClient()
    return await client.compile(job)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { kind: 'unavailable', id: 0, reason: 'offline', message }
  }
}

function settle(name: string, print: string, result: CompileResult): boolean {
  const good = getApp().build[name]?.good
  switch (result.kind) {
    case 'ok': {
      const { wasm, hash, sourceMap, milliseconds, warnings, output } = result
      setBuild(name, {
        job: { kind: 'ok', milliseconds, warnings, output },
        good: { wasm, hash, sourceMap, sources: print },
      })
      return true
    }
    case 'rejected': {
      const { milliseconds, errors, output } = result
      setBuild(name, { job: { kind: 'rejected', milliseconds, errors, output }, good })
      return false
    }
    case 'unavailable':
      asked.delete(name)
      setBuild(name, { job: { kind: 'unavailable', reason: result.reason, message: result.message }, good })
      return false
    case 'superseded':
      return false
  }
}

function setBuild(name: string, build: PluginBuild): void {
  appStore.setState((state) => ({ build: { ...state.build, [name]: build } }))
}

function forgetGone(present: ReadonlySet<string>): void {
  const { build } = getApp()
  if (Object.keys(build).every((name) => present.has(name))) return
  appStore.setState({ build: Object.fromEntries(Object.entries(build).filter(([name]) => present.has(name))) })
}

/** Another project: nothing built before belongs to it, except modules that were shipped with it. */
export function resetBuilds(
  prebuilt: Readonly<Record<string, { readonly wasm: Uint8Array; readonly hash: string }>>,
): void {
  asked.clear()
  const build: Record<string, PluginBuild> = {}
  for (const plugin of pluginFolders(getApp().project)) {
    const module = prebuilt[plugin.name]
    const job = compilable(plugin)
    if (module === undefined || job === undefined) continue
    const good = { ...module, sourceMap: '', sources: printOf(job) }
    build[plugin.name] = { job: { kind: 'idle' }, good }
  }
  appStore.setState({ build })
}
