/** Headers of a gRPC request as Envoy's client makes them (seen on Envoy: conformance/grpc-cases.ts). */
import type { HeaderList } from '../../model/http.ts'
import { EnvoyHeaderMap } from '../codec/header-map.ts'
import type { GrpcRequest } from '../vm/seam.ts'

/** Metadata is added behind the client's own headers: those that stand once are joined by a comma. */
export function grpcHeaders({ path, authority, cluster, call, metadata }: GrpcRequest): HeaderList {
  const map = new EnvoyHeaderMap('request', [
    [':method', 'POST'],
    [':path', path],
    [':authority', authority ?? cluster],
    [':scheme', 'http'],
  ])
  if (call !== undefined) map.add('grpc-timeout', grpcTimeout(call.timeoutMs))
  map.add('te', 'trailers')
  map.add('content-type', 'application/grpc')
  for (const [name, value] of metadata) map.add(name, value)
  map.replace('x-envoy-internal', 'true')
  if (call !== undefined && call.timeoutMs > 0) map.replace('x-envoy-expected-rq-timeout-ms', String(call.timeoutMs))
  return map.pairs()
}

/** At most eight digits: milliseconds, else seconds, minutes, hours. */
function grpcTimeout(ms: number): string {
  if (ms <= 99_999_999) return `${ms}m`
  return `${Math.floor(ms / 1000)}S`
}
