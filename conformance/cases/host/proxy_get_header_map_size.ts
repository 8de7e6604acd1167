import type { HostFunction } from '../host-function.ts'

export const proxyGetHeaderMapSize: HostFunction = {
  name: 'proxy_get_header_map_size',
  plain: ['0', 'out'],
}
