import type { HostFunction } from '../host-function.ts'

export const proxyGrpcClose: HostFunction = {
  name: 'proxy_grpc_close',
  plain: ['999'],
}
