import type { HostFunction } from '../host-function.ts'

export const proxyResolveSharedQueue: HostFunction = {
  name: 'proxy_resolve_shared_queue',
  plain: ['s:', 's:q', 'out'],
  before: ['register q'],
}
