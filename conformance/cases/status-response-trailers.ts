import type { ProbeCase } from '../observed.ts'
import { statusCases } from './status.ts'

/** What `proxy_on_response_trailers` may return (proxy-wasm-host.md 6). */
export const responseTrailersStatusCases: readonly ProbeCase[] = statusCases('response_trailers')
