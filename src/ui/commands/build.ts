import type { CompileJob, CompileResult } from '../../compile-worker/api.ts'
import { compileClient } from '../clients/clients.ts'
import { type GoodBuild, noBuild, type PluginBuild } from '../store/build.ts'
import { fingerprint } from '../store/fingerprint.ts'
import { type PluginFolder, pluginFolders, sdkOfPlugin } from '../store/project.ts'
import { appStore, getApp } from '../store/store.ts'

/** What was last handed to the compiler, by plugin: a result for other sources is stale and never shown. */
const asked = new Map<string, { readonly print: string; readonly built: Promise<boolean> }>()
let lastId = 0

/** Compiles every plugin whose sources changed. Answers whether all plugins that can be built here are built. */
export async function buildChanged(options: { readonly again?: boolean } = {}): Promise<boolean> {
  const { project } = getApp()
  const folders = pluginFolders(project)
  forgetGone(new Set(folders.map(({ name }) => name)))
  const results = await Promise.all(folders.map((plugin) => buildPlugin(plugin, options.again === true)))
  return results.every(Boolean)
}

async function buildPlugin(plugin: PluginFolder, again: boolean): Promise<boolean> {
  const { name } = plugin
  const work = jobOf(plugin)
  if (work === undefined) return true
  const print = printOf(work)
  const { good, job } = getApp().build[name] ?? noBuild
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
  if (!again && running?.print === print && job.kind !== 'idle') return running.built
  const built = startBuild(work, print, good)
  asked.set(name, { print, built })
  return built
}

/** What the compiler is asked for a plugin; undefined for a language that is not compiled here. */
function jobOf(plugin: PluginFolder): CompileJob | undefined {
  const { name, language } = plugin
  const sources = sourcesOf(plugin)
  switch (language) {
    case 'assemblyscript':
    case 'wat':
      return { plugin: name, language, sources, mode: 'debug' }
    case 'go':
      return { plugin: name, language, sources, mode: 'debug', sdk: sdkOfPlugin(getApp().project.files, name) }
    case 'wasm':
    case 'rust':
    case 'cpp':
    case 'none':
      return undefined
  }
}

/** Another SDK makes another module of the same files. */
const printOf = (work: CompileJob): string =>
  fingerprint(work.language === 'go' ? { ...work.sources, '': work.sdk } : work.sources)

async function startBuild(work: CompileJob, print: string, good: GoodBuild | undefined): Promise<boolean> {
  lastId += 1
  setBuild(work.plugin, { job: { kind: 'compiling', id: lastId }, good })
  const result = await compile(work)
  return asked.get(work.plugin)?.print === print ? settle(work.plugin, print, result) : false
}

async function compile(work: CompileJob): Promise<CompileResult> {
  try {
    const client = await compileClient()
    return await client.compile(work)
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

/** Sources by path inside the plugin's folder, without its configuration. */
export function sourcesOf({ name, paths, language }: PluginFolder): Readonly<Record<string, string>> {
  const { files } = getApp().project
  const prefix = `plugins/${name}/`
  // A Go program may embed any file of its folder.
  const isSource = (path: string) =>
    language === 'go' ? path !== `${prefix}plugin.yaml` : /\.(?:ts|wat|json)$/.test(path)
  const own = paths.filter((path) => path in files && isSource(path))
  return Object.fromEntries(own.map((path) => [path.slice(prefix.length), files[path] ?? '']))
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
    if (module === undefined) continue
    const work = jobOf(plugin)
    const sources = work === undefined ? fingerprint(sourcesOf(plugin)) : printOf(work)
    const good = { ...module, sourceMap: '', sources }
    build[plugin.name] = { job: { kind: 'idle' }, good }
  }
  appStore.setState({ build })
}
