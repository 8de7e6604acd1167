import type { HostFunction } from '../host-function.ts'

export const proxyGrpcCall: HostFunction = {
  name: 'proxy_grpc_call',
  plain: ['s:silent', 's:probe.Probe', 's:Unary', '0', '0', 's:question', '100000', 'out'],
  keep: { argument: 0, because: 'Envoy crashes on a service without a target' },
}
