import { readFile } from 'node:fs/promises'
import { compilePlugin } from '../compile-worker/node.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { GoSdk, PluginSpec, Project } from '../model/project/types.ts'
import { diagnosticMessage } from '../text/diagnostic-words.ts'
import { CannotRun, printable } from './outcome.ts'
import type { ProjectSource } from './source.ts'
import { type Line, say } from './words.ts'

/** What Go plugins are built with: `bundled` is our toolchain and SDK, `real` the machine's Go and the real modules. */
export type GoModules = 'bundled' | 'real'

export type BuildOptions = {
  /** Modules given by hand, by plugin or source folder. */
  readonly given: ReadonlyMap<string, string>
  readonly sdk: GoModules
  /** Takes a line about a build, for standard error. */
  readonly note: (line: Line) => void
}

/** `--wasm NAME=FILE` as pairs. */
export function parseWasmOption(values: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    values.map((value) => {
      const at = value.indexOf('=')
      if (at <= 0 || at === value.length - 1) throw new CannotRun(say('cli.wrong.wasm', { text: value }))
      return [value.slice(0, at), value.slice(at + 1)] as const
    }),
  )
}

/**
 * The module of every plugin: a file given by hand, else a `.wasm` in its folder, else compiled from its sources.
 * Plugins with one source share one compilation.
 */
export async function buildModules(
  project: Project,
  source: ProjectSource,
  options: BuildOptions,
): Promise<Readonly<Record<string, Uint8Array>>> {
  const { given } = options
  const known = project.plugins.flatMap(({ name, source: folder }) => [name, folder])
  for (const name of given.keys()) {
    if (!known.includes(name))
      throw new CannotRun(({ text }) =>
        text('cli.wrong.wasmPlugin', { name, known: [...new Set(known)].join(', ') || text('cli.none') }),
      )
  }
  const bySource = new Map<string, Promise<Uint8Array>>()
  const entries: (readonly [string, Uint8Array])[] = []
  for (const plugin of project.plugins) {
    const file = given.get(plugin.name) ?? given.get(plugin.source)
    if (file !== undefined) {
      entries.push([plugin.name, await readModule(file)])
      continue
    }
    const module = bySource.get(plugin.source) ?? moduleOf(plugin, source, options)
    bySource.set(plugin.source, module)
    entries.push([plugin.name, await module])
  }
  return Object.fromEntries(entries)
}

async function readModule(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file))
  } catch {
    throw new CannotRun(say('cli.module.unreadable', { file }))
  }
}

async function moduleOf(plugin: PluginSpec, source: ProjectSource, options: BuildOptions): Promise<Uint8Array> {
  const folder = `plugins/${plugin.source}/`
  const compiled = plugin.files.filter((file) => file.endsWith('.wasm'))
  const ready = compiled.find((file) => file === 'plugin.wasm' || file === 'main.wasm') ?? compiled[0]
  if (ready !== undefined) return source.readBinary(folder + ready)
  const { language, sdk = 'higress' } = plugin
  if (language !== 'assemblyscript' && language !== 'wat' && language !== 'go') {
    throw new CannotRun(
      language === 'wasm'
        ? say('cli.module.missing', { name: plugin.name, folder })
        : say('cli.module.language', { name: plugin.name, folder, language }),
    )
  }
  const sources = Object.fromEntries(
    Object.entries(source.texts).flatMap(([path, text]) =>
      path.startsWith(folder) ? [[path.slice(folder.length), text]] : [],
    ),
  )
  if (language === 'go' && options.sdk === 'real') return realModule(plugin.name, sdk, sources, folder, options)
  const job = { plugin: plugin.name, sources, mode: 'debug' } as const
  const result = await compilePlugin(language === 'go' ? { ...job, language, sdk } : { ...job, language })
  switch (result.kind) {
    case 'ok':
      return result.wasm
    case 'rejected':
      throw doesNotCompile(plugin.name, folder, result)
    case 'unavailable':
      throw new CannotRun(say('cli.module.notCompiled', { name: plugin.name, why: result.message }))
    case 'superseded':
      throw new Error('the command line compiles each source once')
  }
}

/** A module from the machine's Go. */
async function realModule(
  plugin: string,
  sdk: GoSdk,
  sources: Readonly<Record<string, string>>,
  folder: string,
  { note }: BuildOptions,
): Promise<Uint8Array> {
  const { buildWithMachineGo } = await import('../compile-worker/toolchains/go/machine-go.node.ts')
  const { 'plugin.yaml': _, ...own } = sources
  const made = await buildWithMachineGo({ plugin, sdk, sources: own })
  switch (made.kind) {
    case 'ok':
      note(say('cli.module.machineGo', { name: plugin, version: made.goVersion }))
      return made.wasm
    case 'rejected':
      throw doesNotCompile(plugin, folder, made)
    case 'unavailable':
      throw new CannotRun(say('cli.module.notReal', { name: plugin }), ...made.lines.map((line) => printable(line)))
  }
}

type Rejected = { readonly errors: readonly Diagnostic[]; readonly output: string }

const doesNotCompile = (plugin: string, folder: string, { errors, output }: Rejected): CannotRun =>
  new CannotRun(
    say('cli.module.doesNotCompile', { name: plugin }),
    ...(errors.length > 0
      ? errors.map((error) => diagnosticLine(folder, error))
      : [printable(output, { lines: true })]),
  )

const diagnosticLine =
  (folder: string, diagnostic: Diagnostic): Line =>
  ({ language, text }) => {
    const { file, line, column, severity, code } = diagnostic
    const place = `${file.startsWith('~lib') ? '' : folder}${file}:${line}:${column}`
    const message = diagnosticMessage({ ...diagnostic, code: '' }, text, language)
    return `${place}: ${text(`cli.severity.${severity}`)} ${code}: ${message}`
  }
