import type { Bundle } from './bundle.ts'
import { shortenHashes } from './columns.ts'
import type { DriverPlan, PlannedPackage } from './driver-protocol.ts'
import { FileTree } from './file-tree.ts'
import { linkPlugin } from './link.ts'
import type { Manifest } from './manifest.ts'
import type { Pack } from './pack.ts'
import { runTool } from './program-rest.ts'
import { crashOf } from './run-program.ts'
import { createWarmProgram, type WarmProgram } from './warm-program.ts'

/** Where the plugin's sources stand for the compiler; `-trimpath` takes it off again. */
export const SOURCE_ROOT = '/w'

/** Sources above this (UTF-16 units) are compiled with Go's collector on: without it memory grows with what is compiled. */
const COLLECT_ABOVE = 400_000

export type Built =
  | { readonly kind: 'ok'; readonly wasm: Uint8Array; readonly output: string }
  /** The compiler's messages stand in `output`. */
  | { readonly kind: 'rejected'; readonly output: string }
  /** The compiler or linker itself failed. */
  | { readonly kind: 'failed'; readonly tool: 'compile' | 'link'; readonly output: string; readonly crash: string }

type Sources = Readonly<Record<string, string>>

/**
 * Compiles and links a plan, with the flags of cmd/go (toolchains.md 5). Compiled packages of the plugin are kept in
 * `archives` by all that went into them, so that an edit compiles only what it touches.
 */
export async function buildPlan(
  bundle: Bundle,
  plan: DriverPlan,
  sources: Sources,
  mode: 'debug' | 'release',
  archives: Map<string, Uint8Array>,
): Promise<Built> {
  const exports = await bundle.pack('exports.pack')
  const environment = environmentFor(sources)
  const compiled = new Map<string, { readonly archive: Uint8Array; readonly key: string }>()
  const used = new Set<string>()
  let output = ''
  for (const entry of plan.packages) {
    const keys = entry.imports.map(({ importPath }) => compiled.get(importPath)?.key ?? importPath)
    const key = JSON.stringify([bundle.manifest.key, entry, contents(entry, sources), keys])
    used.add(key)
    let archive = archives.get(key)
    if (archive === undefined) {
      const files = compileFiles(entry, sources, exports, (path) => compiled.get(path)?.archive)
      const args = compileArguments(entry, bundle.manifest)
      const { end } = await runTool(bundle, 'compile', async (compiler) => ({
        end: compile(compiler, environment).run(args, files),
      }))
      output += end.output
      const crash = crashOf(end)
      if (crash !== undefined) return { kind: 'failed', tool: 'compile', output, crash }
      archive = files.read('main.a')
      if (end.exitCode !== 0 || archive === undefined) return { kind: 'rejected', output }
      shortenHashes(archive)
      archives.set(key, archive)
    }
    compiled.set(entry.importPath, { archive, key })
  }
  for (const key of archives.keys()) if (!used.has(key)) archives.delete(key)
  const own = new Map([...compiled].map(([path, { archive }]) => [path, archive]))
  const linked = await linkPlugin(bundle, plan.link, own, mode, environment)
  return { ...linked, output: output + linked.output }
}

/** The compiler of usual sources, kept warm by its module. */
const compilers = new WeakMap<WebAssembly.Module, WarmProgram>()

function compile(module: WebAssembly.Module, environment: readonly string[]): WarmProgram {
  // Memory after large sources is no memory to keep.
  if (!environment.includes('GOGC=off')) return createWarmProgram(module, environment)
  const known = compilers.get(module) ?? createWarmProgram(module, environment)
  compilers.set(module, known)
  return known
}

function environmentFor(sources: Sources): readonly string[] {
  const size = Object.values(sources).reduce((sum, text) => sum + text.length, 0)
  return ['PWD=/', 'GOOS=wasip1', 'GOARCH=wasm', ...(size > COLLECT_ABOVE ? [] : ['GOGC=off'])]
}

const contents = (entry: PlannedPackage, sources: Sources): readonly (string | undefined)[] => [
  ...entry.files.map((file) => sources[file]),
  ...Object.values(entry.embed?.files ?? {}).map((file) => sources[file]),
]

function compileFiles(
  entry: PlannedPackage,
  sources: Sources,
  exports: Pack,
  own: (importPath: string) => Uint8Array | undefined,
): FileTree {
  const files = new FileTree()
  const place = (file: string) => `${SOURCE_ROOT}/${file}`.slice(1)
  for (const file of entry.files) files.addText(place(file), sources[file] ?? '')
  for (const { path, text } of entry.generated) files.addText(place(path), text)
  const config = Object.entries(entry.importMap).map(([from, to]) => `importmap ${from}=${to}`)
  for (const { importPath, from } of entry.imports) {
    const archive = from === 'plugin' ? own(importPath) : exports.get(`${importPath}.x`)
    if (archive === undefined) continue
    files.add(`pkg/${importPath}.a`, archive)
    config.push(`packagefile ${importPath}=/pkg/${importPath}.a`)
  }
  files.addText('importcfg', `${config.join('\n')}\n`)
  if (entry.embed !== undefined) {
    const { patterns, files: embedded } = entry.embed
    const places = Object.entries(embedded).map(([name, file]) => [name, `/${place(file)}`])
    for (const file of Object.values(embedded)) files.addText(place(file), sources[file] ?? '')
    files.addText('embedcfg', JSON.stringify({ Patterns: patterns, Files: Object.fromEntries(places) }))
  }
  return files
}

function compileArguments(entry: PlannedPackage, manifest: Manifest): readonly string[] {
  const sources = [...entry.files, ...entry.generated.map(({ path }) => path)].map((file) => `${SOURCE_ROOT}/${file}`)
  const fixed = [
    '-dwarf=false',
    '-goversion',
    manifest.goVersion,
    '-c=1',
    '-nolocalimports',
    '-importcfg',
    '/importcfg',
  ]
  const embed = entry.embed === undefined ? [] : ['-embedcfg', '/embedcfg']
  const trim = ['-trimpath', `${SOURCE_ROOT}=>`]
  return ['compile', '-o', '/main.a', ...trim, ...entry.flags, ...fixed, ...embed, '-pack', ...sources]
}
