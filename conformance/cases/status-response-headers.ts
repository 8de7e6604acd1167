import type { ProbeCase } from '../observed.ts'
import { statusCases, unconvertedCases } from './status.ts'

/** What `proxy_on_response_headers` may return (proxy-wasm-host.md 6.1). */
export const responseHeadersStatusCases: readonly ProbeCase[] = [
  ...statusCases('response_headers'),
  ...unconvertedCases('response_headers'),
]
