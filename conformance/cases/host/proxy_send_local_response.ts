import type { HostFunction } from '../host-function.ts'

export const proxySendLocalResponse: HostFunction = {
  name: 'proxy_send_local_response',
  plain: ['403', 's:details', 's:denied', 'm:x-by=probe', '-1'],
  not: {
    log: 'Envoy 1.40 crashes',
    response_headers: 'two at once',
    request_body: 'after another one',
    http_call_response: 'two at once',
    done: 'undefined',
  },
}
