import type { HostFunction } from '../host-function.ts'

export const proxyGetLogLevel: HostFunction = {
  name: 'proxy_get_log_level',
  plain: ['out'],
}
