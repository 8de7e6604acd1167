import type { GatewayProfile } from '../../model/profile.ts'
import type { AbiVersion } from '../abi/callbacks.ts'
import { Errno, Status } from '../abi/status.ts'
import { type ModuleInfo, sameType, typeText, type WasmImport } from '../abi/wasm-types.ts'
import type { EnvFunction } from '../host/call.ts'
import { envFunctions } from '../host/registry.ts'
import { isMissing, oddType } from '../wasi/by-profile.ts'
import { wasiFunctions, wasiModules } from '../wasi/registry.ts'
import { bindImport, type Import } from './adapter.ts'
import { GoStacks } from './go-stack.ts'
import type { Guest } from './guest.ts'
import { lookAtMemory } from './memory-look.ts'
import type { LoadFailure } from './prepare.ts'
import { framesHere } from './trap.ts'

type Family = 'higress' | 'envoy'

function find(each: WasmImport, abi: AbiVersion, family: Family): EnvFunction | undefined {
  if (each.module === 'env') return envFunctions(abi, family).get(each.name)
  return wasiModules.has(each.module) ? wasiFunctions.get(each.name) : undefined
}

/** The link errors of the C++ host, in import order; it takes functions only (2.0). Without a profile: what any gateway has. */
export function checkImports(
  info: ModuleInfo,
  abi: AbiVersion,
  family: Family,
  profile?: GatewayProfile,
): LoadFailure | undefined {
  for (const each of info.imports) {
    const name = `${each.module}.${each.name}`
    const missing = `Failed to load Wasm module due to a missing import: ${name}`
    if (each.kind === 'memory') return { message: missing, reason: { code: 'imported-memory', name } }
    if (each.kind === 'table') return { message: missing, reason: { code: 'imported-table', name } }
    if (each.kind === 'global') return { message: missing, reason: { code: 'imported-global', name } }
    const found = each.kind === 'function' ? find(each, abi, family) : undefined
    const ofWasi = profile !== undefined && wasiModules.has(each.module)
    if (found === undefined || (ofWasi && isMissing(each.name, profile))) {
      return { message: missing, reason: { code: 'missing-import', module: each.module, name: each.name } }
    }
    const type = (ofWasi ? oddType(each.name, profile) : undefined) ?? found.type
    if (each.type === undefined || sameType(each.type, type)) continue
    const [want, have] = [typeText(each.type), typeText(type)]
    return {
      message: `Failed to load Wasm module due to an import type mismatch: ${name}, want: ${want}, but host exports: ${have}`,
      reason: { code: 'import-type', module: each.module, name: each.name, expected: have, actual: want },
    }
  }
  return undefined
}

/** The import object of one VM; `checkImports` has passed. The same function may be imported twice. */
export function bindImports(guest: Guest): WebAssembly.Imports {
  const modules: Record<string, Record<string, WebAssembly.ImportValue>> = {}
  const stacks = new GoStacks(guest.module, () => guest.memory.bytes)
  for (const each of guest.module.info.imports) {
    const found = find(each, guest.abi, guest.environment.family)
    modules[each.module] ??= {}
    const functions = modules[each.module]
    if (found !== undefined && functions !== undefined)
      functions[each.name] ??= watched(
        isRestricted(each, guest) ? restricted(found, guest) : bindImport(found, guest),
        found,
        guest,
        stacks,
      )
  }
  return modules
}

/** Capabilities are the functions of the ABI and of WASI; `env` has others, which nobody can forbid. */
const isRestricted = ({ module, name }: WasmImport, guest: Guest): boolean =>
  (module !== 'env' || name.startsWith('proxy_')) && !guest.allows(name)

/** Stands in for a function that is not among the allowed capabilities: it looks at nothing and refuses (1). */
function restricted(fn: EnvFunction, guest: Guest): Import {
  const { recorder } = guest
  const signature = recorder.describe(fn.signature)
  const status = fn.returns === 'errno' ? Errno.notcapable : Status.InternalFailure
  const reason = { code: 'other', detail: `${fn.name} is not among the allowed capabilities` } as const
  return () => {
    if (guest.dead) guest.abort()
    const { context } = guest
    const { calls } = recorder
    const at = calls.beginCall(signature, context.stream ?? 0, context.plugin)
    if (at >= 0) {
      calls.clearArguments(calls.callWords, at, signature)
      calls.endCall(calls.callWords, at, status, reason)
    }
    guest.logError(`Attempted call to restricted proxy-wasm capability: ${fn.name}`)
    return status
  }
}

/** In a run repeated for a look, each call first sees whether it is to be looked at. Other runs are bound as they are. */
function watched(call: Import, fn: EnvFunction, guest: Guest, stacks: GoStacks): Import {
  const { recorder, module } = guest
  const { looks } = recorder
  if (looks === undefined) return call
  return (...slots) => {
    if (!guest.hasMemory) return call(...slots)
    if (looks.wantsStacks) {
      const frames = framesHere(module)
      looks.addStack(recorder.length, guest.context.plugin, frames, () => stacks.withPlaces(frames))
    }
    if (!looks.wants(recorder.length)) return call(...slots)
    const frames = stacks.withPlaces(framesHere(module))
    const memory = lookAtMemory(fn, guest.memory, slots)
    try {
      return call(...slots)
    } finally {
      looks.keep({ frames, memory: memory() })
    }
  }
}
