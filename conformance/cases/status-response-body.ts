import type { ProbeCase } from '../observed.ts'
import { statusCases } from './status.ts'

/** What `proxy_on_response_body` may return (proxy-wasm-host.md 6). */
export const responseBodyStatusCases: readonly ProbeCase[] = statusCases('response_body')
