import type { HostFunction } from '../host-function.ts'

export const proxyReplaceHeaderMapValue: HostFunction = {
  name: 'proxy_replace_header_map_value',
  plain: ['0', 's:x-a', 's:b'],
}
