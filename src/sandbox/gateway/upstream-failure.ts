import type { Exchange } from './exchange.ts'
import { gatewayReply } from './local-reply.ts'

/** Envoy's texts for an upstream that fails before its response (proxy-wasm-host.md 6.8, 8.1; envoy-observed.md b). */
const reason = (what: string): string =>
  `upstream connect error or disconnect/reset before headers. reset reason: ${what}`

export const connectFailureText = reason('remote connection failure')
export const resetText = reason('connection termination')

/** The connection to the service could not be made, or broke: a reply while that is possible, else the stream ends. */
export function failStream(exchange: Exchange, how: 'refused' | 'reset', detail: string | undefined): void {
  const what = how === 'refused' ? 'remote connection failure' : 'connection termination'
  const flag = how === 'refused' ? 'UF' : 'UC'
  const cluster = exchange.router.seen?.cluster ?? ''
  exchange.record({ type: 'upstream.reset', cluster, reason: detail === undefined ? what : `${what}: ${detail}` })
  const phase = exchange.chain.response.headers === undefined ? 'before' : 'after'
  const inside = detail === undefined ? what : `${what}|${detail}`
  const details = `upstream_reset_${phase}_response_started{${inside}}`
  if (phase === 'after') {
    exchange.flag(flag)
    exchange.reset(details)
  } else exchange.gatewayReply(gatewayReply(503, how === 'refused' ? connectFailureText : resetText, details, 14), flag)
}
