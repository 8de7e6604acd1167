/** Replies that take the place of the service's response, as the trace tells them. */
import type { PluginIndex } from '../../model/brand.ts'
import type { HeaderList } from '../../model/http.ts'
import type { ChainReply, FilterChain } from '../chain/filter-chain.ts'
import { EnvoyHeaderMap } from '../codec/header-map.ts'
import type { Exchange } from './exchange.ts'
import { buildReply, gatewayReply, type ReplyFacts, type ReplyParts } from './local-reply.ts'

/** Of the gateway when `plugin` is absent. */
export type AnyReply = ReplyParts & { readonly plugin?: PluginIndex }

/** What the form of a reply depends on. */
function replyFacts(exchange: Exchange): ReplyFacts {
  const headers = exchange.chain?.request.headers
  const type = headers?.get('content-type') ?? ''
  return {
    profile: exchange.runtime.profile,
    grpc: type === 'application/grpc' || type.startsWith('application/grpc+'),
    head: exchange.method === 'HEAD',
  }
}

/** Builds and records a reply; the service's own answer is of no interest any more unless this one comes too late. */
export function announceReply(
  exchange: Exchange,
  parts: AnyReply,
  outcome: ReturnType<FilterChain['wouldReply']>,
): ChainReply {
  const reply = buildReply(parts, replyFacts(exchange))
  const { headers, body, details } = reply
  const { status, plugin } = parts
  exchange.record({ type: 'local-reply', status, headers: headers.pairs(), body, details, outcome }, plugin)
  if (outcome === 'sent') exchange.details = details
  if (outcome !== 'ignored-second') exchange.router.cancel()
  return reply
}

/** Envoy's listener has no upgrades unless configured (seen on 1.36 and 1.40): 403 before any plugin is asked; each is told in its log. */
export function refuseUpgrade(exchange: Exchange, arrived: HeaderList): void {
  exchange.chain.request.headers = new EnvoyHeaderMap('request', arrived)
  exchange.gatewayReply(gatewayReply(403, '', 'upgrade_failed'), '')
}

/** The codec refuses a malformed request: 400 before any filter exists. */
export function refuse(exchange: Exchange): void {
  const { chain, client } = exchange
  exchange.details = 'http1.codec_error'
  exchange.flag('DPE')
  const reply = buildReply(gatewayReply(400, 'Bad Request', exchange.details), replyFacts(exchange))
  chain.response.headers = reply.headers
  chain.response.complete = true
  client.headers(false)
  client.data(reply.body, true, 'rejected')
}
