/** What a gateway makes of a request before the first filter sees it (proxy-wasm-host.md 6.7; envoy-observed.md k; workflows.md W3). */
import { type HeaderList, headerValue } from '../../model/http.ts'
import { noteMade } from '../codec/upstream-codec.ts'
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
  const { list, idAt } = formOf(headers, arrival)
  if (idAt < 0) return list
  const result = list.slice()
  const id = ['x-request-id', arrival.requestId] as const
  result[idAt] = id
  noteMade(id)
  return result
}

/** All of it but the request id, and where that goes; -1: the client's own stands there. */
type Form = { readonly list: HeaderList; readonly idAt: number }

/** A request that is sent many times brings the same list, of which the same is made. */
let last: (Form & { readonly headers: HeaderList; readonly arrival: Known }) | undefined

type Known = Readonly<Record<'schemeOverwrite' | 'tls' | 'external', string | boolean | undefined>>

function formOf(headers: HeaderList, { schemeOverwrite, tls, external }: Arrival): Form {
  const known = last?.headers === headers ? last : undefined
  const before = known?.arrival
  if (
    known !== undefined &&
    before?.schemeOverwrite === schemeOverwrite &&
    before?.tls === tls &&
    before?.external === external
  )
    return known
  const list: MutableHeaders = [...goingOn(headers, external === true)]
  const direct = tls === true ? 'https' : 'http'
  const proto = schemeOverwrite ?? headerValue(list, 'x-forwarded-proto') ?? direct
  setInline(list, forwardedProto(proto))
  const needsId = absent(list, 'x-request-id')
  if (needsId) list.push(['x-request-id', ''])
  const scheme = schemeOverwrite ?? headerValue(list, ':scheme') ?? proto
  if (absent(list, ':scheme')) insertAfterPseudo(list, schemeEntry(scheme))
  else setInline(list, schemeEntry(scheme))
  const idAt = needsId ? list.findIndex(([name]) => name === 'x-request-id') : -1
  const made = { headers, arrival: { schemeOverwrite, tls, external }, list, idAt }
  last = made
  return made
}

/** What is not for this hop only. */
function goingOn(headers: HeaderList, external: boolean): HeaderList {
  const upgrade = asksForUpgrade(headers)
  const thisHop = nominated(headers)
  return headers.filter(([name, value]) => {
    if (external && internalOnly.has(name)) return false
    // Answered here with an interim 100, and not passed on.
    if (name === 'expect' && value.toLowerCase() === '100-continue') return false
    if (name === 'referer' && !hasReferer(headers)) return false
    if (!hopByHop.has(name)) return !thisHop.has(name)
    if (upgrade && (name === 'connection' || name === 'upgrade')) return true
    // `te: trailers` is end to end; every other value is dropped.
    return name === 'te' && value.toLowerCase() === 'trailers'
  })
}

function insertAfterPseudo(headers: MutableHeaders, entry: readonly [string, string]): void {
  const at = headers.findIndex((pair) => !pair[0].startsWith(':'))
  headers.splice(at < 0 ? headers.length : at, 0, entry)
}
