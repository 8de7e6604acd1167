import { EnvoyHeaderMap } from '../codec/header-map.ts'
import { readFromHttp2 } from '../codec/http2-headers.ts'
import { responseFromUpstream } from './added-headers.ts'
import type { Exchange } from './exchange.ts'
import type { Piece } from './response-pieces.ts'
import type { Service } from './runtime.ts'

/**
 * Gives a piece of the service's response to the filters, and tells the trace what came. `completeMs`: when the whole
 * request had gone out, if it has.
 */
export function feedResponse(
  exchange: Exchange,
  { name, cluster }: Service,
  piece: Exclude<Piece, { readonly kind: 'reset' }>,
  completeMs: number | undefined,
): void {
  const { response } = exchange.chain
  switch (piece.kind) {
    case 'headers': {
      const { headers, endOfStream } = piece
      const { runtime, arrivedMs } = exchange
      const read = cluster.protocol === 'h2' ? readFromHttp2(headers) : headers
      exchange.told.upstreamResponse(exchange.id, name, headers, endOfStream)
      const timing = { profile: runtime.profile, arrivedMs, completeMs, nowMs: runtime.clock.nowMs() }
      response.feedHeaders(new EnvoyHeaderMap('response', responseFromUpstream(read, timing)), endOfStream)
      return
    }
    case 'data':
      exchange.told.upstreamResponseBody(exchange.id, name, piece.data, piece.endOfStream)
      response.feedData(piece.data, piece.endOfStream)
      return
    case 'trailers':
      exchange.record({ type: 'upstream.response.trailers', cluster: name, trailers: piece.trailers })
      response.feedTrailers(new EnvoyHeaderMap('trailers', piece.trailers))
      return
  }
}
