import type { CompileResult } from '../../compile-worker/api.ts'
import { compileClient } from '../clients/clients.ts'
import { type GoodBuild, noBuild, type PluginBuild } from '../store/build.ts'
import { fingerprint } from '../store/fingerprint.ts'
import { type PluginFolder, pluginFolders } from '../store/project.ts'
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
  const { name, language } = plugin
  if (language !== 'assemblyscript' && language !== 'wat') return true
  const sources = sourcesOf(plugin)
  const print = fingerprint(sources)
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
  const built = startBuild(name, language, sources, print, good)
  asked.set(name, { print, built })
  return built
}

async function startBuild(
  name: string,
  language: 'assemblyscript' | 'wat',
  sources: Readonly<Record<string, string>>,
  print: string,
  good: GoodBuild | undefined,
): Promise<boolean> {
  lastId += 1
  setBuild(name, { job: { kind: 'compiling', id: lastId }, good })
  const result = await compile(name, language, sources)
  return asked.get(name)?.print === print ? settle(name, print, result) : false
}

async function compile(
  plugin: string,
  language: 'assemblyscript' | 'wat',
  sources: Readonly<Record<string, string>>,
): Promise<CompileResult> {
  try {
    const client = await compileClient()
    return await client.compile({ plugin, language, sources, mode: 'debug' })
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
export function sourcesOf({ name, paths }: PluginFolder): Readonly<Record<string, string>> {
  const { files } = getApp().project
  const prefix = `plugins/${name}/`
  const own = paths.filter((path) => path in files && /\.(?:ts|wat|json)$/.test(path))
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
    const good = { ...module, sourceMap: '', sources: fingerprint(sourcesOf(plugin)) }
    build[plugin.name] = { job: { kind: 'idle' }, good }
  }
  appStore.setState({ build })
}
