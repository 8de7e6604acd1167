/**
 * Runs `asc` in memory. What asc does to its surroundings is undone here: on an internal crash it prints to the
 * console and calls `process.exit(1)` (asc 0.28.20, cli/index.js `crash`), which would end the CLI.
 */
import asc from 'assemblyscript/asc'

/** A diagnostic as `reportDiagnostic` gives it (toolchains.md 1): ranges are UTF-16 offsets. */
export type AscDiagnostic = {
  readonly code: number
  readonly category: number
  readonly message: string
  readonly file: string
  readonly start: number
  readonly end: number
}

export type AscRun = {
  readonly files: ReadonlyMap<string, Uint8Array | string>
  readonly diagnostics: readonly AscDiagnostic[]
  readonly output: string
  /** asc itself failed (crash, validation error): its words. */
  readonly failure: string
}

/** AssemblyScript's own library by name without `.ts`, e.g. `array`, `rt/itcms`. */
export const libraryFiles: Readonly<Record<string, string>> = asc.libraryFiles

let queue: Promise<unknown> = Promise.resolve()

/** One run at a time: the guard around `process.exit` is global. */
export function runAsc(args: readonly string[], readFile: (path: string) => string | null): Promise<AscRun> {
  const run = queue.then(() => runAlone(args, readFile))
  queue = run
  return run
}

async function runAlone(args: readonly string[], readFile: (path: string) => string | null): Promise<AscRun> {
  const files = new Map<string, Uint8Array | string>()
  const diagnostics: AscDiagnostic[] = []
  const stdout = asc.createMemoryStream()
  const stderr = asc.createMemoryStream()
  const crash: string[] = []
  const restore = guardSurroundings((text) => crash.push(text))
  let failure = ''
  try {
    const result = await asc.main([...args], {
      stdout,
      stderr,
      readFile: (name) => readFile(name.replace(/^(?:\.?\/)+/, '')),
      writeFile: (name, contents) => {
        files.set(name, contents)
      },
      listFiles: () => [],
      reportDiagnostic: (diagnostic) => {
        diagnostics.push({
          code: diagnostic.code,
          category: diagnostic.category,
          message: diagnostic.message,
          file: diagnostic.range?.source?.normalizedPath ?? '',
          start: diagnostic.range?.start ?? 0,
          end: diagnostic.range?.end ?? 0,
        })
      },
    })
    if (result.error !== null) failure = result.error.message
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error)
  } finally {
    restore()
  }
  const output = `${stdout.toString()}${stderr.toString()}${crash.join('\n')}`
  return { files, diagnostics, output, failure: crash.length > 0 ? (crash[0] ?? failure) : failure }
}

/** `console` and Node's `process`, looked up by name: asc's own types declare a global `console` of another shape. */
function surrounding(object: 'console' | 'process'): object | undefined {
  const found: unknown = Reflect.get(globalThis, object)
  return typeof found === 'object' && found !== null ? found : undefined
}

/** Catches asc's exit and its crash text. Returns what puts things back. */
function guardSurroundings(onCrash: (text: string) => void): () => void {
  const restore = [
    replace(surrounding('console'), 'error', (...parts: unknown[]) => onCrash(parts.map(String).join(' '))),
    replace(surrounding('process'), 'exit', () => {
      throw new Error('asc crashed')
    }),
  ]
  return () => {
    for (const put of restore) put()
  }
}

/** Replaces a method and returns what undoes it. */
function replace(target: object | undefined, method: string, by: (...args: unknown[]) => void): () => void {
  if (target === undefined) return () => {}
  const original: unknown = Reflect.get(target, method)
  Reflect.set(target, method, by)
  return () => {
    Reflect.set(target, method, original)
  }
}
