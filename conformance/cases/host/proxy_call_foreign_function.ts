import type { HostFunction } from '../host-function.ts'

export const proxyCallForeignFunction: HostFunction = {
  name: 'proxy_call_foreign_function',
  plain: ['s:clear_route_cache', 's:x', 'out', 'out'],
}
