import type { HostFunction } from '../host-function.ts'

export const proxyGrpcCancel: HostFunction = {
  name: 'proxy_grpc_cancel',
  plain: ['999'],
}
