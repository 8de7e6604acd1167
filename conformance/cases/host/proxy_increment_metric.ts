import type { HostFunction } from '../host-function.ts'

export const proxyIncrementMetric: HostFunction = {
  name: 'proxy_increment_metric',
  plain: ['w', '1'],
  before: ['metric 1 increment_metric_KIND inc 5'],
  not: { configure: 'three VMs of a real Envoy do it' },
}
