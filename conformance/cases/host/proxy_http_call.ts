import type { HostFunction } from '../host-function.ts'

export const proxyHttpCall: HostFunction = {
  name: 'proxy_http_call',
  plain: ['s:silent', 'm::method=GET,:path=/check,:authority=auth.test', 's:body', '0', '0', '100000', 'out'],
}
