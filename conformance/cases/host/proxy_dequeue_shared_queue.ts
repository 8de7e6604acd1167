import type { HostFunction } from '../host-function.ts'

export const proxyDequeueSharedQueue: HostFunction = {
  name: 'proxy_dequeue_shared_queue',
  plain: ['q', 'out', 'out'],
  before: ['register q', 'enqueue item'],
  not: { configure: 'three VMs of a real Envoy do it' },
}
