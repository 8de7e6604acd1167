import type { HostFunction } from '../host-function.ts'

export const proxySetTickPeriodMilliseconds: HostFunction = {
  name: 'proxy_set_tick_period_milliseconds',
  plain: ['0'],
}
