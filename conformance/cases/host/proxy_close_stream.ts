import type { HostFunction } from '../host-function.ts'

export const proxyCloseStream: HostFunction = {
  name: 'proxy_close_stream',
  plain: ['0'],
  not: { log: 'Envoy calls on_log again, and again, until its stack is full', done: 'as in on_log' },
}
