import type { GatewayProfile } from '../../../model/profile.ts'
import { bytesIn, optionalBytesOut, textIn } from '../../abi/declare.ts'
import { Status } from '../../abi/status.ts'
import { type EnvFunction, hostFunction } from '../call.ts'
import { injectForeign, injectOnHeader } from '../inject.ts'
import type { ForeignFunction } from './foreign-function.ts'
import { clearRouteCache, getLogLevel, setMaxRequests } from './gateway-functions.ts'
import { fromLibraries } from './libraries.ts'
import { declareProperty, setEnvoyFilterState } from './stream-state.ts'

/** Foreign functions (proxy-wasm-host.md 2.11). An unknown name answers NotFound. */
export const foreign: readonly EnvFunction[] = [
  hostFunction(
    'proxy_call_foreign_function',
    { name: textIn, argument: bytesIn },
    { result: optionalBytesOut },
    (call, { name, argument }, out) => {
      const { profile } = call.vm.environment
      const found = functions[profile].get(name)
      if (found !== undefined) {
        const { status, result } = found(call, argument)
        if (result !== undefined) out.result = result
        return status
      }
      return call.refuse(Status.NotFound, { code: 'unknown-name', name })
    },
  ),
]

const common: readonly (readonly [string, ForeignFunction])[] = [
  ['clear_route_cache', clearRouteCache],
  ['compress', fromLibraries('compress')],
  ['uncompress', fromLibraries('uncompress')],
  ['expr_create', fromLibraries('exprCreate')],
  ['expr_evaluate', fromLibraries('exprEvaluate')],
  ['expr_delete', fromLibraries('exprDelete')],
  ['declare_property', declareProperty],
  ['set_envoy_filter_state', setEnvoyFilterState],
  ['verify_signature', fromLibraries('verifySignature')],
]

const higress = new Map([
  ...common,
  ['get_log_level', getLogLevel] as const,
  ['set_global_max_requests_per_io_cycle', setMaxRequests] as const,
  ['inject_encoded_data_to_filter_chain', injectForeign] as const,
  ['inject_encoded_data_to_filter_chain_on_header', injectOnHeader] as const,
])
/** Built on Envoy 1.27: `clear_route_cache` came with 1.33. */
const higress21 = new Map([...higress].filter(([name]) => name !== 'clear_route_cache'))
const envoy = new Map(common)
/** `sign` came with 1.37. */
const envoySince137 = new Map([...common, ['sign', fromLibraries('sign')] as const])

const functions: Readonly<Record<GatewayProfile, ReadonlyMap<string, ForeignFunction>>> = {
  'envoy-1.36': envoy,
  'envoy-1.40': envoySince137,
  'higress-2.1': higress21,
  'higress-2.2': higress,
}
