import type { HostFunction } from '../host-function.ts'

export const proxyGetBufferBytes: HostFunction = {
  name: 'proxy_get_buffer_bytes',
  plain: ['0', '0', '100', 'out', 'out'],
  phase: 'request_body',
}
