import type { ProbeCase } from '../observed.ts'
import { statusCases } from './status.ts'

/** What `proxy_on_request_trailers` may return (proxy-wasm-host.md 6). */
export const requestTrailersStatusCases: readonly ProbeCase[] = statusCases('request_trailers')
