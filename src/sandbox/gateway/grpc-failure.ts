/** How a gRPC call ends that its service did not end: status, text and details as Envoy 1.40 and 1.36 give them. */
import type { HeaderList } from '../../model/http.ts'
import { grpcStatusOf } from './grpc-status.ts'
import { addresses, type Runtime, type Service, upstreamContext } from './runtime.ts'
import { connectFailureText, connectTimeoutText, resetText } from './upstream-failure.ts'

export type GrpcOutcome = 'response' | 'timeout' | 'connect-failure' | 'reset'

export type GrpcEnd = {
  readonly status: number
  /** `grpc-message`, or nothing. */
  readonly text: string
  /** Envoy's response code details. */
  readonly details: string
  readonly outcome: GrpcOutcome
  readonly trailers: HeaderList
}

/** −1 as an unsigned number. */
const invalid = 0xffffffff

export const grpcStatus = { unknown: 2, internal: 13, unavailable: 14 } as const

/** An end without trailers. */
export const grpcEnd = (status: number, details = 'via_upstream', outcome: GrpcOutcome = 'response'): GrpcEnd => ({
  status,
  text: '',
  details,
  outcome,
  trailers: [],
})

/** What the trailers of the service say, or headers that are trailers, too. */
export function endOfTrailers(
  trailers: HeaderList,
  details = 'via_upstream',
  outcome: GrpcOutcome = 'response',
): GrpcEnd {
  const value = (name: string) => trailers.find(([key]) => key === name)?.[1]
  const written = value('grpc-status')
  const status = written === undefined ? grpcStatus.unknown : (grpcStatusOf(written) ?? invalid)
  return { status, text: value('grpc-message') ?? '', details, outcome, trailers }
}

/** The gateway's own answer to a gRPC request. */
function localReply(text: string, details: string, outcome: GrpcOutcome): GrpcEnd {
  const headers: HeaderList = [
    [':status', '200'],
    ['content-type', 'application/grpc'],
    ['grpc-status', String(grpcStatus.unavailable)],
    ['grpc-message', text],
  ]
  return endOfTrailers(headers, details, outcome)
}

export const grpcTimeout = (hasHeaders: boolean): GrpcEnd =>
  hasHeaders
    ? grpcEnd(grpcStatus.internal, 'response_timeout', 'timeout')
    : localReply('upstream request timeout', 'response_timeout', 'timeout')

const before = (what: string) => `upstream_reset_before_response_started{${what}}`

/** The service's side ended without an end of the call. `lost`: the connection, not only the stream. */
export function grpcBroken(protocol: 'h1' | 'h2', hasHeaders: boolean, lost: boolean): GrpcEnd {
  if (hasHeaders) {
    const why = protocol === 'h1' ? 'protocol_error' : lost ? 'connection_termination' : 'remote_reset'
    return grpcEnd(grpcStatus.internal, `upstream_reset_after_response_started{${why}}`, 'reset')
  }
  if (protocol === 'h1' || lost) return localReply(resetText, before('connection_termination'), 'connect-failure')
  const text = resetText.replace('connection termination', 'remote reset')
  return localReply(text, before('remote_reset'), 'connect-failure')
}

/** Nobody listens there; `detail` as `unreachable` gives it. */
export function grpcUnreachable(runtime: Runtime, detail: string): GrpcEnd {
  const inside = `remote_connection_failure|${detail.replaceAll(' ', '_')}`
  return localReply(connectFailureText(runtime.profile, detail), before(inside), 'connect-failure')
}

export const grpcConnectTimeout: GrpcEnd = localReply(
  connectTimeoutText,
  before('connection_timeout'),
  'connect-failure',
)

/** Why nobody can be reached there. */
export function unreachable(runtime: Runtime, service: Service): string | undefined {
  if (service.cluster.kind !== 'unreachable' && service.cluster.kind !== 'tcp') return undefined
  const result = service.upstream(emptyRequest, upstreamContext(runtime, service))
  return result.kind === 'unreachable' ? result.detail : undefined
}

const emptyRequest = {
  method: 'POST',
  path: '/',
  authority: '',
  scheme: 'http',
  protocol: 'h2',
  headers: [],
  body: new Uint8Array(0),
  trailers: [],
  peer: addresses.gateway,
} as const
