/**
 * Bytes that a plugin puts into the response by itself (Higress, proxy-wasm-host.md 6.12). They pass the filters behind
 * it at once, inside the host call, as on a real gateway: each filter has its guest entered there, and nobody else
 * enters the guest that is running. Only the end of the stream waits until the guest has returned.
 */
import { bytesIn, u32 } from '../abi/declare.ts'
import { Status } from '../abi/status.ts'
import { type EnvFunction, type HostCall, hostFunction } from './call.ts'

function inject(call: HostCall, body: Uint8Array, end: boolean): number {
  const { host } = call.context
  const bytes = body.slice()
  if (host === undefined) return Status.Ok
  if (end) call.vm.defer(() => host.injectEncodedData(bytes, true))
  else host.injectEncodedData(bytes, false)
  return Status.Ok
}

export const injectData: EnvFunction = hostFunction(
  'proxy_inject_encoded_data_to_filter_chain',
  { body: bytesIn, end_of_stream: u32 },
  {},
  (call, { body, end_of_stream }) => inject(call, body, end_of_stream !== 0),
)

const unreadable = { code: 'other', detail: 'the argument is no message with body (1) and endstream (2)' } as const

/** The same as a foreign function: a protobuf message of body (1) and endstream (2). */
export function injectForeign(call: HostCall, argument: Uint8Array): { readonly status: number } {
  const message = readMessage(argument)
  if (message === undefined) return { status: call.refuse(Status.BadArgument, unreadable) }
  return { status: inject(call, message.body, message.end) }
}

/**
 * For a response without upstream body: a whole body, put in by the header callback that holds the headers. It runs
 * after that callback, from the event loop.
 */
export function injectOnHeader(call: HostCall, argument: Uint8Array): { readonly status: number } {
  const message = readMessage(argument)
  if (message === undefined) return { status: call.refuse(Status.BadArgument, unreadable) }
  if (!message.end) {
    const detail = 'endstream must be true: the whole body is given at once'
    return { status: call.refuse(Status.BadArgument, { code: 'other', detail }) }
  }
  call.context.host?.injectOnHeader(message.body.slice())
  return { status: Status.Ok }
}

function readMessage(bytes: Uint8Array): { readonly body: Uint8Array; readonly end: boolean } | undefined {
  let body: Uint8Array = new Uint8Array()
  let end = false
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[at++]
      if (byte === undefined) return -1
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    return -1
  }
  while (at < bytes.length) {
    const tag = varint()
    const value = varint()
    if (value < 0) return undefined
    if (tag === 0x0a) {
      if (at + value > bytes.length) return undefined
      body = bytes.subarray(at, at + value)
      at += value
    } else if (tag === 0x10) end = value !== 0
    else return undefined
  }
  return { body, end }
}
