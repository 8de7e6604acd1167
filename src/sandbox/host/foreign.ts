import { bytesIn, optionalBytesOut, textIn } from '../abi/declare.ts'
import { Status } from '../abi/status.ts'
import type { VmEnvironment } from '../vm/seam.ts'
import { type EnvFunction, type HostCall, hostFunction } from './call.ts'
import { injectForeign, injectOnHeader } from './inject.ts'
import { logLevelNumber } from './log-level.ts'

type Foreign = (call: HostCall, argument: Uint8Array) => { readonly status: number; readonly result?: Uint8Array }

/** Foreign functions (proxy-wasm-host.md 2.11). An unknown name answers NotFound. */
export const foreign: readonly EnvFunction[] = [
  hostFunction(
    'proxy_call_foreign_function',
    { name: textIn, argument: bytesIn },
    { result: optionalBytesOut },
    (call, { name, argument }, out) => {
      const { family } = call.vm.environment
      const found = functions[family].get(name)
      if (found !== undefined) {
        const { status, result } = found(call, argument)
        if (result !== undefined) out.result = result
        return status
      }
      // A real host has these; to answer NotFound for them would send a plugin down the wrong path in silence.
      if (notYet[family].has(name)) return call.refuse(Status.Unimplemented, { code: 'not-implemented' })
      return call.refuse(Status.NotFound, { code: 'unknown-name', name })
    },
  ),
]

const clearRouteCache: Foreign = (call) => {
  const { kind, host } = call.context
  if (kind !== 'http' || host === undefined) return { status: call.refuse(Status.BadArgument, { code: 'no-stream' }) }
  host.clearRouteCache()
  return { status: Status.Ok }
}

/** Exactly four bytes: wasm-go indexes the fourth and panics on fewer (higress.md 1.1, row 6). */
const getLogLevel: Foreign = (call) => ({
  status: Status.Ok,
  result: new Uint8Array([logLevelNumber(call.vm.environment.logLevel), 0, 0, 0]),
})

/** Takes 8 bytes; how many requests one pass of the event loop serves has no effect on a virtual clock. */
const setMaxRequests: Foreign = (call, argument) =>
  argument.length === 8
    ? { status: Status.Ok }
    : { status: call.refuse(Status.BadArgument, { code: 'other', detail: 'the argument must be 8 bytes' }) }

type Family = VmEnvironment['family']

const functions: Readonly<Record<Family, ReadonlyMap<string, Foreign>>> = {
  envoy: new Map([['clear_route_cache', clearRouteCache]]),
  higress: new Map([
    ['clear_route_cache', clearRouteCache],
    ['get_log_level', getLogLevel],
    ['set_global_max_requests_per_io_cycle', setMaxRequests],
    ['inject_encoded_data_to_filter_chain', injectForeign],
    ['inject_encoded_data_to_filter_chain_on_header', injectOnHeader],
  ]),
}

const envoyNotYet = [
  'compress',
  'uncompress',
  'expr_create',
  'expr_evaluate',
  'expr_delete',
  'declare_property',
  'set_envoy_filter_state',
  'verify_signature',
  'sign',
]

const notYet: Readonly<Record<Family, ReadonlySet<string>>> = {
  envoy: new Set(envoyNotYet),
  higress: new Set(envoyNotYet),
}
