import type { GatewayProfile } from '../../model/profile.ts'
import { err, ok, type Result } from '../../model/result.ts'
import type { LoadReason } from '../../model/trace.ts'
import {
  type AbiVersion,
  abiVersions,
  type CallbackName,
  callbackNames,
  callbackType,
  markerPrefix,
} from '../abi/callbacks.ts'
import { detectLanguage } from '../abi/language.ts'
import { limitMemory } from '../abi/memory-limit.ts'
import { parseModule } from '../abi/module.ts'
import { demangle, functionNames } from '../abi/names.ts'
import { type ModuleInfo, sameType, typeText } from '../abi/wasm-types.ts'
import { checkImports } from './imports.ts'

export type { AbiVersion } from '../abi/callbacks.ts'

/** Why a module or plugin cannot be used: the text a real host prints, and why. The caller records the `load-error`. */
export type LoadFailure = { readonly message: string; readonly reason: LoadReason }

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
  /** Callbacks that the host looks up in this module. */
  readonly callbacks: readonly CallbackName[]
  readonly memoryExport: string
  readonly hasNames: boolean
  /** From the name section, else `func[12]`. */
  readonly functionName: (index: number) => string
  /** The compiled bytes are this much longer than the module's own, before the code (memory limit). */
  readonly codeShift: number
  /** The bytes of code that stand right before an offset of the module, at most 32. */
  readonly codeBefore: (offset: number) => Uint8Array
  readonly info: ModuleInfo
  readonly compiled: WebAssembly.Module
}

export type PrepareOptions = {
  readonly family: 'higress' | 'envoy'
  /** Whose WASI functions there are; without it those of any gateway. */
  readonly profile?: GatewayProfile
  /** The memory section's maximum is rewritten to this. Default 8192 (512 MiB). */
  readonly memoryLimitPages?: number
}

const failure = (message: string, reason: LoadReason) => err<LoadFailure>({ message, reason })

/**
 * Everything that can be refused before a VM exists: broken bytes, ABI, imports, callback signatures, allocator.
 * Texts are the C++ host's (proxy-wasm-host.md 1, 2.0, 3.1).
 */
export function prepareModule(wasm: Uint8Array, options: PrepareOptions): Result<PreparedModule, LoadFailure> {
  const parsed = parseModule(wasm)
  if (!parsed.ok) return failure('Failed to parse corrupted Wasm module', { code: parsed.error.code })
  const info = parsed.value
  const language = detectLanguage(wasm, info)
  const abi = findAbi(info, options.family)
  if (!abi.ok) {
    const command = language === 'go' && hasFunction(info, '_start') && !hasFunction(info, '_initialize')
    return failure('Missing or unknown Proxy-Wasm ABI version', command ? { code: 'command-module' } : abi.error)
  }
  const limited = limitMemory(wasm, info, options.memoryLimitPages ?? 8192)
  if (limited === undefined) {
    const detail = `the memory begins with ${info.memory?.min ?? 0} pages, more than the limit`
    return failure('Failed to create new Wasm instance', { code: 'engine', detail })
  }
  const compiled = compile(limited)
  if (!compiled.ok) return compiled
  const problem =
    checkImports(info, abi.value, options.family, options.profile) ?? checkExports(info, abi.value, options.family)
  if (problem !== undefined) return err(problem)
  let names: ReadonlyMap<number, string> | undefined
  return ok({
    abi: abi.value,
    language,
    ...(abi.value === '0_2_100' ? { sdk: 'higress' } : {}),
    size: wasm.length,
    memoryPages: info.memory?.min ?? 0,
    exports: new Set(info.exports.filter((each) => each.kind === 'function').map((each) => each.name)),
    callbacks: callbackNames.filter(
      (name) => hasFunction(info, name) && callbackType(name, abi.value, options.family) !== undefined,
    ),
    memoryExport: info.exports.find((each) => each.kind === 'memory')?.name ?? '',
    hasNames: info.sections.some((each) => each.id === 0 && each.name === 'name'),
    functionName: (index) => {
      names ??= functionNames(wasm, info)
      const name = names.get(index)
      return name === undefined ? `func[${index}]` : demangle(name)
    },
    codeShift: limited.length - wasm.length,
    codeBefore: (offset) => wasm.subarray(Math.max(0, offset - 32), offset),
    info,
    compiled: compiled.value,
  })
}

function hasFunction(info: ModuleInfo, name: string): boolean {
  return info.exports.some((each) => each.kind === 'function' && each.name === name)
}

/** The first exported function with a marker name decides; it is never called (1). */
function findAbi(info: ModuleInfo, family: 'higress' | 'envoy'): Result<AbiVersion, LoadReason> {
  let unknown: string | undefined
  for (const { name, kind } of info.exports) {
    if (kind !== 'function' || !name.startsWith(markerPrefix)) continue
    const version = abiVersions.find((each) => name === markerPrefix + each)
    if (version !== undefined && (version !== '0_2_100' || family === 'higress')) return ok(version)
    unknown ??= name
  }
  return err(unknown === undefined ? { code: 'no-abi-marker' } : { code: 'unknown-abi', marker: unknown })
}

function compile(bytes: Uint8Array): Result<WebAssembly.Module, LoadFailure> {
  try {
    const { buffer, byteOffset, length } = bytes
    // The engine copies them itself.
    const own = buffer instanceof ArrayBuffer ? new Uint8Array(buffer, byteOffset, length) : bytes.slice()
    return ok(new WebAssembly.Module(own))
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return failure('Failed to load Wasm code', { code: 'engine', detail })
  }
}

function checkExports(info: ModuleInfo, abi: AbiVersion, family: 'higress' | 'envoy'): LoadFailure | undefined {
  for (const name of callbackNames) {
    const expected = callbackType(name, abi, family)
    const found = info.exports.find((each) => each.kind === 'function' && each.name === name)?.type
    if (expected === undefined || found === undefined || sameType(expected, found)) continue
    return {
      message: `Bad function signature for: ${name}, want: ${typeText(expected)}, but the module exports: ${typeText(found)}`,
      reason: { code: 'bad-signature', name, expected: typeText(expected), actual: typeText(found) },
    }
  }
  if (!hasFunction(info, 'malloc') && !hasFunction(info, 'proxy_on_memory_allocate')) {
    return { message: 'Wasm module is missing malloc function.', reason: { code: 'no-allocator' } }
  }
  if (info.exports.some((each) => each.kind === 'memory')) return undefined
  // The C++ host has no text for it: it asserts. Every call that passes bytes would fail.
  return { message: 'Wasm module exports no memory', reason: { code: 'no-memory' } }
}
