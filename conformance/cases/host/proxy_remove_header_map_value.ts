import type { HostFunction } from '../host-function.ts'

export const proxyRemoveHeaderMapValue: HostFunction = {
  name: 'proxy_remove_header_map_value',
  plain: ['0', 's:user-agent'],
}
