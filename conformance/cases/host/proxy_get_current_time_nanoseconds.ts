import type { HostFunction } from '../host-function.ts'

export const proxyGetCurrentTimeNanoseconds: HostFunction = {
  name: 'proxy_get_current_time_nanoseconds',
  plain: ['out'],
}
