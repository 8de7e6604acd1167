import type { HostFunction } from '../host-function.ts'
import { chunked } from '../parts.ts'

export const proxySetBufferBytes: HostFunction = {
  name: 'proxy_set_buffer_bytes',
  plain: ['0', '0', '10', 's:ABCDEFGHIJ'],
  phase: 'request_body',
  request: chunked,
}
