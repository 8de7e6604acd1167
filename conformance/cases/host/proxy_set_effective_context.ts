import type { HostFunction } from '../host-function.ts'

export const proxySetEffectiveContext: HostFunction = {
  name: 'proxy_set_effective_context',
  plain: ['9999'],
}
