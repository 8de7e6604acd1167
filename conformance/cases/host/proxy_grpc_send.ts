import type { HostFunction } from '../host-function.ts'

export const proxyGrpcSend: HostFunction = {
  name: 'proxy_grpc_send',
  plain: ['999', 's:question', '1'],
}
