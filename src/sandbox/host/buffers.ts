import { bytesIn, bytesOut, enumOf, u32, u32Out } from '../abi/declare.ts'
import { BufferType, bufferNames } from '../abi/enums.ts'
import { Status } from '../abi/status.ts'
import type { BodyBuffer } from '../vm/seam.ts'
import { type EnvFunction, type GrpcView, type HostCall, hostFunction } from './call.ts'

/** Higress has a tenth buffer, the Redis reply; above the last one calls answer BadArgument (2.3). */
export function buffersFor(family: 'higress' | 'envoy'): readonly EnvFunction[] {
  const type = enumOf(bufferNames, family === 'higress' ? BufferType.RedisResponse : BufferType.CallData)
  return [
    hostFunction('proxy_get_buffer_bytes', { type, start: u32, max: u32 }, { bytes: bytesOut }, (call, args, out) => {
      const found = findBuffer(call, args.type)
      if (found === undefined) return refuseMissing(call, args.type)
      const bytes = found.bytes()
      // Past the end is Ok and empty; the end is clamped, computed without overflow.
      const end = Math.min(args.start + args.max, bytes.length)
      out.bytes = args.start === 0 && end === bytes.length ? bytes : bytes.subarray(args.start, end)
      return okIfThere(call, found)
    }),
    hostFunction('proxy_get_buffer_status', { type }, { length: u32Out, flags: u32Out }, (call, args, out) => {
      const found = findBuffer(call, args.type)
      if (found === undefined) return refuseMissing(call, args.type)
      out.length = found.bytes().length
      out.flags = 0
      return okIfThere(call, found)
    }),
    hostFunction('proxy_set_buffer_bytes', { type, start: u32, size: u32, data: bytesIn }, {}, setBytes),
  ]
}

const empty: BodyBuffer = { bytes: () => new Uint8Array(), replace: () => {}, writable: false }

/** `undefined`: NotFound. Bodies that are not there now read as empty instead. */
function findBuffer(call: HostCall, type: number): BodyBuffer | undefined {
  const { root, host } = call.context
  switch (type) {
    case BufferType.RequestBody:
    case BufferType.ResponseBody:
    case BufferType.DownstreamData:
    case BufferType.UpstreamData:
      return host?.buffer(type) ?? empty
    case BufferType.HttpCallResponseBody:
      return root?.callResponse && readOnly(root.callResponse.body)
    case BufferType.GrpcMessage:
      return grpcMessage(root?.grpc)
    case BufferType.RedisResponse:
      return readOnly(root?.redisReply ?? new Uint8Array())
    case BufferType.VmConfiguration:
    // Seen in a tick on Envoy 1.40: buffer 8 answers the VM configuration as well (envoy-observed.md l).
    case BufferType.CallData:
      return readOnly(call.vm.configuration)
    case BufferType.PluginConfiguration:
      return root?.configurationVisible === true ? readOnly(root.configuration) : undefined
    default:
      return empty
  }
}

/** A plugin can change the message, for itself (seen on Envoy). */
function grpcMessage(grpc: GrpcView | undefined): BodyBuffer {
  if (grpc?.message === undefined) return empty
  return {
    bytes: () => grpc.message ?? new Uint8Array(),
    replace: (bytes) => {
      grpc.message = bytes
    },
    writable: true,
  }
}

function readOnly(bytes: Uint8Array): BodyBuffer {
  return { bytes: () => bytes, replace: () => {}, writable: false }
}

function refuseMissing(call: HostCall, type: number): number {
  return call.refuse(Status.NotFound, unavailable(call, type))
}

function unavailable(call: HostCall, type: number) {
  const phase = call.context.host?.phase ?? 'start'
  return { code: 'buffer-unavailable', buffer: bufferNames[type] ?? '', phase } as const
}

function setBytes(
  call: HostCall,
  args: { readonly type: number; readonly start: number; readonly size: number; readonly data: Uint8Array },
): number {
  const { start, size, data } = args
  const found = findBuffer(call, args.type)
  if (found === undefined) return refuseMissing(call, args.type)
  if (!found.writable) {
    const missing = found === empty
    return call.refuse(
      Status.BadArgument,
      missing ? unavailable(call, args.type) : { code: 'buffer-read-only', buffer: bufferNames[args.type] ?? '' },
    )
  }
  const old = found.bytes()
  if (start === 0) found.replace(join(data, old.subarray(Math.min(size, old.length))))
  else if (start >= old.length) found.replace(join(old, data))
  else
    return call.refuse(
      Status.BadArgument,
      found.gone === true ? { code: 'gone-body' } : { code: 'splice-in-the-middle', start, length: old.length },
    )
  return okIfThere(call, found)
}

const okIfThere = (call: HostCall, { gone }: BodyBuffer): number =>
  gone === true ? call.refuse(Status.Ok, { code: 'gone-body' }) : Status.Ok

/** Always a copy: `data` is a view into guest memory. */
function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length)
  joined.set(first, 0)
  joined.set(second, first.length)
  return joined
}
