/** How a service's response comes: in pieces, each after its delay. */
import { type HeaderList, headerValue } from '../../model/http.ts'
import { assertNever } from '../../model/result.ts'
import { isBodyless } from '../codec/downstream-codec.ts'
import type { Schedule } from '../time/schedule.ts'
import type { TimedResponse } from '../upstream/types.ts'
import type { Service } from './runtime.ts'

export type Piece =
  | { readonly kind: 'headers'; readonly headers: HeaderList; readonly endOfStream: boolean }
  | { readonly kind: 'data'; readonly data: Uint8Array; readonly endOfStream: boolean }
  | { readonly kind: 'trailers'; readonly trailers: HeaderList }
  | { readonly kind: 'reset'; readonly lost: boolean }

/** A piece and how many virtual nanoseconds after the one before it comes. */
export type TimedPiece = readonly [after: number, piece: Piece]

const nothing = new Uint8Array(0)

/** Answers, or cannot be reached, before the request body is complete. */
export function answersEarly({ cluster }: Service): boolean {
  switch (cluster.kind) {
    case 'fixed':
    case 'stream':
      return cluster.at === 'early'
    case 'unreachable':
    case 'redis':
    case 'tcp':
      return true
    case 'handler':
    case 'httpbin':
    case 'echo':
    case 'grpc':
    case 'websocket':
    case 'rules':
    case 'reset':
    case 'hang':
      return false
    default:
      return assertNever(cluster)
  }
}

/** A body whose length is not announced comes in chunks over HTTP/1, and the plugins see that header. */
const framedByService = (headers: HeaderList): HeaderList =>
  headerValue(headers, 'content-length') === undefined && headerValue(headers, 'transfer-encoding') === undefined
    ? [...headers, ['transfer-encoding', 'chunked']]
    : headers

type Response = Extract<TimedResponse, { kind: 'response' }>
type Protocol = Service['cluster']['protocol']

/** What arrives of a response to a request with this method. A service may give the same response to every request. */
export function piecesOf(result: Response, protocol: Protocol, method: string): readonly TimedPiece[] {
  if (last?.result === result && last.protocol === protocol && last.method === method) return last.pieces
  const pieces = takenApart(result, protocol, method)
  last = { result, protocol, method, pieces }
  return pieces
}

let last: { result: Response; protocol: Protocol; method: string; pieces: readonly TimedPiece[] } | undefined

function takenApart(result: Response, protocol: Protocol, method: string): readonly TimedPiece[] {
  const h2 = protocol === 'h2'
  const trailers = h2 ? result.trailers : []
  const status = headerValue(result.headers, ':status') ?? ''
  const chunks = isBodyless(method, status) ? [] : result.chunks
  const headersOnly = chunks.length === 0 && trailers.length === 0 && result.end === undefined
  const headers = h2 || headersOnly ? result.headers : framedByService(result.headers)
  const pieces: TimedPiece[] = [[result.delay, { kind: 'headers', headers, endOfStream: headersOnly }]]
  chunks.forEach(({ data, after }, index) => {
    const last = h2 && index === chunks.length - 1 && trailers.length === 0 && result.end === undefined
    pieces.push([after, { kind: 'data', data, endOfStream: last }])
  })
  if (result.end === 'hang') return pieces
  if (result.end !== undefined) pieces.push([0, { kind: 'reset', lost: result.end === 'lost' }])
  else if (trailers.length > 0) pieces.push([0, { kind: 'trailers', trailers }])
  // HTTP/1 ends a body with a callback of its own (6.4).
  else if (!h2 && !headersOnly) pieces.push([0, { kind: 'data', data: nothing, endOfStream: true }])
  return pieces
}

/** The same response later or cut otherwise, as a schedule has it. `allowed`: what a response may take, 0 for any time. */
export function otherwise(
  pieces: readonly TimedPiece[],
  schedule: Schedule,
  of: string,
  allowed: number,
): readonly TimedPiece[] {
  const later = schedule.delay(of, allowed)
  return pieces.flatMap(([after, piece], index): readonly TimedPiece[] => {
    const wait = index === 0 ? after + later : after
    if (piece.kind !== 'data') return [[wait, piece]]
    const parts = schedule.cut(of, piece.data)
    return parts.map((data, part) => {
      const endOfStream = piece.endOfStream && part === parts.length - 1
      return [part === 0 ? wait : 0, { kind: 'data', data, endOfStream }] as const
    })
  })
}
