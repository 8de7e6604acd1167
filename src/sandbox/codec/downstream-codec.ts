/** The codec towards the client: what it refuses, how a response is framed, and what the client makes of it. */
import { type HeaderList, headerValue } from '../../model/http.ts'
import { breaksLine, isPseudo, LatestNames, lengthOf } from './header-values.ts'
import { remembered } from './remembered.ts'

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const isToken = remembered((name) => token.test(name.startsWith(':') ? name.slice(1) : name))

/** A request that the codec itself refuses with 400, before any filter exists. */
export function isMalformed(headers: HeaderList): boolean {
  if (headers === lastSound) return false
  if (headers.some((pair) => !isToken(pair[0]) || breaksLine(pair[1]))) return true
  lastSound = headers
  return false
}

/** A request that is sent many times brings the same list. */
let lastSound: HeaderList | undefined

/** Responses to HEAD, and 1xx, 204 and 304, have no body on the wire. */
export function isBodyless(method: string, status: string): boolean {
  return method === 'HEAD' || status === '204' || status === '304' || isInformational(status)
}

/** Envoy parses `:status` as a number; 99 and 299 pass. Otherwise: 502 "missing required header: :status". */
export const isStatus = remembered((value) => /^\d+$/.test(value))

const isInformational = remembered((status) => /^1\d\d$/.test(status))

export type ResponseFraming = {
  readonly protocol: 'h1' | 'h2'
  readonly method: string
  readonly endOfStream: boolean
  /**
   * False: HTTP/1 closes the connection, because the request was not complete when the response began
   * (envoy-observed.md d) or the client asked for it.
   */
  readonly keepsConnection: boolean
}

/** An empty name leaves over HTTP/1 as `: value` (seen on Envoy). */
const isOdd = (name: string, protocol: 'h1' | 'h2'): boolean =>
  (name === '' && protocol === 'h2') || (isPseudo(name) && name !== ':status')

function hasOdd(headers: HeaderList, protocol: 'h1' | 'h2'): boolean {
  for (let index = 0; index < headers.length; index++) if (isOdd(headers[index]?.[0] ?? '', protocol)) return true
  return false
}

/** A plugin's `:authority` is a `host` in HTTP/1 (seen on Envoy). */
const withoutOdd = (headers: HeaderList, protocol: 'h1' | 'h2'): HeaderList =>
  headers
    .map((pair) => (protocol === 'h1' && pair[0].startsWith(':a') ? (['host', pair[1]] as const) : pair))
    .filter(([name]) => !isOdd(name, protocol))

/** Over HTTP/2. */
const sentAsTheyAre = new LatestNames()

/** Adds what HTTP/1 needs to delimit the body. Names starting with `:` other than `:status` are not sent. */
export function frameResponse(headers: HeaderList, facts: ResponseFraming): HeaderList {
  if (facts.protocol === 'h2') {
    if (sentAsTheyAre.has(headers)) return headers
    if (hasOdd(headers, 'h2')) return withoutOdd(headers, 'h2')
    sentAsTheyAre.note(headers)
    return headers
  }
  const kept = hasOdd(headers, 'h1') ? withoutOdd(headers, 'h1') : headers
  const status = headerValue(kept, ':status') ?? ''
  const framed: (readonly [string, string])[] = [...kept]
  // HEAD is told how a body would come (seen on Envoy).
  const noLengthNeeded = status === '204' || status === '304' || isInformational(status)
  if (headerValue(kept, 'content-length') === undefined && !noLengthNeeded) {
    const empty = facts.endOfStream && facts.method !== 'HEAD'
    framed.push(empty ? ['content-length', '0'] : ['transfer-encoding', 'chunked'])
  }
  if (!facts.keepsConnection) framed.push(['connection', 'close'])
  return framed
}

const whole = { kind: 'whole' } as const

/** How an HTTP/1 client reads a body of `received` bytes against the announced length. */
export function readByClient(
  headers: HeaderList,
  received: number,
):
  | { readonly kind: 'whole' }
  | { readonly kind: 'short'; readonly announced: number }
  | { readonly kind: 'cut'; readonly at: number } {
  const announced = headerValue(headers, 'content-length')
  if (announced === undefined) return whole
  const length = lengthOf(announced)
  if (!Number.isSafeInteger(length) || length < 0 || length === received) return whole
  return received < length ? { kind: 'short', announced: length } : { kind: 'cut', at: length }
}
