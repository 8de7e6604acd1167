import type { Diagnostic } from '../../model/diagnostic.ts'
import { sdkSources } from '../sdk-sources.ts'
import { type AscDiagnostic, type AscRun, libraryFiles, runAsc } from './asc-host.ts'
import { foreignImports } from './foreign-imports.ts'
import { type CompileInput, type CompileOutcome, ownDiagnostic, refusal, tooLarge } from './outcome.ts'
import { positionAt } from './source-position.ts'

/** Where a plugin begins, first match wins. A plugin with one `.ts` file only may call it anything. */
const ENTRIES = ['plugin.ts', 'assembly/index.ts', 'src/index.ts', 'index.ts'] as const

const WASM = 'plugin.wasm'
const MAP = 'plugin.wasm.map'

/**
 * AssemblyScript to wasm with asc, all in memory (toolchains.md 1). The same flags everywhere: equal sources give
 * equal bytes in the tab and in Node (design 4.6, "Trace hash").
 */
export async function compileAssemblyScript(input: CompileInput): Promise<CompileOutcome> {
  const refused = tooLarge(input.sources)
  if (refused !== undefined) return refused
  const entry = entryOf(input.sources)
  if (entry === undefined) {
    const message = `The plugin has no entry file. Name it ${ENTRIES[0]} (or ${ENTRIES.slice(1).join(', ')}).`
    return refusal('PG001', message, '', { names: ENTRIES.join(', ') })
  }
  const run = await runAsc(ascArguments(entry, input), (path) => input.sources[path] ?? sdkSources[path] ?? null)
  return outcomeOf(run, input, entry)
}

export function entryOf(sources: Readonly<Record<string, string>>): string | undefined {
  const known = ENTRIES.find((name) => Object.hasOwn(sources, name))
  if (known !== undefined) return known
  const scripts = Object.keys(sources).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  return scripts.length === 1 ? scripts[0] : undefined
}

/** `--exportStart`: top-level code runs in `_initialize`, when the host can already see the memory (toolchains.md 1). */
export function ascArguments(entry: string, input: CompileInput): string[] {
  const shared = [entry, '--exportStart', '_initialize', '--noColors', ...globalAliases(input.sources)]
  switch (input.mode) {
    case 'check':
      return [...shared, '--noEmit', '--debug']
    case 'debug':
      return [...shared, '--outFile', WASM, '--debug', '--sourceMap']
    case 'release':
      return [...shared, '--outFile', WASM, '-O']
  }
}

/**
 * AssemblyScript's `abort`, `seed` and `trace` are imports that no gateway has. The SDK brings its own on top of
 * proxy-wasm; a plugin on the bare ABI gets none of them (`abort` is then a plain trap).
 */
function globalAliases(sources: Readonly<Record<string, string>>): string[] {
  if (!usesSdk(sources)) return ['--use', 'abort=']
  return ['--use', 'abort=proxy_abort', '--use', 'seed=proxy_seed', '--use', 'trace=proxy_trace']
}

/** An import or re-export of ours that begins a line (or ends one: `} from '…'`), so that a comment does not count. */
const SDK_IMPORT = /^\s*(?:import\b|export\b|\})[^'"\n]*["']@proxyground\/sdk(?:\/|["'])/m

function usesSdk(sources: Readonly<Record<string, string>>): boolean {
  return Object.values(sources).some((text) => SDK_IMPORT.test(text))
}

function outcomeOf(run: AscRun, input: CompileInput, entry: string): CompileOutcome {
  const all = run.diagnostics.map((diagnostic) => toDiagnostic(diagnostic, input.sources))
  const errors = all.filter((diagnostic) => diagnostic.severity === 'error')
  if (errors.length > 0) return { kind: 'rejected', errors: all, output: run.output }
  if (run.failure !== '') {
    const message = `The AssemblyScript compiler failed on this source: ${run.failure.trim().split('\n')[0] ?? ''}`
    return { kind: 'rejected', errors: [ownDiagnostic('error', 'PG003', message, entry)], output: run.output }
  }
  const missing = missingExports(input.sources, entry)
  const warnings = missing === undefined ? all : [...all, missing]
  if (input.mode === 'check') {
    return { kind: 'ok', wasm: new Uint8Array(), sourceMap: '', warnings, output: run.output }
  }
  const wasm = run.files.get(WASM)
  if (!(wasm instanceof Uint8Array)) return refusal('PG003', 'The AssemblyScript compiler gave no module.', entry)
  const sourceMap = run.files.get(MAP)
  return {
    kind: 'ok',
    wasm: wasm.slice(),
    sourceMap: typeof sourceMap === 'string' && input.mode === 'debug' ? sourceMap : '',
    warnings: [...warnings, ...foreignImports(wasm, input.sources, entry)],
    output: run.output,
  }
}

/** The line that everybody forgets once: without it the module has no callbacks and no ABI marker. */
function missingExports(sources: Readonly<Record<string, string>>, entry: string): Diagnostic | undefined {
  const text = sources[entry] ?? ''
  if (!usesSdk(sources) || /export\s*\*\s*from\s*["']@proxyground\/sdk\/(?:higress\/)?proxy["']/.test(text))
    return undefined
  const higress = Object.values(sources).some((source) => source.includes('@proxyground/sdk/higress'))
  const module = higress ? '@proxyground/sdk/higress/proxy' : '@proxyground/sdk/proxy'
  const message = `The module exports no proxy-wasm callbacks, so no gateway can load it. Add this line to ${entry}: export * from '${module}'`
  return ownDiagnostic('warning', 'PG004', message, entry, { file: entry, module })
}

function toDiagnostic(diagnostic: AscDiagnostic, sources: Readonly<Record<string, string>>): Diagnostic {
  const text = textOf(diagnostic.file, sources)
  const start = positionAt(text, diagnostic.start)
  // An empty range (end of text) is made one character wide, or no editor could mark it.
  const end = positionAt(text, diagnostic.end)
  const empty = diagnostic.end <= diagnostic.start
  return {
    file: diagnostic.file,
    line: start.line,
    column: start.column,
    endLine: empty ? start.line : end.line,
    endColumn: empty ? start.column + 1 : end.column,
    severity: diagnostic.category === 3 ? 'error' : 'warning',
    code: `${diagnostic.code < 1000 ? 'AS' : 'TS'}${diagnostic.code}`,
    message: diagnostic.message,
  }
}

/** Text of a file as asc names it: the plugin's own, an SDK file (`~lib/@proxyground/…`) or the standard library. */
export function textOf(path: string, sources: Readonly<Record<string, string>>): string {
  if (!path.startsWith('~lib/')) return sources[path] ?? ''
  const name = path.slice('~lib/'.length)
  return sdkSources[`node_modules/${name}`] ?? libraryFiles[name.replace(/\.ts$/, '')] ?? ''
}
