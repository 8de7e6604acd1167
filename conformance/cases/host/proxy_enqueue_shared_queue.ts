import type { HostFunction } from '../host-function.ts'

export const proxyEnqueueSharedQueue: HostFunction = {
  name: 'proxy_enqueue_shared_queue',
  plain: ['q', 's:item'],
  before: ['register q'],
  not: { configure: 'three VMs of a real Envoy do it' },
}
