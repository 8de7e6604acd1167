import type { Diagnostic } from '../model/diagnostic.ts'

/** Sources of one plugin by path inside `plugins/<name>/`, e.g. `plugin.ts`. */
export type CompileRequest = {
  /** Grows with every request; a newer one supersedes an older one of the same plugin. */
  readonly id: number
  readonly plugin: string
  readonly language: 'assemblyscript' | 'wat'
  readonly sources: Readonly<Record<string, string>>
  /** `check` makes diagnostics only (no code). */
  readonly mode: 'debug' | 'release' | 'check'
}

export type CompileResult =
  | {
      readonly kind: 'ok'
      readonly id: number
      readonly wasm: Uint8Array
      /** Source map v3 as JSON text; '' in release and WAT builds. */
      readonly sourceMap: string
      /** Hex hash of the wasm bytes. */
      readonly hash: string
      readonly warnings: readonly Diagnostic[]
      /** The compiler's own output, for the Build tab and the CLI. */
      readonly output: string
      readonly milliseconds: number
    }
  | {
      readonly kind: 'rejected'
      readonly id: number
      readonly errors: readonly Diagnostic[]
      readonly output: string
      readonly milliseconds: number
    }
  | {
      readonly kind: 'unavailable'
      readonly id: number
      readonly reason: 'offline' | 'busy' | 'timeout' | 'unsupported'
      readonly message: string
    }
  | { readonly kind: 'superseded'; readonly id: number }

/** Methods of the compile worker (comlink). */
export type CompileWorkerApi = { compile(request: CompileRequest): Promise<CompileResult> }
