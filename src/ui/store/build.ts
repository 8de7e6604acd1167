import type { Diagnostic } from '../../model/diagnostic.ts'

/** One job per plugin. `good` is the module that runs until a newer build succeeds. */
export type PluginBuild = {
  readonly job: BuildJob
  readonly good: GoodBuild | undefined
}

/** Where a build is: a language that is checked before it is compiled has both steps, any other only the second. */
export type BuildStep = 'checking' | 'compiling'

export type BuildJob =
  | { readonly kind: 'idle' }
  | { readonly kind: 'compiling'; readonly id: number; readonly step: BuildStep }
  | {
      readonly kind: 'ok'
      readonly milliseconds: number
      readonly warnings: readonly Diagnostic[]
      readonly output: string
    }
  | {
      readonly kind: 'rejected'
      readonly milliseconds: number
      readonly errors: readonly Diagnostic[]
      readonly output: string
    }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly message: string }

export type GoodBuild = {
  readonly wasm: Uint8Array
  /** Hex hash of the wasm bytes. */
  readonly hash: string
  /** Source map v3 as JSON text, '' when the language has none. */
  readonly sourceMap: string
  /** Fingerprint of the sources it was made from, to tell a fresh module from an old one. */
  readonly sources: string
}

/** By plugin name. */
export type BuildState = Readonly<Record<string, PluginBuild>>

export const noBuild: PluginBuild = { job: { kind: 'idle' }, good: undefined }
