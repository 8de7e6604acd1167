/** HTTP calls of plugins (proxy-wasm-host.md 8.1, envoy-observed.md b and c). */
import type { StreamId } from '../../model/brand.ts'
import { type HeaderList, headerValue } from '../../model/http.ts'
import { EnvoyHeaderMap } from '../codec/header-map.ts'
import { encodeRequestHeaders, receivedByService } from '../codec/upstream-codec.ts'
import { tooManyCalls } from '../host/bounds.ts'
import type { Timer } from '../time/virtual-clock.ts'
import { notThereMark } from '../upstream/from-cluster.ts'
import type { CallStart, HttpCallRequest } from '../vm/seam.ts'
import { calloutResponse, calloutToUpstream } from './added-headers.ts'
import type { PluginRoot } from './plugin-root.ts'
import { addresses, noteCall, type Runtime, type Service, upstreamContext } from './runtime.ts'
import { connectFailureText, connectTimeoutText, resetText } from './upstream-failure.ts'

type Outcome = 'response' | 'timeout' | 'connect-failure' | 'reset'
type Answer = {
  readonly outcome: Outcome
  readonly headers: HeaderList
  readonly body: Uint8Array
  readonly trailers: HeaderList
}

/** What is on its way: all of an answer `delay` nanoseconds from now, its headers `headersAfter`; or only headers. */
type Coming =
  | (Answer & { readonly kind: 'all'; readonly delay: number; readonly headersAfter: number })
  | { readonly kind: 'headers'; readonly headersAfter: number }
  | { readonly kind: 'nothing' }

const nothingComes: Coming = { kind: 'nothing' }
const all = (answer: Answer, delay: number): Coming => ({ kind: 'all', ...answer, delay, headersAfter: delay })

const empty = new Uint8Array(0)
const text = (value: string): Uint8Array => new TextEncoder().encode(value)

/** The checks in Envoy's order, then the call. Its end always comes through the clock, never inside the host call. */
export function startCallout(runtime: Runtime, root: PluginRoot, token: number, request: HttpCallRequest): CallStart {
  if (request.timeoutMs >= 2 ** 31)
    return { status: 2, reason: { code: 'timeout-too-large', value: request.timeoutMs } }
  const service = runtime.services.get(request.cluster)
  const problem = root.clusterProblem(request.cluster)
  if (service === undefined || problem !== undefined)
    return { status: 2, ...(problem === undefined ? {} : { reason: problem }) }
  const tooMany = tooManyCalls(runtime.clock.pending)
  if (tooMany !== undefined) return tooMany
  const map = new EnvoyHeaderMap('request', request.headers)
  const missing = [':path', ':method', ':authority'].find((name) => !map.has(name))
  if (missing !== undefined) return { status: 2, reason: { code: 'missing-pseudo-header', header: missing } }
  new Callout(runtime, root, token, service).send(map, request)
  return { status: 0 }
}

class Callout {
  private readonly runtime: Runtime
  private readonly root: PluginRoot
  private readonly token: number
  private readonly service: Service
  private readonly stream: StreamId | undefined
  private readonly timers: Timer[] = []

  constructor(runtime: Runtime, root: PluginRoot, token: number, service: Service) {
    this.runtime = runtime
    this.root = root
    this.token = token
    this.service = service
    this.stream = runtime.scope.stream
  }

  send(map: EnvoyHeaderMap, request: HttpCallRequest): void {
    const { clock, recorder, profile, seen } = this.runtime
    const protocol = this.service.cluster.protocol
    const headers = encodeRequestHeaders(
      calloutToUpstream(map.pairs(), {
        profile,
        nowMs: clock.nowMs(),
        timeoutMs: request.timeoutMs,
        bodyLength: request.body.length,
      }),
      { endOfStream: request.body.length === 0, protocol, profile },
    )
    recorder.record(
      {
        type: 'callout.request',
        token: this.token,
        cluster: this.service.name,
        headers,
        body: request.body,
        timeoutMs: request.timeoutMs,
      },
      this.stream,
      this.root.identity.index,
    )
    noteCall(seen, {
      stream: this.stream,
      cluster: this.service.name,
      path: headerValue(headers, ':path') ?? '',
      headers,
      body: request.body,
      trailers: [],
    })
    const answer = this.ask(headers, request.body, protocol)
    const later = this.runtime.schedule?.delay(this.service.name, request.timeoutMs * 1e6) ?? 0
    if (answer.kind === 'all') this.timers.push(clock.after(answer.delay + later, 'shared', () => this.end(answer)))
    const allowed = request.timeoutMs * 1e6
    // Envoy has a reply of its own only while nothing of the response is there (conformance/cases/faults.ts).
    const begun = answer.kind !== 'nothing' && answer.headersAfter + later <= allowed
    if (allowed > 0) this.timers.push(clock.after(allowed, 'shared', () => this.end(begun ? cutShort : timedOut)))
  }

  /** Request trailers are accepted but not sent (8.1). */
  private ask(headers: HeaderList, body: Uint8Array, protocol: 'h1' | 'h2'): Coming {
    const { upstream } = this.service
    const received = receivedByService(headers, body, [], protocol, addresses.gateway)
    if (received === 'waiting') return nothingComes
    if (received === 'broken') return all({ outcome: 'reset', headers: [], body: empty, trailers: [] }, 0)
    if (received === 'refused')
      return all({ outcome: 'response', headers: [[':status', '400']], body: empty, trailers: [] }, 0)
    const result = upstream(received, upstreamContext(this.runtime, this.service))
    switch (result.kind) {
      case 'hang':
        return nothingComes
      case 'unreachable':
        // A service that Proxyground lacks must not look like one that is down.
        if (result.detail.startsWith(notThereMark)) this.noteMissing(result.detail)
        return all(local(503, connectFailureText(this.runtime.profile, result.detail), 'connect-failure'), 0)
      case 'connect-timeout':
        return all(local(503, connectTimeoutText, 'connect-failure'), result.after)
      case 'reset':
        return all(local(503, resetText, 'connect-failure'), result.delay)
      case 'response': {
        const delay = result.chunks.reduce((sum, chunk) => sum + chunk.after, result.delay)
        const headersAfter = result.delay
        if (result.end === 'hang') return { kind: 'headers', headersAfter }
        if (result.end !== undefined)
          return { kind: 'all', outcome: 'reset', headers: [], body: empty, trailers: [], delay, headersAfter }
        const serviceTimeMs = result.delay / 1e6
        return {
          kind: 'all',
          outcome: 'response',
          headers: new EnvoyHeaderMap('response', calloutResponse(result.headers, { serviceTimeMs })).pairs(),
          body: joined(result.chunks.map(({ data }) => data)),
          trailers: protocol === 'h2' ? result.trailers : [],
          delay,
          headersAfter,
        }
      }
    }
  }

  private noteMissing(reason: string): void {
    const event = { type: 'upstream.reset', cluster: this.service.name, reason } as const
    this.runtime.recorder.record(event, this.stream, this.root.identity.index)
  }

  private end(answer: Answer): void {
    for (const timer of this.timers) timer.cancel()
    const { root } = this.root
    // Cancelled with its VM or root, without a callback (8.1).
    if (root === undefined) return
    const { recorder, scope } = this.runtime
    const { outcome, headers, body, trailers } = answer
    recorder.record(
      { type: 'callout.response', token: this.token, cluster: this.service.name, outcome, headers, body, trailers },
      this.stream,
      this.root.identity.index,
    )
    const outer = scope.stream
    scope.stream = this.stream
    this.root.phase = 'http_call_response'
    root.httpCallResponse(
      this.token,
      outcome === 'reset' || answer === cutShort ? 'reset' : { headers, body, trailers },
    )
    this.root.phase = ''
    scope.stream = outer
  }
}

/** Failures are real responses for the plugin, never zero headers (envoy-observed.md b). */
function local(status: number, body: string, outcome: Outcome): Answer {
  const bytes = text(body)
  const headers: HeaderList = [[':status', String(status)], ['content-length', String(bytes.length)], ['content-type', 'text/plain']] // biome-ignore format: pairs
  return { outcome, headers, body: bytes, trailers: [] }
}

const timedOut = local(504, 'upstream request timeout', 'timeout')
/** Its time was over while the body was still coming: nothing of it is for the plugin. */
const cutShort: Answer = { outcome: 'timeout', headers: [], body: empty, trailers: [] }

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const only = parts[0]
  if (only === undefined) return empty
  if (parts.length === 1) return only
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}
