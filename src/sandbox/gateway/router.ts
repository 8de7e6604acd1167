/** Behind the last request filter: route, cluster, the service and its response (proxy-wasm-host.md 6.7 to 6.9). */
import { type HeaderList, headerValue } from '../../model/http.ts'
import type { Route } from '../../model/project/types.ts'
import { EnvoyHeaderMap } from '../codec/header-map.ts'
import { encodeRequestHeaders, invalidRequestHeader, receivedByService } from '../codec/upstream-codec.ts'
import type { Timer } from '../time/virtual-clock.ts'
import type { TimedResponse } from '../upstream/types.ts'
import { requestToUpstream } from './added-headers.ts'
import { joined } from './callout.ts'
import type { Exchange } from './exchange.ts'
import { feedResponse } from './feed-response.ts'
import { gatewayReply } from './local-reply.ts'
import { answersEarly, otherwise, type Piece, piecesOf } from './response-pieces.ts'
import { ResponseReader, type ResponseTaker } from './response-reader.ts'
import { rewriteFor } from './route-table.ts'
import { addresses, hostsOf, type Service, upstreamContext } from './runtime.ts'
import { failStream, type UpstreamFailure } from './upstream-failure.ts'
import { WebSocketStream } from './web-socket.ts'

/** What the report says about the request as the service saw it. */
export type UpstreamSeen = {
  readonly cluster: string
  readonly headers: HeaderList
  readonly body: Uint8Array[]
  trailers: HeaderList
}

const nothing = new Uint8Array(0)
/** Never written to. */
const noTimers: Timer[] = []

export class Router implements ResponseTaker {
  /** Set once the request went to a service. */
  seen: UpstreamSeen | undefined
  service: Service | undefined
  /** A plugin's choice among the hosts of the cluster; another address does not count. */
  chosenHost: string | undefined
  private readonly exchange: Exchange
  private timers: Timer[] = noTimers
  /** Ends when the service has answered in full, even if a plugin then holds the response for ever. */
  private timeout: Timer | undefined
  private asked = false
  /** How long the service may take, nanoseconds; 0: for ever. */
  private allowed = 0
  /** When the headers went out. */
  sentMs = 0
  /** When the last piece of the response came. */
  receivedMs: number | undefined
  /** When the whole request had come. */
  private completeMs: number | undefined
  private readonly reader: ResponseReader
  /** Of a request that asks for an upgrade. */
  private webSocket: WebSocketStream | undefined
  over = false

  constructor(exchange: Exchange) {
    this.exchange = exchange
    this.reader = new ResponseReader(this)
  }

  headers(endOfStream: boolean): void {
    const { exchange } = this
    const route = exchange.route.find()
    if (route === undefined) {
      exchange.gatewayReply(gatewayReply(404, '', 'route_not_found'), 'NR')
      return
    }
    const cluster = exchange.route.clusterOf(route)
    exchange.told.route(exchange.id, route.name, cluster)
    if (route.target.kind === 'direct') {
      const { status, headers, body } = route.target
      exchange.gatewayReply({ status, headers, body, details: 'direct_response', grpcStatus: 0xffffffff }, '')
      return
    }
    const service = exchange.runtime.services.get(cluster)
    if (service === undefined) exchange.gatewayReply(gatewayReply(503, '', 'cluster_not_found'), 'NC')
    else this.connect(route, service, endOfStream)
  }

  /** Where the request went: the first host of its cluster, or the one that a plugin chose. */
  get host(): string | undefined {
    const { service, chosenHost } = this
    if (service === undefined) return undefined
    return chosenHost !== undefined && hostsOf(service).includes(chosenHost) ? chosenHost : service.host
  }

  private connect(route: Route, service: Service, endOfStream: boolean): void {
    const { exchange } = this
    const map = exchange.chain.request.headers
    if (map === undefined) return
    const invalid = invalidRequestHeader(map.pairs())
    if (invalid !== undefined) {
      const details = `filter_removed_required_request_headers{${invalid.replaceAll(' ', '_')}}`
      exchange.gatewayReply(gatewayReply(503, invalid, details), 'DPE')
      return
    }
    this.service = service
    rewriteFor(route, map)
    // A plugin's own timeout for this request; the header goes no further.
    const text = map.get('x-envoy-upstream-rq-timeout-ms')
    if (text !== undefined) map.remove('x-envoy-upstream-rq-timeout-ms')
    const asked = text === undefined ? Number.NaN : Number(text)
    this.allowed = Number.isInteger(asked) && asked >= 0 ? asked * 1e6 : route.timeout
    const { runtime } = exchange
    this.sentMs = runtime.clock.nowMs()
    const added = requestToUpstream(map.pairs(), {
      profile: runtime.profile,
      arrivedMs: exchange.arrivedMs,
      originalAuthority: exchange.originalAuthority,
      timeoutMs: this.allowed / 1e6,
    })
    if (map instanceof EnvoyHeaderMap) map.adopt(added)
    else map.setAll(added)
    const upgrades = exchange.upgrade === 'websocket'
    const headers = encodeRequestHeaders(added, {
      endOfStream: endOfStream || upgrades,
      protocol: service.cluster.protocol,
      profile: runtime.profile,
    })
    this.seen = { cluster: service.name, headers, body: [], trailers: [] }
    exchange.told.upstreamRequest(exchange.id, service.name, this.host ?? '', headers, endOfStream)
    if (upgrades) this.webSocket = new WebSocketStream(exchange, service)
    if (upgrades || answersEarly(service)) this.ask(nothing)
    if (endOfStream) this.complete(headerValue(headers, 'transfer-encoding') !== undefined)
  }

  data(bytes: Uint8Array, endOfStream: boolean): void {
    if (this.over || this.seen === undefined) return
    if (this.webSocket !== undefined && bytes.length === 0) return
    if (bytes.length > 0) this.seen.body.push(bytes)
    this.exchange.told.upstreamRequestBody(this.exchange.id, bytes, endOfStream)
    if (this.webSocket !== undefined) this.webSocket.received(bytes)
    else if (endOfStream) this.complete()
    else if (!this.asked && this.hasAnnouncedBody()) this.ask(joined(this.seen.body))
  }

  /** The service has all that was announced and answers, also while a plugin holds the end. */
  private hasAnnouncedBody(): boolean {
    const { seen, service } = this
    if (seen === undefined || service?.cluster.protocol !== 'h1') return false
    const announced = headerValue(seen.headers, 'content-length')
    return announced !== undefined && seen.body.reduce((sum, { length }) => sum + length, 0) === Number(announced)
  }

  trailers(): void {
    if (this.over || this.seen === undefined || this.service === undefined) return
    // HTTP/1 drops trailers unless they are enabled, which is not the default (6.6).
    const trailers = this.service.cluster.protocol === 'h2' ? (this.exchange.chain.request.trailers?.pairs() ?? []) : []
    this.seen.trailers = trailers
    if (trailers.length > 0) this.exchange.record({ type: 'upstream.request.trailers', trailers })
    else this.exchange.record({ type: 'upstream.request.body', data: nothing, endOfStream: true })
    this.complete()
  }

  /** The stream ended or was answered otherwise: the service's answer is of no interest any more. */
  cancel(): void {
    this.over = true
    this.timeout?.cancel()
    for (const timer of this.timers) timer.cancel()
    this.timers = noTimers
  }

  /** Back-pressure: hold what arrives, or let it go on. */
  setPaused(paused: boolean): void {
    if (this.webSocket === undefined) this.reader.setPaused(paused)
    else this.webSocket.setPaused(paused)
  }

  private complete(unfinished = false): void {
    const { seen } = this
    if (seen === undefined) return
    this.completeMs = this.exchange.runtime.clock.nowMs()
    if (this.allowed > 0)
      this.timeout = this.exchange.runtime.clock.after(this.allowed, this.exchange.id, () => this.timeOut())
    // Announced as chunked and ended with its headers: the codec never sends the last chunk, the service waits for it.
    if (unfinished) return
    if (!this.asked) this.ask(joined(seen.body))
  }

  private ask(body: Uint8Array): void {
    const { service, seen } = this
    if (service === undefined || seen === undefined) return
    this.asked = true
    const { protocol } = service.cluster
    const headers = answersEarly(service) ? seen.headers.filter(([name]) => name !== 'content-length') : seen.headers
    const received = receivedByService(headers, body, seen.trailers, protocol, addresses.gateway)
    // The service waits for the announced rest; only a timeout of the route ends it.
    if (received === 'waiting') return
    if (received === 'broken') {
      this.after(0, () => this.fail('broken'))
      return
    }
    if (received === 'refused') {
      this.play({ kind: 'response', headers: [[':status', '400'], ['connection', 'close']], delay: 0, chunks: [], trailers: [] }) // biome-ignore format: pairs
      return
    }
    this.play(service.upstream(received, upstreamContext(this.exchange.runtime, service)))
  }

  private play(result: TimedResponse): void {
    switch (result.kind) {
      case 'hang':
        return
      case 'unreachable':
        this.after(0, () => this.fail('refused', result.detail))
        return
      case 'connect-timeout':
        this.after(result.after, () => this.fail('connect-timeout'))
        return
      case 'reset':
        this.after(result.delay, () => this.fail('reset'))
        return
      case 'response': {
        const { service, seen } = this
        if (service === undefined || seen === undefined) return
        if (this.webSocket?.takes(result) === true) {
          this.webSocket.answered(result)
          return
        }
        this.webSocket = undefined
        const method = headerValue(seen.headers, ':method') ?? ''
        const pieces = piecesOf(result, service.cluster.protocol, method)
        const { schedule } = this.exchange.runtime
        this.reader.schedule(
          schedule === undefined ? pieces : otherwise(pieces, schedule, service.name, this.allowed),
          0,
        )
        return
      }
    }
  }

  /** A piece of the response, on its way to the filters. */
  deliver(piece: Piece): void {
    const { exchange } = this
    exchange.noteActivity()
    if (piece.kind === 'trailers' || ('endOfStream' in piece && piece.endOfStream)) {
      this.timeout?.cancel()
      this.receivedMs = exchange.runtime.clock.nowMs()
    }
    if (piece.kind === 'reset') this.fail(piece.lost ? 'lost' : 'broken')
    else if (this.service !== undefined) feedResponse(exchange, this.service, piece, this.completeMs)
  }

  private fail(how: UpstreamFailure, detail?: string): void {
    if (!this.over) failStream(this.exchange, how, detail)
  }

  private timeOut(): void {
    const { exchange } = this
    if (this.over) return
    exchange.record({ type: 'upstream.reset', cluster: this.seen?.cluster ?? '', reason: 'timeout' })
    exchange.gatewayReply(gatewayReply(504, 'upstream request timeout', 'response_timeout', 14), 'UT')
  }

  /** Later, unless the stream is over by then. */
  after(delay: number, action: () => void): void {
    const timer = this.exchange.runtime.clock.after(delay, this.exchange.id, action)
    // The first in an array of its own size: most requests have no other.
    if (this.timers === noTimers) this.timers = [timer]
    else this.timers.push(timer)
  }
}
