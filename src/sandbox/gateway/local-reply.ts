/** How a local reply is built (proxy-wasm-host.md 6.8, envoy-observed.md d). */
import type { HeaderList } from '../../model/http.ts'
import type { GatewayProfile } from '../../model/profile.ts'
import { bytesOf } from '../abi/text.ts'
import type { ChainReply } from '../chain/filter-chain.ts'
import { EnvoyHeaderMap } from '../codec/header-map.ts'

export type ReplyParts = {
  readonly status: number
  readonly body: Uint8Array
  readonly headers: HeaderList
  readonly details: string
  /** Outside 0..16: not given. */
  readonly grpcStatus: number
}

const nothing = new Uint8Array(0)
const notGiven = 0xffffffff

/** A reply of the gateway itself. The text may name a header, whose bytes leave as they are. */
export function gatewayReply(status: number, text: string, details: string, grpcStatus = notGiven): ReplyParts {
  return { status, body: bytesOf(text), headers: [], details, grpcStatus }
}

/** A buffer went over its limit (6.9). */
export const tooLargeReply = (direction: 'request' | 'response'): ReplyParts =>
  direction === 'request'
    ? gatewayReply(413, 'Payload Too Large', 'request_payload_too_large')
    : gatewayReply(500, 'Internal Server Error', 'response_payload_too_large')

/** What the form of a reply depends on: gRPC replies are trailers-only, HEAD has no body. */
export type ReplyFacts = { readonly profile: GatewayProfile; readonly grpc: boolean; readonly head: boolean }

export function buildReply(parts: ReplyParts, request: ReplyFacts): ChainReply {
  const details = parts.details.replaceAll(' ', '_')
  if (request.grpc) return { headers: grpcHeaders(parts, request.profile), body: nothing, details }
  const headers = new EnvoyHeaderMap('response', [[':status', String(parts.status)]])
  // The status given as a number wins over a `:status` among the headers.
  for (const [name, value] of parts.headers) if (name !== ':status') headers.add(name, value)
  if (parts.body.length > 0) {
    headers.replace('content-length', String(parts.body.length))
    if (!headers.has('content-type')) headers.add('content-type', 'text/plain')
  } else {
    headers.remove('content-length')
    headers.remove('content-type')
  }
  return { headers, body: request.head ? nothing : parts.body, details }
}

function grpcHeaders(parts: ReplyParts, profile: GatewayProfile): EnvoyHeaderMap {
  const headers = new EnvoyHeaderMap('response', [[':status', '200'], ['content-type', 'application/grpc']]) // biome-ignore format: pairs
  for (const [name, value] of parts.headers) headers.add(name, value)
  const given = parts.grpcStatus >= 0 && parts.grpcStatus <= 16
  // The 1.27 fork passes the raw number on, so that -1 shows as 4294967295.
  const status = given || profile === 'higress-2.1' ? parts.grpcStatus >>> 0 : grpcStatusOf(parts.status)
  headers.replace('grpc-status', String(status))
  if (parts.body.length > 0) headers.replace('grpc-message', percentEncode(parts.body))
  return headers
}

function grpcStatusOf(http: number): number {
  switch (http) {
    case 400:
      return 13
    case 401:
      return 16
    case 403:
      return 7
    case 404:
      return 12
    case 429:
    case 502:
    case 503:
    case 504:
      return 14
    default:
      return 2
  }
}

function percentEncode(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) {
    const plain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25
    text += plain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return text
}
