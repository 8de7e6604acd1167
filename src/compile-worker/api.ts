import type { Diagnostic } from '../model/diagnostic.ts'
import type { LanguageAnswer, LanguageQuery } from './language-service.ts'
import type { ToolchainState } from './toolchain-state.ts'

/** Which Go API a plugin is written against (design.md 2); decides packages, ABI marker and whether `main` runs. */
export type GoSdk = 'higress' | 'proxy-wasm' | 'tinygo'

/** The sources of one plugin, by path inside `plugins/<name>/`, e.g. `plugin.ts`. */
export type PluginSources = {
  readonly plugin: string
  readonly sources: Readonly<Record<string, string>>
} & ({ readonly language: 'assemblyscript' | 'wat' } | { readonly language: 'go'; readonly sdk: GoSdk })

export type CompileJob = PluginSources & {
  /** `check` makes diagnostics only (no code). */
  readonly mode: 'debug' | 'release' | 'check'
}

/** `id` grows with every request; a newer one supersedes an older one of the same plugin. */
export type CompileRequest = CompileJob & { readonly id: number }

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
      /** `broken`: the worker ended by an error of its own; `message` is that error. */
      readonly reason: 'offline' | 'busy' | 'timeout' | 'unsupported' | 'broken'
      readonly message: string
    }
  | { readonly kind: 'superseded'; readonly id: number }

/** Methods of the compile worker (comlink). */
export type CompileWorkerApi = {
  compile(request: CompileRequest): Promise<CompileResult>
  /** Completion, hover, definition, formatting of one file; answered between compilations, never `superseded`. */
  ask(query: LanguageQuery): Promise<LanguageAnswer>
  /** Reports the state of a language's toolchain now and whenever it changes (comlink proxy). */
  watchToolchain(language: 'go', listener: (state: ToolchainState) => void): Promise<void>
}
