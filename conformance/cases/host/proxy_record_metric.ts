import type { HostFunction } from '../host-function.ts'

export const proxyRecordMetric: HostFunction = {
  name: 'proxy_record_metric',
  plain: ['w', '1'],
  before: ['metric 1 record_metric_KIND inc 5'],
  not: { configure: 'three VMs of a real Envoy do it' },
}
