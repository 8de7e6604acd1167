import type { HostFunction } from '../host-function.ts'

export const proxyAddHeaderMapValue: HostFunction = {
  name: 'proxy_add_header_map_value',
  plain: ['0', 's:x-a', 's:b'],
}
