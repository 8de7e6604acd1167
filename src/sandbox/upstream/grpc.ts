/** A gRPC service that answers from the project: what it sends, and when, to one call or stream. */
import type { HeaderList } from '../../model/http.ts'
import type { Cluster } from '../../model/project/types.ts'
import type { Ns, TimedResponse, Upstream } from './types.ts'

export type GrpcReplies = Extract<Cluster, { kind: 'grpc' }>['replies']
type Reply = GrpcReplies[string]

export type GrpcPiece =
  | { readonly kind: 'headers'; readonly headers: HeaderList; readonly endOfStream: boolean }
  | { readonly kind: 'data'; readonly data: Uint8Array; readonly endOfStream: boolean }
  | { readonly kind: 'trailers'; readonly trailers: HeaderList }
  /** The stream is reset; `lost`: the whole connection ended. */
  | { readonly kind: 'reset'; readonly lost?: boolean }

/** A piece and how many nanoseconds after the one before it (the first: after what it answers) it comes. */
export type TimedGrpcPiece = readonly [after: Ns, piece: GrpcPiece]

/** As a server answers that does not know the method. */
const unknownMethod: Partial<Reply> = { end: 'headers', status: 12, message: 'unknown method' }

const lowerCase = (headers: HeaderList): HeaderList => headers.map(([name, value]) => [name.toLowerCase(), value])

/** One call or stream as a service sees it. */
export type GrpcService = {
  opened(): readonly TimedGrpcPiece[]
  message(data: Uint8Array): readonly TimedGrpcPiece[]
  /** The caller has sent everything. */
  ended(): readonly TimedGrpcPiece[]
}

/** One call or stream at a service that answers from the project. */
export class GrpcServiceCall implements GrpcService {
  private readonly reply: Partial<Reply>
  private headersSent = false
  private answered = false

  /** `path`: `/package.Service/Method`. */
  constructor(replies: GrpcReplies, path: string) {
    const method = path.slice(1)
    const known = [method, '*'].find((name) => Object.hasOwn(replies, name))
    this.reply = (known === undefined ? undefined : replies[known]) ?? unknownMethod
  }

  opened(): readonly TimedGrpcPiece[] {
    return this.reply.at === 'call' ? this.answer() : []
  }

  message(data: Uint8Array): readonly TimedGrpcPiece[] {
    const echoed: TimedGrpcPiece[] = []
    if (this.reply.echo === true && !this.answered) {
      echoed.push(...this.begin(), [0, { kind: 'data', data: framed(data), endOfStream: false }])
    }
    return this.reply.at === 'message' ? [...echoed, ...this.answer()] : echoed
  }

  ended(): readonly TimedGrpcPiece[] {
    return (this.reply.at ?? 'end') === 'end' ? this.answer() : []
  }

  private begin(): TimedGrpcPiece[] {
    if (this.headersSent) return []
    this.headersSent = true
    const { http = 200, headers = [] } = this.reply
    const list: HeaderList = [[':status', String(http)], ['content-type', 'application/grpc'], ...lowerCase(headers)]
    return [[0, { kind: 'headers', headers: list, endOfStream: false }]]
  }

  private closing(): HeaderList {
    const { status = 0, message = '', trailers = [] } = this.reply
    return [
      ...(status === 'none' ? [] : [['grpc-status', String(status)] as const]),
      ...(message === '' ? [] : [['grpc-message', percentEncoded(message)] as const]),
      ...lowerCase(trailers),
    ]
  }

  private answer(): readonly TimedGrpcPiece[] {
    if (this.answered) return []
    this.answered = true
    const { delay = 0, messages = [], raw, end = 'trailers' } = this.reply
    if (end === 'silent') return []
    if (end === 'refuse') return [[delay, { kind: 'reset' }]]
    const head = this.begin()
    const [first] = head
    if (end === 'headers' && first?.[1].kind === 'headers') {
      const headers = [...first[1].headers, ...this.closing()]
      return [[delay, { kind: 'headers', headers, endOfStream: true }]]
    }
    const pieces: TimedGrpcPiece[] = head.map(([, piece]) => [delay, piece])
    const pause = (after: Ns) => (pieces.length === 0 ? delay + after : after)
    for (const { data, delay: after } of messages) {
      pieces.push([pause(after), { kind: 'data', data: framed(data), endOfStream: false }])
    }
    if (raw !== undefined) pieces.push([pause(0), { kind: 'data', data: raw, endOfStream: false }])
    switch (end) {
      case 'hang':
        break
      case 'reset':
        pieces.push([pause(0), { kind: 'reset' }])
        break
      case 'data':
        pieces.push([pause(0), { kind: 'data', data: new Uint8Array(0), endOfStream: true }])
        break
      case 'trailers':
      case 'headers':
        pieces.push([pause(0), { kind: 'trailers', trailers: this.closing() }])
        break
    }
    return pieces
  }
}

/** As gRPC over HTTP/2 has it: printable ASCII stays, but not the percent sign. */
function percentEncoded(message: string): string {
  return Array.from(new TextEncoder().encode(message), (byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x25
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('')
}

/** The same service for a whole request: a client's own gRPC call through the gateway, or an HTTP call of a plugin. */
export function grpcUpstream(replies: GrpcReplies): Upstream {
  return ({ path, body }) => {
    const call = new GrpcServiceCall(replies, path)
    const reader = new FrameReader()
    const sent = reader.add(body)
    const messages = sent === 'broken' ? [] : sent.map(({ data }) => data)
    return joined([...call.opened(), ...messages.flatMap((data) => call.message(data)), ...call.ended()])
  }
}

function joined(pieces: readonly TimedGrpcPiece[]): TimedResponse {
  const [first, ...rest] = pieces
  if (first === undefined) return { kind: 'hang' }
  if (first[1].kind !== 'headers') return { kind: 'reset', delay: first[0] }
  const data = rest.flatMap(([after, piece]) =>
    piece.kind === 'data' && piece.data.length > 0 ? [{ data: piece.data, after }] : [],
  )
  const trailers = rest.flatMap(([, piece]) => (piece.kind === 'trailers' ? piece.trailers : []))
  return {
    kind: 'response',
    headers: first[1].headers,
    delay: first[0],
    chunks: data,
    trailers,
    ...(rest.some(([, { kind }]) => kind === 'reset') ? { resetAtEnd: true } : {}),
  }
}

/** A message behind its five bytes: not compressed, length. */
export function framed(data: Uint8Array): Uint8Array {
  const frame = new Uint8Array(data.length + 5)
  new DataView(frame.buffer).setUint32(1, data.length)
  frame.set(data, 5)
  return frame
}

/** Takes messages out of bytes that come in pieces. */
export class FrameReader {
  private rest = new Uint8Array(0)

  /** `broken`: the bytes are no frame (flags other than 0 and 1). */
  add(bytes: Uint8Array): readonly { readonly data: Uint8Array; readonly compressed: boolean }[] | 'broken' {
    const all = new Uint8Array(this.rest.length + bytes.length)
    all.set(this.rest)
    all.set(bytes, this.rest.length)
    const view = new DataView(all.buffer)
    const found: { data: Uint8Array; compressed: boolean }[] = []
    let at = 0
    while (at < all.length) {
      const flags = all[at] ?? 0
      if (flags > 1) return 'broken'
      if (at + 5 > all.length) break
      const end = at + 5 + view.getUint32(at + 1)
      if (end > all.length) break
      found.push({ data: all.slice(at + 5, end), compressed: flags === 1 })
      at = end
    }
    this.rest = all.slice(at)
    return found
  }
}
