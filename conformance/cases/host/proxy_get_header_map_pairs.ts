import type { HostFunction } from '../host-function.ts'

export const proxyGetHeaderMapPairs: HostFunction = {
  name: 'proxy_get_header_map_pairs',
  plain: ['0', 'out', 'out'],
}
