import type { HostFunction } from '../host-function.ts'

export const proxyGetBufferStatus: HostFunction = {
  name: 'proxy_get_buffer_status',
  plain: ['0', 'out', 'out'],
  phase: 'request_body',
}
