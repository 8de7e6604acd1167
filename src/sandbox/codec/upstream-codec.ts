/**
 * What the codec towards the upstream does to a request, and what a service makes of a broken one
 * (envoy-observed.md e, k).
 */
import { type HeaderList, headerValue } from '../../model/http.ts'
import type { GatewayProfile } from '../../model/profile.ts'
import type { UpstreamRequest } from '../upstream/types.ts'
import { breaksLine, isPseudo, LatestNames, lengthOf } from './header-values.ts'
import { cookiesJoined } from './http2-headers.ts'
import { remembered } from './remembered.ts'

const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

const isToken = remembered((name) => tokenPattern.test(name))
const isKnownPseudo = (name: string): boolean =>
  name === ':authority' || name === ':path' || name === ':method' || name === ':scheme' || name === ':protocol'
/** Not sent: a pseudo header that there is not. An empty name is, over HTTP/1 (`: value`, seen on Envoy). */
const isOdd = (name: string, protocol: 'h1' | 'h2'): boolean =>
  (name === '' && protocol === 'h2') || (isPseudo(name) && !isKnownPseudo(name))

function hasOdd(headers: HeaderList, protocol: 'h1' | 'h2'): boolean {
  for (let index = 0; index < headers.length; index++) if (isOdd(headers[index]?.[0] ?? '', protocol)) return true
  return false
}

/**
 * Why the router refuses to send these headers: Envoy answers 503 with this text and flag DPE. `:path` and
 * `:authority` are not looked at here: without `:path` no route is found, and a missing host is the service's to refuse.
 */
export function invalidRequestHeader(headers: HeaderList): string | undefined {
  if (headerValue(headers, ':method') === undefined) return 'missing required header: :method'
  for (let index = 0; index < headers.length; index++) {
    const pair = headers[index]
    if (pair === undefined || sound[index] === pair || pair === made) continue
    const name = pair[0]
    if (name === '' || isPseudo(name)) continue
    if (!isToken(name)) return `invalid header name: ${name}`
    // Not as envoy-observed.md k has it: 1.40 names the header whose value is bad (conformance/expected).
    if (breaksLine(pair[1])) return `invalid header value for: ${name}`
    if (index < mostSound) sound[index] = pair
  }
  return undefined
}

/** Entries that were found to be right, by their place: most are the very ones of the request before. */
const mostSound = 32
const sound: HeaderList[number][] = []

/** An entry that the gateway made itself for this request: it is right. */
let made: HeaderList[number] | undefined

export function noteMade(entry: HeaderList[number]): void {
  made = entry
}

/** Methods whose requests usually have no body: the HTTP/1 codec adds no `content-length: 0` for them. */
const bodyless = new Set(['GET', 'HEAD', 'DELETE', 'CONNECT', 'TRACE', 'OPTIONS'])

/** Over HTTP/2. */
const sentAsTheyAre = new LatestNames()

/** The headers as they leave on the wire: unknown pseudo headers go, framing comes. */
export function encodeRequestHeaders(
  headers: HeaderList,
  facts: { readonly endOfStream: boolean; readonly protocol: 'h1' | 'h2'; readonly profile: GatewayProfile },
): HeaderList {
  if (facts.protocol === 'h2' && sentAsTheyAre.has(headers)) return headers
  const dropped = hasOdd(headers, facts.protocol)
  const kept = dropped ? headers.filter(([name]) => !isOdd(name, facts.protocol)) : headers
  if (facts.protocol === 'h2') {
    // By any profile.
    if (cookiesJoined(kept) === headers) sentAsTheyAre.note(headers)
    return facts.profile === 'envoy-1.40' ? kept : cookiesJoined(kept)
  }
  if (headerValue(kept, 'content-length') !== undefined) return kept
  if (!facts.endOfStream) return [...kept, ['transfer-encoding', 'chunked']]
  return bodyless.has(headerValue(kept, ':method') ?? '') ? kept : [...kept, ['content-length', '0']]
}

/**
 * The request as the service gets it, or what becomes of it: `refused`: the service answers 400 (no host, or more body
 * than announced); `waiting`: it waits for the rest of an announced body for ever. Over HTTP/2 it resets the stream of a
 * body that is not as long as announced (`broken`).
 */
export function receivedByService(
  headers: HeaderList,
  body: Uint8Array,
  trailers: HeaderList,
  protocol: 'h1' | 'h2',
  peer: string,
): UpstreamRequest | 'refused' | 'waiting' | 'broken' {
  const authority = headerValue(headers, ':authority')
  if (authority === undefined || authority === '') return 'refused'
  const announced = headerValue(headers, 'content-length')
  if (announced !== undefined) {
    const length = lengthOf(announced)
    if (protocol === 'h2' && body.length !== length) return 'broken'
    if (!Number.isSafeInteger(length) || length < 0 || body.length > length) return 'refused'
    if (body.length < length) return 'waiting'
  }
  return new ReceivedRequest(headers, authority, body, trailers, protocol, peer)
}

/** Taken apart when the service asks: one that always answers the same looks at nothing. */
class ReceivedRequest implements UpstreamRequest {
  readonly authority: string
  readonly protocol: 'h1' | 'h2'
  readonly body: Uint8Array
  readonly trailers: HeaderList
  readonly peer: string
  private readonly sent: HeaderList
  private plain: HeaderList | undefined

  constructor(
    sent: HeaderList,
    authority: string,
    body: Uint8Array,
    trailers: HeaderList,
    protocol: 'h1' | 'h2',
    peer: string,
  ) {
    this.sent = sent
    this.authority = authority
    this.body = body
    this.trailers = trailers
    this.protocol = protocol
    this.peer = peer
  }

  get method(): string {
    return headerValue(this.sent, ':method') ?? ''
  }

  get path(): string {
    return headerValue(this.sent, ':path') ?? ''
  }

  get scheme(): string {
    return headerValue(this.sent, ':scheme') ?? 'http'
  }

  get headers(): HeaderList {
    this.plain ??= this.sent.filter((pair) => !isPseudo(pair[0]) && pair[0] !== 'host' && pair[0] !== '')
    return this.plain
  }
}
