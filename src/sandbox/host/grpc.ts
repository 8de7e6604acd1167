import type { CallReason } from '../../model/trace.ts'
import { bytesIn, pairsIn, textIn, u32, u32Out } from '../abi/declare.ts'
import { Status } from '../abi/status.ts'
import { byteString } from '../abi/text.ts'
import type { GrpcFound, GrpcRequest } from '../vm/seam.ts'
import { type EnvFunction, type HostCall, hostFunction } from './call.ts'
import { type GrpcTarget, readGrpcService } from './grpc-service.ts'

/** The low two bits of a token tell what it is of (8.8). */
const kindBits = 3
const callBits = 1
const streamBits = 2

const isCall = (token: number): boolean => (token & kindBits) === callBits
const isStream = (token: number): boolean => (token & kindBits) === streamBits

/** gRPC calls and streams (proxy-wasm-host.md 2.8, 8.2). */
export const grpc: readonly EnvFunction[] = [
  hostFunction(
    'proxy_grpc_call',
    { service: bytesIn, name: textIn, method: textIn, metadata: pairsIn, message: bytesIn, timeout_ms: u32 },
    { token: u32Out },
    (call, args, out) => {
      const next = () => call.vm.ids.nextGrpcCallToken()
      return start(call, args, out, next, { message: args.message.slice(), timeoutMs: args.timeout_ms })
    },
  ),
  hostFunction(
    'proxy_grpc_stream',
    { service: bytesIn, name: textIn, method: textIn, metadata: pairsIn },
    { token: u32Out },
    (call, args, out) => start(call, args, out, () => call.vm.ids.nextGrpcStreamToken(), undefined),
  ),
  hostFunction('proxy_grpc_send', { token: u32, message: bytesIn, end_of_stream: u32 }, {}, (call, args) => {
    const root = call.context.root?.host
    if (root === undefined || !isStream(args.token)) return refuseToken(call, args.token)
    return found(call, args.token, root.sendGrpc(args.token, args.message.slice(), args.end_of_stream !== 0))
  }),
  hostFunction('proxy_grpc_cancel', { token: u32 }, {}, (call, { token }) => {
    const root = call.context.root?.host
    if (root === undefined || !(isCall(token) || isStream(token))) return refuseToken(call, token)
    return found(call, token, root.cancelGrpc(token))
  }),
  hostFunction('proxy_grpc_close', { token: u32 }, {}, (call, { token }) => {
    const root = call.context.root?.host
    if (root === undefined || !(isCall(token) || isStream(token))) return refuseToken(call, token)
    return found(call, token, root.closeGrpc(token))
  }),
]

type Wanted = {
  readonly service: Uint8Array
  readonly name: string
  readonly method: string
  readonly metadata: readonly (readonly [string, string])[] | undefined
}

function start(
  call: HostCall,
  args: Wanted,
  out: { token: number | undefined },
  nextToken: () => number,
  unary: GrpcRequest['call'],
): number {
  const root = call.context.root?.host
  if (root === undefined) return call.refuse(Status.BadArgument, { code: 'no-stream' })
  const target = targetOf(call, args.service)
  if (typeof target === 'number') return target
  const token = nextToken()
  if (target.kind !== 'envoy') {
    const reason: CallReason = target.kind === 'none' ? { code: 'grpc-no-target' } : { code: 'other', detail: noGoogle }
    return call.refuse(Status.InternalFailure, reason)
  }
  const { status, reason } = root.startGrpc(token, {
    cluster: target.cluster,
    authority: target.authority,
    path: `/${args.name}/${args.method}`,
    // What cannot be parsed is an empty list to the host.
    metadata: [...target.metadata, ...(args.metadata ?? [])],
    call: unary,
  })
  if (status === Status.Ok) out.token = token
  return reason === undefined ? status : call.refuse(status, reason)
}

const noGoogle = 'GrpcService with google_grpc needs a network'

/** Bytes that are no message name a cluster, which must be there then. */
function targetOf(call: HostCall, service: Uint8Array): GrpcTarget | number {
  const target = readGrpcService(service)
  if (target !== undefined) return target
  const cluster = byteString(service)
  const problem = call.context.root?.host.clusterProblem?.(cluster)
  if (problem !== undefined) return call.refuse(Status.ParseFailure, problem)
  return { kind: 'envoy', cluster, authority: undefined, metadata: [] }
}

function refuseToken(call: HostCall, token: number): number {
  return call.refuse(Status.BadArgument, { code: 'unknown-token', token })
}

function found(call: HostCall, token: number, status: GrpcFound): number {
  return status === 0 ? Status.Ok : call.refuse(Status.NotFound, { code: 'unknown-token', token })
}
