import type { Result } from '../../model/result.ts'
import type { LoadReason } from '../../model/trace.ts'

/** Why a module or plugin cannot be used: the text a real host prints, and why. The caller records the `load-error`. */
export type LoadFailure = { readonly message: string; readonly reason: LoadReason }

export type AbiVersion = '0_1_0' | '0_2_0' | '0_2_1' | '0_2_100'

/** A module that was parsed, checked and compiled; may be shared by any number of VMs and runs. */
export type PreparedModule = {
  readonly abi: AbiVersion
  /** `go`, `tinygo`, `rust`, `assemblyscript`, `c++` or `wasm` when it cannot be told. */
  readonly language: string
  readonly sdk?: string
  readonly size: number
  /** Pages of linear memory at the start. */
  readonly memoryPages: number
  /** Names of exported functions. */
  readonly exports: ReadonlySet<string>
  readonly compiled: WebAssembly.Module
}

export type PrepareOptions = {
  readonly family: 'higress' | 'envoy'
  /** The memory section's maximum is rewritten to this. Default 8192 (512 MiB). */
  readonly memoryLimitPages?: number
}

/** Everything that can be refused before a VM exists: broken bytes, ABI, imports, callback signatures, allocator. */
export function prepareModule(_wasm: Uint8Array, _options: PrepareOptions): Result<PreparedModule, LoadFailure> {
  throw new Error('not written yet')
}
