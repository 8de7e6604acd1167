/** A gRPC call to a service that is none: it answers when it has the whole request. */
import type { HeaderList } from '../../model/http.ts'
import { receivedByService } from '../codec/upstream-codec.ts'
import type { TimedGrpcPiece } from '../upstream/grpc.ts'
import { type GrpcEnd, grpcConnectTimeout, grpcUnreachable } from './grpc-failure.ts'
import { piecesOf } from './response-pieces.ts'
import { addresses, type Runtime, type Service, upstreamContext } from './runtime.ts'

/** What it sends, or how the call ends without it, `after` so many nanoseconds. */
export type HttpServiceAnswer =
  | { readonly pieces: readonly TimedGrpcPiece[] }
  | { readonly end: GrpcEnd; readonly after: number }

export function askHttpService(
  runtime: Runtime,
  service: Service,
  headers: HeaderList,
  body: Uint8Array,
): HttpServiceAnswer {
  const { upstream, cluster } = service
  const received = receivedByService(headers, body, [], cluster.protocol, addresses.gateway)
  if (typeof received === 'string') return { pieces: [] }
  const result = upstream(received, upstreamContext(runtime, service))
  switch (result.kind) {
    case 'hang':
      return { pieces: [] }
    case 'unreachable':
      return { end: grpcUnreachable(runtime, result.detail), after: 0 }
    case 'connect-timeout':
      return { end: grpcConnectTimeout, after: result.after }
    case 'reset':
      return { pieces: [[result.delay, { kind: 'reset' }]] }
    case 'response':
      return { pieces: piecesOf(result, cluster.protocol, 'POST') }
  }
}
