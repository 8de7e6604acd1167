import type { HostFunction } from '../host-function.ts'

export const proxyDone: HostFunction = {
  name: 'proxy_done',
  plain: [],
}
