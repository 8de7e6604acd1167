import type { HostFunction } from '../host-function.ts'

export const proxyLog: HostFunction = {
  name: 'proxy_log',
  plain: ['2', 's:said'],
}
