/**
 * What a gateway itself adds to the four messages that pass through it, by profile. Pure functions from header list to
 * header list; the caller decides when each runs. Sources: proxy-wasm-host.md 6.7, 6.8, 8.1; envoy-observed.md b, k;
 * higress.md 1.8, 6; workflows.md W3.
 */
import { type HeaderList, headerValue } from '../../model/http.ts'
import { httpDate } from '../../model/http-date.ts'
import { type GatewayProfile, gatewayFamily } from '../../model/profile.ts'
import { sameEntries, sameNames } from '../codec/header-values.ts'
import { type Entry, numberEntry, textEntry } from './added-entries.ts'

/** `te` of a response goes on (seen on Envoy). */
export const responseHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade'])

export type MutableHeaders = Entry[]

function indexOf(headers: HeaderList, name: string): number {
  for (let index = 0; index < headers.length; index++) if (headers[index]?.[0] === name) return index
  return -1
}

const originalHost = textEntry('original-host')
const envoyOriginalHost = textEntry('x-envoy-original-host')
const internal = textEntry('x-envoy-internal')
const serverEntry = textEntry('server')
const expectedTimeout = numberEntry('x-envoy-expected-rq-timeout-ms')
const contentLength = numberEntry('content-length')
const reqStartTime = numberEntry('req-start-time')
const reqCostTime = numberEntry('req-cost-time')
const reqArriveTime = numberEntry('req-arrive-time')
const respStartTime = numberEntry('resp-start-time')
const serviceTime = numberEntry('x-envoy-upstream-service-time')
const dateEntry = numberEntry('date', (seconds) => httpDate(1000 * seconds))

export const absent = (headers: HeaderList, name: string) => headerValue(headers, name) === undefined

/** Replaces the value where the header stands, or appends it: Envoy's rule for its inline headers. */
export function setInline(headers: MutableHeaders, entry: Entry): void {
  const [name, value] = entry
  const at = indexOf(headers, name)
  if (at < 0) {
    headers.push(entry)
    return
  }
  if (headers[at]?.[1] !== value) headers[at] = entry
  for (let index = headers.length - 1; index > at; index--) if (headers[index]?.[0] === name) headers.splice(index, 1)
}

const hexDigits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))
const uuidCodes: number[] = new Array(36).fill(45)

/** Sixteen seeded bytes as a version 4 UUID, the form of `x-request-id`. */
export function uuid4(random: Uint8Array): string {
  let at = 0
  for (let index = 0; index < 16; index++) {
    let byte = random[index] ?? 0
    if (index === 6) byte = (byte & 0x0f) | 0x40
    if (index === 8) byte = (byte & 0x3f) | 0x80
    if (index === 4 || index === 6 || index === 8 || index === 10) at++
    uuidCodes[at++] = hexDigits[byte >> 4] ?? 0
    uuidCodes[at++] = hexDigits[byte & 15] ?? 0
  }
  // In one piece: text put together from parts is copied by whoever looks into it.
  return String.fromCharCode(...uuidCodes)
}

export type UpstreamAddition = {
  readonly profile: GatewayProfile
  /** Virtual milliseconds since 1970 when the request arrived at the gateway. */
  readonly arrivedMs: number
  /** `:authority` as the client sent it. */
  readonly originalAuthority: string
  /** The route's timeout; 0 means none, and then no header. Envoy's default is 15000. */
  readonly timeoutMs: number
}

/** What the router adds after the last filter. No plugin sees these. Their order among themselves is not documented. */
export function requestToUpstream(headers: HeaderList, facts: UpstreamAddition): HeaderList {
  const { profile, timeoutMs } = facts
  // Gateway 2.1 says `original-host`, newer ones `x-envoy-original-host` (W3).
  const isHigress = gatewayFamily(profile) === 'higress'
  const host = (profile === 'higress-2.1' ? originalHost : envoyOriginalHost)(facts.originalAuthority)
  const start = reqStartTime(Math.floor(facts.arrivedMs))
  const result = headers.slice()
  if (appendedTo?.profile === profile && appendedTo.timed === timeoutMs > 0 && sameNames(appendedTo.headers, headers)) {
    if (isHigress) result.push(host, start)
    if (timeoutMs > 0) result.push(expectedTimeout(Math.floor(timeoutMs)))
    return result
  }
  if (isHigress) {
    setInline(result, host)
    setInline(result, start)
  }
  setExpectedTimeout(result, timeoutMs)
  const timed = timeoutMs > 0
  if (result.length === headers.length + (isHigress ? 2 : 0) + (timed ? 1 : 0)) appendedTo = { headers, profile, timed }
  return result
}

/** The last list that had none of these headers: to one of the same names they are appended. */
let appendedTo: { readonly headers: HeaderList; readonly profile: GatewayProfile; readonly timed: boolean } | undefined

function setExpectedTimeout(headers: MutableHeaders, timeoutMs: number): void {
  if (timeoutMs > 0) setInline(headers, expectedTimeout(Math.floor(timeoutMs)))
}

export type CalloutAddition = {
  readonly profile: GatewayProfile
  readonly nowMs: number
  readonly timeoutMs: number
  readonly bodyLength: number
}

/**
 * A plugin's HTTP call as its service receives it (proxy-wasm-host.md 8.1, higress.md 1.8): content-length when there
 * is a body, `x-envoy-internal`, the timeout, Higress' `req-start-time`; no `x-forwarded-for`, no original host.
 */
export function calloutToUpstream(headers: HeaderList, facts: CalloutAddition): HeaderList {
  const result: MutableHeaders = headers.map(([name, value]) => [name.toLowerCase(), value] as const)
  if (facts.bodyLength > 0) setInline(result, contentLength(facts.bodyLength))
  setInline(result, internal('true'))
  if (gatewayFamily(facts.profile) === 'higress') setInline(result, reqStartTime(Math.floor(facts.nowMs)))
  setExpectedTimeout(result, facts.timeoutMs)
  return result
}

export type UpstreamTiming = {
  readonly profile: GatewayProfile
  readonly arrivedMs: number
  /** When the whole request had come; an earlier response is not told how long the service took (seen on Envoy). */
  readonly completeMs: number | undefined
  /** When the response's headers came from the upstream. */
  readonly nowMs: number
}

/**
 * What the router adds to the upstream's response before the filters see it: `x-envoy-upstream-service-time`, and on
 * Higress the three times before it (plugins read `req-cost-time`). Local replies get none of them.
 */
export function responseFromUpstream(headers: HeaderList, timing: UpstreamTiming): HeaderList {
  const { profile, completeMs } = timing
  const cost = Math.floor(timing.nowMs - timing.arrivedMs)
  const arrived = Math.floor(timing.arrivedMs)
  const now = Math.floor(timing.nowMs)
  const service = completeMs === undefined ? -1 : Math.floor(timing.nowMs - completeMs)
  if (
    lastAnswer?.headers === headers &&
    lastAnswer.profile === profile &&
    lastAnswer.arrived === arrived &&
    lastAnswer.now === now &&
    lastAnswer.cost === cost &&
    lastAnswer.service === service
  )
    return lastAnswer.result
  const result = headers.slice()
  if (gatewayFamily(profile) === 'higress') {
    setInline(result, reqCostTime(cost))
    setInline(result, reqArriveTime(arrived))
    setInline(result, respStartTime(now))
  }
  if (service >= 0) setInline(result, serviceTime(service))
  lastAnswer = { headers, profile, arrived, now, cost, service, result }
  return result
}

/** A service that answers with the same list at the same time is told the same. */
let lastAnswer:
  | {
      readonly headers: HeaderList
      readonly profile: GatewayProfile
      readonly arrived: number
      readonly now: number
      readonly cost: number
      readonly service: number
      readonly result: HeaderList
    }
  | undefined

/**
 * The answer of a callout, as the plugin's callback sees it. Only the service time is added; `connection` is not
 * stripped there (envoy-observed.md b). Higress' own times on callouts are not documented, so they are not invented.
 */
export function calloutResponse(headers: HeaderList, facts: { readonly serviceTimeMs: number }): HeaderList {
  const result = [...headers]
  setInline(result, serviceTime(Math.floor(facts.serviceTimeMs)))
  return result
}

/**
 * What happens to a response after the last filter: hop-by-hop headers go, `server` becomes the gateway's name where
 * it stands, `date` is set if the response has none (proxy-wasm-host.md 6.7).
 */
export function responseToClient(
  headers: HeaderList,
  facts: { readonly profile: GatewayProfile; readonly nowMs: number },
): HeaderList {
  const { profile } = facts
  const seconds = Math.floor(facts.nowMs / 1000)
  if (lastSent?.profile === profile && lastSent.seconds === seconds && sameEntries(lastSent.headers, headers))
    return lastSent.result
  const upgraded = headerValue(headers, ':status') === '101'
  const result = upgraded ? headers.slice() : headers.filter((pair) => !responseHop.has(pair[0]))
  if (absent(result, 'date')) result.push(dateEntry(seconds))
  setInline(result, serverEntry(gatewayFamily(profile) === 'higress' ? 'istio-envoy' : 'envoy'))
  lastSent = { headers, profile, seconds, result }
  return result
}

/** What left last: a plugin that does the same to the same response has made a list of the same entries. */
let lastSent:
  | {
      readonly headers: HeaderList
      readonly profile: GatewayProfile
      readonly seconds: number
      readonly result: HeaderList
    }
  | undefined
