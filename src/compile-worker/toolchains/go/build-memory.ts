import type { Diagnostic } from '../../../model/diagnostic.ts'
import type { GoSdk } from '../../api.ts'
import type { CompileInput, CompileOutcome } from '../../compilers/outcome.ts'
import { type KeptBuild, keptBuildName, packBuild, unpackBuild } from './kept-build.ts'
import type { Manifest } from './manifest.ts'
import type { BundleSource } from './source.ts'

/** A build is laid up when no other has followed for this long, in milliseconds: not every state of an edit is. */
const SETTLED = 3000

/** What was built before, here or where the bundle was made. */
export type BuildMemory = {
  /** The answer to a check or a debug build of sources that were built before. */
  recall(manifest: Manifest, input: CompileInput, sdk: GoSdk): Promise<CompileOutcome | undefined>
  /** Hears of every answer of the toolchain itself; lays up what is worth it. */
  note(manifest: Manifest, input: CompileInput, sdk: GoSdk, outcome: CompileOutcome): void
}

type Sources = Readonly<Record<string, string>>
type Checked = { readonly sdk: GoSdk; readonly sources: Sources; readonly warnings: readonly Diagnostic[] }

export function createBuildMemory(source: BundleSource): BuildMemory {
  let checked: Checked | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The last one found: a check is followed by a build of the same sources. */
  let found: { readonly name: string; readonly kept: KeptBuild } | undefined

  async function find(manifest: Manifest, name: string): Promise<KeptBuild | undefined> {
    if (found?.name === name) return found.kept
    const shipped = manifest.files.get(name)
    const bytes =
      shipped === undefined
        ? await source.builds?.find(name)
        : await source.bytes(shipped, () => undefined).catch(() => undefined)
    const kept = bytes === undefined ? undefined : unpackBuild(bytes)
    if (kept !== undefined) found = { name, kept }
    return kept
  }

  return {
    async recall(manifest, { mode, sources }, sdk) {
      // Only where a person waits for the first run: in Node a build is a build.
      if (mode === 'release' || source.builds === undefined) return undefined
      const kept = await find(manifest, keptBuildName(manifest.key, sdk, sources))
      if (kept === undefined) return undefined
      if (mode === 'check') {
        return { kind: 'ok', wasm: new Uint8Array(), sourceMap: '', warnings: kept.checked, output: '' }
      }
      // The caller may give the bytes away.
      found = undefined
      return { kind: 'ok', wasm: kept.wasm, sourceMap: '', warnings: kept.warnings, output: kept.output }
    },
    note(manifest, { mode, sources }, sdk, outcome) {
      clearTimeout(timer)
      const { builds } = source
      if (outcome.kind !== 'ok' || builds === undefined) return
      if (mode === 'check') checked = { sdk, sources, warnings: outcome.warnings }
      if (mode !== 'debug' || checked === undefined) return
      const name = keptBuildName(manifest.key, sdk, sources)
      if (keptBuildName(manifest.key, checked.sdk, checked.sources) !== name) return
      const { warnings, output } = outcome
      const bytes = packBuild({ wasm: outcome.wasm, output, warnings, checked: checked.warnings })
      timer = setTimeout(() => void builds.keep(name, bytes).catch(() => undefined), SETTLED)
    },
  }
}
