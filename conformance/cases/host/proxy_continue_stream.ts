import type { HostFunction } from '../host-function.ts'

export const proxyContinueStream: HostFunction = {
  name: 'proxy_continue_stream',
  plain: ['0'],
  not: { configure: 'no stream', request_headers: 'undefined' },
}
