import type { HostFunction } from '../host-function.ts'

export const proxyRegisterSharedQueue: HostFunction = {
  name: 'proxy_register_shared_queue',
  plain: ['s:q', 'out'],
}
