import type { ToolchainState } from '../../toolchain-state.ts'
import { restoreArchive } from './columns.ts'
import { type BundleFile, type Manifest, readManifest } from './manifest.ts'
import { measuredLater } from './measure.ts'
import { openPack, type Pack } from './pack.ts'
import type { BundleSource } from './source.ts'

/** The files of a bundle, each loaded when it is first asked for, and then kept. */
export type Bundle = {
  readonly manifest: Manifest
  program(name: 'compile' | 'link' | 'driver'): Promise<WebAssembly.Module>
  /** What usual builds do not run of a tool (program-rest.ts); undefined in a bundle whose tools are in one piece. */
  rest(name: 'compile' | 'link'): Promise<WebAssembly.Module | undefined>
  pack(name: string): Promise<Pack>
  /**
   * Lets go of these packs, and of the bytes that were read from them; they are loaded again when asked for. Where memory is
   * not short they stay until it is needed for something else.
   */
  release(names: Iterable<string>): Promise<void>
  /** Lays up what was loaded for visits without a network. To be called when there is nothing more urgent to do. */
  keep(): Promise<void>
}

export type BundleAnswer =
  | { readonly kind: 'bundle'; readonly bundle: Bundle }
  /** It is being built, or cannot be had. */
  | { readonly kind: 'none'; readonly state: ToolchainState }

const restName = (tool: 'compile' | 'link') => `${tool}-rest.wasm`
/** Needed seldom, and then without asking first whether there is a network. */
const rests = [restName('compile'), restName('link')]

/** Opens the bundle of a source; `report` hears of bytes as they come. */
export async function openBundle(source: BundleSource, report: (state: ToolchainState) => void): Promise<BundleAnswer> {
  const answer = await measuredLater('manifest', () => source.manifest())
  if ('state' in answer) return { kind: 'none', state: answer.state }
  const manifest = readManifest(answer.manifest)
  const ready: ToolchainState = { kind: 'ready', version: manifest.goVersion }
  /** Bytes that have come, by file: of those that are loading or loaded. */
  const come = new Map<BundleFile, number>()
  let running = 0

  function progress(): void {
    const sum = (sizes: Iterable<number>) => [...sizes].reduce((all, size) => all + size, 0)
    const total = sum([...come.keys()].map(({ compressed }) => compressed))
    report(running === 0 ? ready : { kind: 'loading', received: sum(come.values()), total })
  }

  /** Runs one load, once; a failed one is tried again when it is next asked for. */
  function once<T>(
    name: string,
    kept: Map<string, Promise<T>>,
    load: (file: BundleFile, received: (more: number) => void) => Promise<T>,
  ): Promise<T> {
    const known = kept.get(name)
    if (known !== undefined) return known
    const file = manifest.files.get(name)
    if (file === undefined) return Promise.reject(new Error(`The Go toolchain of this site has no ${name}.`))
    running += 1
    come.set(file, 0)
    const received = (more: number) => {
      const before = come.get(file)
      // A program may be compiled before the last of its bytes is counted.
      if (before === undefined || before >= file.compressed) return
      come.set(file, Math.min(file.compressed, before + more))
      progress()
    }
    const promise = measuredLater(`load ${name}`, () => load(file, received)).then(
      (value) => {
        running -= 1
        come.set(file, file.compressed)
        progress()
        return value
      },
      (error: unknown) => {
        running -= 1
        come.delete(file)
        kept.delete(name)
        progress()
        throw error
      },
    )
    kept.set(name, promise)
    return promise
  }

  const program = (name: string) => once(`${name}.wasm`, programs, (file, received) => source.program(file, received))
  const programs = new Map<string, Promise<WebAssembly.Module>>()
  const packs = new Map<string, Promise<Pack>>()
  const released = new Map<string, WeakRef<Pack>>()
  void source.sweep([...manifest.files.values()]).catch(() => undefined)

  return {
    kind: 'bundle',
    bundle: {
      manifest,
      program,
      rest: async (name) => (manifest.files.has(restName(name)) ? await program(`${name}-rest`) : undefined),
      pack(name) {
        const still = released.get(name)?.deref()
        if (still !== undefined) return Promise.resolve(still)
        released.delete(name)
        return once(name, packs, async (file, received) => {
          const pack = openPack(await source.bytes(file, received))
          for (const [path, archive] of pack) if (path.endsWith('.a')) restoreArchive(archive)
          return pack
        })
      },
      async release(names) {
        for (const name of names) {
          const pack = await packs.get(name)?.catch(() => undefined)
          packs.delete(name)
          if (pack !== undefined && source.frugal === true) free(pack)
          else if (pack !== undefined) released.set(name, new WeakRef(pack))
        }
      },
      keep: () => source.keep([...manifest.files.values()].filter(({ name }) => rests.includes(name))),
    },
  }
}

const isTransferable = (
  buffer: ArrayBufferLike | undefined,
): buffer is ArrayBuffer & { transfer(size: number): ArrayBuffer } =>
  buffer instanceof ArrayBuffer && 'transfer' in buffer && typeof buffer.transfer === 'function'

/** Gives the memory of a pack back at once; a collector would come for it when the peak is over. */
function free(pack: Pack): void {
  const [first] = pack.values()
  if (isTransferable(first?.buffer)) first.buffer.transfer(0)
}
