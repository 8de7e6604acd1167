import type { GatewayProfile } from '../../model/profile.ts'
import { connectionRefused } from '../upstream/from-cluster.ts'
import type { Exchange } from './exchange.ts'
import { gatewayReply } from './local-reply.ts'

/** Envoy's texts for an upstream that fails before its response (proxy-wasm-host.md 6.8, 8.1; envoy-observed.md b). */
const reason = (what: string): string =>
  `upstream connect error or disconnect/reset before headers. reset reason: ${what}`

/** Upstream lines before 1.40 (seen on 1.36) tell the client why the connection failed. */
export function connectFailureText(profile: GatewayProfile, detail: string): string {
  const text = reason('remote connection failure')
  if (profile === 'envoy-1.40') return text
  return `${text}, transport failure reason: ${transportReason(profile, detail)}`
}

/** The 1.27 line prints the number of the error (istio issue 48267). */
function transportReason(profile: GatewayProfile, detail: string): string {
  return profile === 'higress-2.1' && detail === connectionRefused ? 'delayed connect error: 111' : detail
}

export const resetText = reason('connection termination')
export const connectTimeoutText = reason('connection timeout')

/** How a service failed: nobody listens, or answers to a wish to connect, or its connection ended before its headers or in its response (`lost`), or that ended too early. */
export type UpstreamFailure = 'refused' | 'connect-timeout' | 'reset' | 'lost' | 'broken'

/** The connection to the service could not be made, or broke: a reply while that is possible, else the stream ends. */
export function failStream(exchange: Exchange, how: UpstreamFailure, detail: string | undefined): void {
  const { profile } = exchange.runtime
  const { flag, what, status } = failureOf(how, exchange.router.service?.cluster.protocol, profile)
  const cluster = exchange.router.seen?.cluster ?? ''
  exchange.record({ type: 'upstream.reset', cluster, reason: detail === undefined ? what : `${what}: ${detail}` })
  const separator = profile === 'higress-2.1' ? ',' : '|'
  const inside = detail === undefined ? what : `${what}${separator}${transportReason(profile, detail)}`
  const phase = exchange.chain.response.headers === undefined ? 'before' : 'after'
  const details = `upstream_reset_${phase}_response_started{${inside}}`
  if (exchange.chain.headersSent) {
    exchange.flag(flag)
    exchange.reset(details.replaceAll(' ', '_'))
    return
  }
  // A plugin may still hold the headers of the broken response: then the reply takes their place.
  const text = how === 'refused' ? connectFailureText(profile, detail ?? '') : reason(what)
  exchange.gatewayReply(gatewayReply(status, text, details, 14), flag)
}

/**
 * A response that ends early, or with a lost connection, breaks the protocol of HTTP/1.1. In HTTP/2 a lost connection is
 * one, and an early end breaks the protocol for Envoy 1.40 and reads as a reset stream before (seen on 1.40 and 1.36).
 */
function failureOf(
  how: UpstreamFailure,
  protocol: 'h1' | 'h2' | undefined,
  profile: GatewayProfile,
): { readonly flag: string; readonly what: string; readonly status: number } {
  switch (how) {
    case 'refused':
      return { flag: 'UF', what: 'remote connection failure', status: 503 }
    case 'connect-timeout':
      return { flag: 'UF', what: 'connection timeout', status: 503 }
    case 'reset':
      return { flag: 'UC', what: 'connection termination', status: 503 }
    case 'lost':
      if (protocol === 'h2') return { flag: 'UC', what: 'connection termination', status: 503 }
      return { flag: 'UPE', what: 'protocol error', status: 502 }
    case 'broken':
      if (protocol === 'h2' && profile !== 'envoy-1.40') return { flag: 'UR', what: 'remote reset', status: 503 }
      return { flag: 'UPE', what: 'protocol error', status: 502 }
  }
}
