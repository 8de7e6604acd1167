/** What a gateway makes of a request before the first filter sees it (proxy-wasm-host.md 6.7; envoy-observed.md k; workflows.md W3). */
import { type HeaderList, headerValue } from '../../model/http.ts'
import { textEntry } from './added-entries.ts'
import { absent, type MutableHeaders, responseHop, setInline } from './added-headers.ts'

const hopByHop = new Set([...responseHop, 'te'])
const forwardedProto = textEntry('x-forwarded-proto')
const schemeEntry = textEntry(':scheme')

export type Arrival = {
  /** `gateway.scheme` (`scheme_to_overwrite`): replaces `:scheme` and `x-forwarded-proto`. */
  readonly schemeOverwrite?: 'http' | 'https' | undefined
  readonly tls?: boolean
  /** Used when the client sent none. */
  readonly requestId: string
  /** The client is not internal, so its `x-envoy-*` commands to the gateway are dropped (seen on Envoy 1.40). */
  readonly external?: boolean
}

/** What Envoy drops from external requests. */
const internalOnly = new Set(
  [
    'internal expected-rq-timeout-ms force-trace hedge-on-per-try-timeout ip-tags max-retries original-url',
    'retriable-header-names retriable-status-codes retry-on retry-grpc-on upstream-alt-stat-name',
    'upstream-rq-per-try-timeout-ms upstream-rq-timeout-alt-response upstream-rq-timeout-ms',
  ]
    .flatMap((line) => line.split(' '))
    .map((name) => `x-envoy-${name}`),
)

const none: ReadonlySet<string> = new Set()

/** Headers that `connection` names belong to this hop only. */
function nominated(headers: HeaderList): ReadonlySet<string> {
  const connection = headerValue(headers, 'connection')
  if (connection === undefined) return none
  return new Set(connection.split(',').map((name) => name.trim().toLowerCase()))
}

const absoluteUrl = /^[a-z]+:\/\/[^\s/?#@]+([/?][^\s#]*)?$/i
const relativeReference = /^([\w.~!$&'()*+,;=@?%-]*|[\w.~!$&'()*+,;=@?%-]*\/[\w.~!$&'()*+,;=@?%/:-]*)$/

/** One URL, whole or relative, without fragment and user: every other is taken away (seen on Envoy). */
function hasReferer(headers: HeaderList): boolean {
  const value = headers.flatMap(([name, each]) => (name === 'referer' ? [each] : [])).join(',')
  return absoluteUrl.test(value) || relativeReference.test(value)
}

/** Whether a request over HTTP/1 asks for another protocol; without the word in `connection` it does not. */
export const asksForUpgrade = (headers: HeaderList): boolean =>
  !absent(headers, 'upgrade') && /(^|,)\s*upgrade\s*(,|$)/i.test(headerValue(headers, 'connection') ?? '')

/**
 * The request as the first filter sees it: hop-by-hop headers gone (an upgrade keeps its two), scheme settled,
 * `x-forwarded-proto` and `x-request-id` present. `x-forwarded-for` is not added: the documents' listener and Envoy's
 * default have no `use_remote_address`, and httpbin then shows the gateway's own address as `origin` (W3).
 */
export function requestOnArrival(headers: HeaderList, arrival: Arrival): HeaderList {
  const result: MutableHeaders = goingOn(headers, arrival.external === true).slice()
  const direct = arrival.tls === true ? 'https' : 'http'
  const proto = arrival.schemeOverwrite ?? headerValue(result, 'x-forwarded-proto') ?? direct
  setInline(result, forwardedProto(proto))
  if (absent(result, 'x-request-id')) result.push(['x-request-id', arrival.requestId])
  const scheme = arrival.schemeOverwrite ?? headerValue(result, ':scheme') ?? proto
  if (absent(result, ':scheme')) insertAfterPseudo(result, schemeEntry(scheme))
  else setInline(result, schemeEntry(scheme))
  return result
}

/** A request that is sent many times brings the same list, of which the same is left. */
let last: { readonly headers: HeaderList; readonly external: boolean; readonly left: HeaderList } | undefined

/** What is not for this hop only. */
function goingOn(headers: HeaderList, external: boolean): HeaderList {
  if (last?.headers === headers && last.external === external) return last.left
  const upgrade = asksForUpgrade(headers)
  const thisHop = nominated(headers)
  const left = headers.filter((pair) => {
    const name = pair[0]
    const value = pair[1]
    if (external && internalOnly.has(name)) return false
    // Answered here with an interim 100, and not passed on.
    if (name === 'expect' && value.toLowerCase() === '100-continue') return false
    if (name === 'referer' && !hasReferer(headers)) return false
    if (!hopByHop.has(name)) return !thisHop.has(name)
    if (upgrade && (name === 'connection' || name === 'upgrade')) return true
    // `te: trailers` is end to end; every other value is dropped.
    return name === 'te' && value.toLowerCase() === 'trailers'
  })
  last = { headers, external, left }
  return left
}

function insertAfterPseudo(headers: MutableHeaders, entry: readonly [string, string]): void {
  const at = headers.findIndex((pair) => !pair[0].startsWith(':'))
  headers.splice(at < 0 ? headers.length : at, 0, entry)
}
