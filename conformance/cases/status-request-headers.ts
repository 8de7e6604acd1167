import type { ProbeCase } from '../observed.ts'
import { statusCases, unconvertedCases } from './status.ts'

/** What `proxy_on_request_headers` may return (proxy-wasm-host.md 6.1). */
export const requestHeadersStatusCases: readonly ProbeCase[] = [
  ...statusCases('request_headers'),
  ...unconvertedCases('request_headers'),
]
