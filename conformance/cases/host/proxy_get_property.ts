import type { HostFunction } from '../host-function.ts'

export const proxyGetProperty: HostFunction = {
  name: 'proxy_get_property',
  plain: ['s:request%00path', 'out', 'out'],
}
