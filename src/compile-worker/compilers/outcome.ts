import type { Diagnostic } from '../../model/diagnostic.ts'

/** What a compiler made of a plugin's sources, before ids, times and the hash are added. */
export type CompileOutcome =
  | {
      readonly kind: 'ok'
      readonly wasm: Uint8Array
      readonly sourceMap: string
      readonly warnings: readonly Diagnostic[]
      readonly output: string
    }
  | { readonly kind: 'rejected'; readonly errors: readonly Diagnostic[]; readonly output: string }
  /** The language's toolchain cannot be had; `message` says why and what to do. */
  | { readonly kind: 'unavailable'; readonly reason: 'offline' | 'unsupported'; readonly message: string }

export type CompileInput = {
  readonly sources: Readonly<Record<string, string>>
  readonly mode: 'debug' | 'release' | 'check'
}

/** A compiler of one language: never throws for what a source can cause. */
export type Compiler = (input: CompileInput) => Promise<CompileOutcome>

/** Codes of the messages that we add to a compiler's own. */
export type OwnCode = 'PG001' | 'PG002' | 'PG003' | 'PG004' | 'PG005' | 'PG006' | 'PG007' | 'PG008'

/** A refusal of our own at the start of a file (or of no file, when there is none to point at). */
export function refusal(code: OwnCode, message: string, file = '', about?: Diagnostic['about']): CompileOutcome {
  return { kind: 'rejected', errors: [ownDiagnostic('error', code, message, file, about)], output: message }
}

export function ownDiagnostic(
  severity: Diagnostic['severity'],
  code: OwnCode,
  message: string,
  file: string,
  about?: Diagnostic['about'],
): Diagnostic {
  const said = about === undefined ? {} : { about }
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1, severity, code, message, ...said }
}

/** More than this many UTF-16 units of source are refused: the compiler would hold the worker for minutes. */
export const SOURCE_LIMIT = 1_000_000

export function sizeOf(sources: Readonly<Record<string, string>>): number {
  return Object.values(sources).reduce((sum, text) => sum + text.length, 0)
}

/** The refusal of sources that are too large, or nothing. */
export function tooLarge(sources: Readonly<Record<string, string>>, limit = SOURCE_LIMIT): CompileOutcome | undefined {
  const size = sizeOf(sources)
  if (size <= limit) return undefined
  const largest = Object.entries(sources).sort((a, b) => b[1].length - a[1].length)[0]?.[0] ?? ''
  return refusal('PG002', `The plugin's sources are ${size} characters; the compiler takes up to ${limit}.`, largest, {
    size: String(size),
    limit: String(limit),
  })
}
