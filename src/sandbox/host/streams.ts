import type { AbiVersion } from '../abi/callbacks.ts'
import { bytesIn, enumOf, i32, pairsIn, textIn, u32 } from '../abi/declare.ts'
import { streamNames } from '../abi/enums.ts'
import { Status } from '../abi/status.ts'
import { type EnvFunction, type HostCall, hostFunction } from './call.ts'

const stream = enumOf(streamNames)

/** Stream control (proxy-wasm-host.md 2.5); effects wait for the end of the guest call (6.11). */
export function streamsFor(abi: AbiVersion): readonly EnvFunction[] {
  return abi === '0_1_0' ? [...old, ...common] : [...since02, ...common]
}

const since02: readonly EnvFunction[] = [
  hostFunction('proxy_continue_stream', { stream }, {}, (call, args) => continueStream(call, args.stream)),
  hostFunction('proxy_close_stream', { stream }, {}, (call, args) => {
    const { host, kind } = call.context
    const which = args.stream
    // 2 and 3 close a TCP connection, both of them the client's; an HTTP context has none of its own.
    if (kind === 'http' && host !== undefined && (which === 0 || which === 1)) {
      call.vm.defer(() => host.closeStream(which))
    }
    if (kind === 'tcp' && (which === 2 || which === 3)) call.vm.defer(() => host?.closeConnection?.())
    return Status.Ok
  }),
]

const old: readonly EnvFunction[] = [
  hostFunction('proxy_continue_request', {}, {}, (call) => continueStream(call, 0)),
  hostFunction('proxy_continue_response', {}, {}, (call) => continueStream(call, 1)),
  hostFunction('proxy_clear_route_cache', {}, {}, (call) => {
    call.context.host?.clearRouteCache()
    return Status.Ok
  }),
]

const common: readonly EnvFunction[] = [
  hostFunction(
    'proxy_send_local_response',
    { code: u32, details: textIn, body: bytesIn, headers: pairsIn, grpc_status: i32 },
    {},
    (call, args) => {
      const { host } = call.context
      const reply = {
        status: args.code,
        // Envoy writes blanks in details as `_` (6.8).
        details: args.details.replaceAll(' ', '_'),
        body: args.body.slice(),
        headers: (args.headers ?? []).map(([key, value]) => [key.toLowerCase(), value] as const),
        grpcStatus: args.grpc_status,
      }
      if (host !== undefined) call.vm.defer(() => host.sendLocalReply(reply))
      call.vm.markReplied()
      return args.headers === undefined ? call.refuse(Status.Ok, { code: 'unparsable-pairs' }) : Status.Ok
    },
  ),
]

function continueStream(call: HostCall, which: number): number {
  if (which === 3) return call.refuse(Status.Unimplemented, { code: 'not-implemented' })
  const { host, kind } = call.context
  if (kind === 'http' && host !== undefined && (which === 0 || which === 1)) {
    host.continueRequested(which)
    call.vm.defer(() => host.continueStream(which))
  }
  if (kind === 'tcp' && which === 2) call.vm.defer(() => host?.continueConnection?.())
  return Status.Ok
}
