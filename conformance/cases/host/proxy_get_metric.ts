import type { HostFunction } from '../host-function.ts'

export const proxyGetMetric: HostFunction = {
  name: 'proxy_get_metric',
  plain: ['w', 'out'],
  before: ['metric 0 get_metric_KIND inc 5'],
  not: { configure: 'three VMs of a real Envoy do it' },
}
