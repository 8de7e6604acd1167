import type { HostFunction } from '../host-function.ts'

export const proxyGetHeaderMapValue: HostFunction = {
  name: 'proxy_get_header_map_value',
  plain: ['0', 's::path', 'out', 'out'],
}
