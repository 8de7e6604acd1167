import type { ToolchainState } from '../../toolchain-state.ts'
import { type BundleFile, type Manifest, readManifest } from './manifest.ts'
import { openPack, type Pack } from './pack.ts'
import type { BundleSource } from './source.ts'

/** The files of a bundle, each loaded when it is first asked for, and then kept. */
export type Bundle = {
  readonly manifest: Manifest
  program(name: 'compile' | 'link' | 'driver'): Promise<WebAssembly.Module>
  pack(name: string): Promise<Pack>
}

export type BundleAnswer =
  | { readonly kind: 'bundle'; readonly bundle: Bundle }
  /** It is being built, or cannot be had. */
  | { readonly kind: 'none'; readonly state: ToolchainState }

/** Opens the bundle of a source; `report` hears of bytes as they come. */
export async function openBundle(source: BundleSource, report: (state: ToolchainState) => void): Promise<BundleAnswer> {
  const answer = await source.manifest()
  if ('state' in answer) return { kind: 'none', state: answer.state }
  const manifest = readManifest(answer.manifest)
  const ready: ToolchainState = { kind: 'ready', version: manifest.goVersion }
  let received = 0
  let total = 0
  let running = 0

  /** Runs one load, once; a failed one is tried again when it is next asked for. */
  function once<T>(name: string, kept: Map<string, Promise<T>>, load: (file: BundleFile) => Promise<T>): Promise<T> {
    const known = kept.get(name)
    if (known !== undefined) return known
    const file = manifest.files.get(name)
    if (file === undefined) return Promise.reject(new Error(`The Go toolchain of this site has no ${name}.`))
    total += file.compressed
    running += 1
    const before = received
    const promise = load(file).then(
      (value) => {
        running -= 1
        report(running === 0 ? ready : { kind: 'loading', received, total })
        return value
      },
      (error: unknown) => {
        running -= 1
        total -= file.compressed
        received = Math.min(before, received)
        kept.delete(name)
        throw error
      },
    )
    kept.set(name, promise)
    return promise
  }

  const come = (more: number) => {
    received = Math.min(total, received + more)
    report({ kind: 'loading', received, total })
  }
  const programs = new Map<string, Promise<WebAssembly.Module>>()
  const packs = new Map<string, Promise<Pack>>()
  void source.sweep([...manifest.files.values()]).catch(() => undefined)

  return {
    kind: 'bundle',
    bundle: {
      manifest,
      program: (name) => once(`${name}.wasm`, programs, (file) => source.program(file, come)),
      pack: (name) => once(name, packs, async (file) => openPack(await source.bytes(file, come))),
    },
  }
}
