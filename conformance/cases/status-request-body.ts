import type { ProbeCase } from '../observed.ts'
import { statusCases } from './status.ts'

/** What `proxy_on_request_body` may return (proxy-wasm-host.md 6). */
export const requestBodyStatusCases: readonly ProbeCase[] = statusCases('request_body')
