import type { HostFunction } from '../host-function.ts'

export const proxySetProperty: HostFunction = {
  name: 'proxy_set_property',
  plain: ['s:k1', 's:value'],
}
