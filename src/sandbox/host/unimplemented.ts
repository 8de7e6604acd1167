import { bytesIn, type Outs, type Params, textIn, u32, u32Out } from '../abi/declare.ts'
import { Status } from '../abi/status.ts'
import { type EnvFunction, hostFunction } from './call.ts'

/**
 * Declared with their real signatures, so that modules link; each answers Unimplemented and says so in the trace.
 * gRPC (2.8).
 */
export const unimplemented: readonly EnvFunction[] = [
  notYet(
    'proxy_grpc_call',
    { service: bytesIn, name: textIn, method: textIn, metadata: bytesIn, message: bytesIn, timeout_ms: u32 },
    { token: u32Out },
  ),
  notYet('proxy_grpc_stream', { service: bytesIn, name: textIn, method: textIn, metadata: bytesIn }, { token: u32Out }),
  notYet('proxy_grpc_send', { token: u32, message: bytesIn, end_of_stream: u32 }, {}),
  notYet('proxy_grpc_cancel', { token: u32 }, {}),
  notYet('proxy_grpc_close', { token: u32 }, {}),
]

/** Envoy's own (2.10). */
export const unimplementedEnvoy: readonly EnvFunction[] = [
  notYet('envoy_resolve_dns', { address: textIn }, { token: u32Out }),
]

function notYet(name: string, params: Params, outs: Outs): EnvFunction {
  return hostFunction(name, params, outs, (call) => call.refuse(Status.Unimplemented, { code: 'not-implemented' }))
}
