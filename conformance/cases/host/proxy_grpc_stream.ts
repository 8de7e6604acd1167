import type { HostFunction } from '../host-function.ts'

export const proxyGrpcStream: HostFunction = {
  name: 'proxy_grpc_stream',
  plain: ['s:silent', 's:probe.Probe', 's:Unary', '0', '0', 'out'],
  keep: { argument: 0, because: 'Envoy crashes on a service without a target' },
}
