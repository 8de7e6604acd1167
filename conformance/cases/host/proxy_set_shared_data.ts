import type { HostFunction } from '../host-function.ts'

export const proxySetSharedData: HostFunction = {
  name: 'proxy_set_shared_data',
  plain: ['s:k', 's:v', '0'],
}
