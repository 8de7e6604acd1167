import type { HostFunction } from '../host-function.ts'

export const proxyGetStatus: HostFunction = {
  name: 'proxy_get_status',
  plain: ['out', 'out', 'out'],
}
