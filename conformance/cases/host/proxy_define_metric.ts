import type { HostFunction } from '../host-function.ts'

export const proxyDefineMetric: HostFunction = {
  name: 'proxy_define_metric',
  plain: ['0', 's:defined', 'out'],
}
