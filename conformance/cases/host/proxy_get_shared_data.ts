import type { HostFunction } from '../host-function.ts'

export const proxyGetSharedData: HostFunction = {
  name: 'proxy_get_shared_data',
  plain: ['s:k', 'out', 'out', 'out'],
  before: ['shset k v 0'],
}
