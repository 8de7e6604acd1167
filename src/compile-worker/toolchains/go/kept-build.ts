import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Diagnostic } from '../../../model/diagnostic.ts'
import type { GoSdk } from '../../api.ts'
import { openPack, writePack } from './pack.ts'

/**
 * What a debug build came to, to be had again without the compiler: of the examples it comes with the bundle
 * (scripts/toolchain-go/examples.mjs), of what was built in this browser it lies in its storage.
 */
export type KeptBuild = {
  readonly wasm: Uint8Array
  readonly output: string
  /** What the build warned of. */
  readonly warnings: readonly Diagnostic[]
  /** What a check of the same sources warned of. */
  readonly checked: readonly Diagnostic[]
}

type Sources = Readonly<Record<string, string>>

/** What a build is known by: everything that decides it. `bundleKey` stands for Go, the SDK and our driver. */
export function keptBuildName(bundleKey: string, sdk: GoSdk, sources: Sources): string {
  const sorted = Object.entries(sources).sort(([a], [b]) => (a < b ? -1 : 1))
  const text = JSON.stringify([bundleKey, sdk, sorted])
  return `build-${bytesToHex(sha256(new TextEncoder().encode(text))).slice(0, 32)}.pack`
}

export function packBuild({ wasm, ...said }: KeptBuild): Uint8Array<ArrayBuffer> {
  return writePack(
    new Map([
      ['said.json', new TextEncoder().encode(JSON.stringify(said))],
      ['plugin.wasm', wasm],
    ]),
  )
}

/** The build with a copy of its module; undefined for bytes that are no kept build. */
export function unpackBuild(bytes: Uint8Array): KeptBuild | undefined {
  try {
    const files = openPack(bytes)
    const wasm = files.get('plugin.wasm')
    const said = files.get('said.json')
    if (wasm === undefined || said === undefined) return undefined
    const { output, warnings, checked }: KeptBuild = JSON.parse(new TextDecoder().decode(said))
    return { wasm: wasm.slice(), output, warnings, checked }
  } catch {
    return undefined
  }
}
