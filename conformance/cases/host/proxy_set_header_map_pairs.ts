import type { HostFunction } from '../host-function.ts'

export const proxySetHeaderMapPairs: HostFunction = {
  name: 'proxy_set_header_map_pairs',
  plain: [
    '0',
    'm::method=POST,:path=/post,:authority=example.test,:scheme=http,x-forwarded-proto=http,content-length=10',
  ],
}
