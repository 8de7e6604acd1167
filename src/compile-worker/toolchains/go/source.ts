import type { ToolchainState } from '../../toolchain-state.ts'
import type { BundleFile } from './manifest.ts'

/**
 * Where the bundle's files come from: the site in a browser (`fetch-source.ts`), the disk in Node (`disk-source.node.ts`).
 * Methods reject with an `Error` in a person's words.
 */
export type BundleSource = {
  /** The parsed `manifest.json`, or how it stands with the bundle when there is none (`building`, `absent`). */
  manifest(): Promise<{ readonly manifest: unknown } | { readonly state: ToolchainState }>
  /** A file as it is used. `received` is told how many more of its `compressed` bytes have come (about). */
  bytes(file: BundleFile, received: (more: number) => void): Promise<Uint8Array>
  /** The same for a wasm program, compiled while it comes. */
  program(file: BundleFile, received: (more: number) => void): Promise<WebAssembly.Module>
  /** Lays up what came over the network and these files, so that it is there without one. Not while somebody waits. */
  keep(more: readonly BundleFile[]): Promise<void>
  /** Set where memory is dearer than loading a file again. */
  readonly frugal?: boolean
  /** Modules that were built here, by name; where there is a place for them. */
  readonly builds?: {
    find(name: string): Promise<Uint8Array | undefined>
    keep(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  }
  /** Lets go of what earlier bundles left behind. */
  sweep(files: readonly BundleFile[]): Promise<void>
}
