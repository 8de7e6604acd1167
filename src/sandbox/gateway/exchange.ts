/** One HTTP exchange: the client on one side, the chain in the middle, the router on the other. */
import type { PluginIndex, StreamId } from '../../model/brand.ts'
import { type HeaderList, type HttpProtocol, headerValue } from '../../model/http.ts'
import type { HttpListener, Route } from '../../model/project/types.ts'
import type { EffectiveAction, StreamEnd } from '../../model/trace.ts'
import type { DataStatus, HeadersStatus } from '../chain/action.ts'
import { type ChainEnds, type ChainReply, FilterChain } from '../chain/filter-chain.ts'
import type { ChainFilter } from '../chain/pass.ts'
import { frameResponse, isBodyless, isMalformed, isStatus, readByClient } from '../codec/downstream-codec.ts'
import { EnvoyHeaderMap } from '../codec/header-map.ts'
import type { GatewayEvent } from '../trace/recorder.ts'
import type { AttributeValue } from '../vm/seam.ts'
import type { AccessLogEntry } from './access-log.ts'
import { requestOnArrival, responseToClient, uuid4 } from './added-headers.ts'
import { joined } from './callout.ts'
import { type ClientRequest, ClientSender } from './client-sender.ts'
import { buildReply, gatewayReply, type ReplyParts } from './local-reply.ts'
import type { Plugin } from './plugin.ts'
import { PluginFilter } from './plugin-filter.ts'
import { clusterOf, findRoute } from './route-table.ts'
import { Router } from './router.ts'
import { addresses, type Runtime } from './runtime.ts'
import { streamAttribute } from './stream-attributes.ts'
import { StreamEnded } from './stream-end.ts'

/** What the client got, as far as it got it. */
export type ClientResponse = {
  readonly headers: HeaderList
  readonly body: Uint8Array[]
  trailers: HeaderList
}

export type ActionSeen = {
  readonly plugin: Plugin
  readonly callback: string
  readonly returned: number
  readonly action: EffectiveAction
}

/** Envoy's bits of `response.flags` for the flags used here. */
const flagBit: Readonly<Record<string, number>> = {
  UT: 0x4,
  LR: 0x8,
  UF: 0x20,
  UC: 0x40,
  NR: 0x100,
  DC: 0x2000,
  SI: 0x10000,
  DPE: 0x20000,
  UPE: 0x400000,
  NC: 0x2000000,
}

const noTexts: ReadonlyMap<string, string> = new Map()

export class Exchange implements ChainEnds {
  readonly id: StreamId
  readonly runtime: Runtime
  readonly listener: HttpListener
  readonly protocol: HttpProtocol
  readonly chain: FilterChain
  readonly router: Router
  readonly filters: readonly PluginFilter[]
  readonly filterState = new Map<string, Uint8Array>()
  readonly actions: ActionSeen[] = []
  readonly startedAt: number
  readonly arrivedMs: number
  bytesReceived = 0
  bytesSent = 0
  response: ClientResponse | undefined
  ended: StreamEnd | undefined
  details = ''
  readonly flags: string[] = []
  lastActivity: number
  private readonly sender: ClientSender
  private readonly request: ClientRequest
  private readonly malformed: boolean
  private route: Route | undefined
  private routeKnown = false
  private weightChoice: number | undefined
  private clientDone = false

  constructor(
    runtime: Runtime,
    id: StreamId,
    listener: HttpListener,
    plugins: readonly Plugin[],
    request: ClientRequest,
  ) {
    this.runtime = runtime
    this.id = id
    this.listener = listener
    this.protocol = request.protocol
    this.request = request
    this.startedAt = runtime.clock.now
    this.lastActivity = this.startedAt
    this.arrivedMs = runtime.clock.nowMs()
    this.router = new Router(this)
    this.sender = new ClientSender(this, request)
    this.malformed = isMalformed(request.headers)
    const inChain = this.malformed ? [] : plugins.filter((plugin) => plugin.revive() || !plugin.leavesChain)
    this.filters = inChain.map((plugin) => new PluginFilter(plugin, this))
    const limit = listener.bufferLimit
    this.chain = new FilterChain(this.filters, this, { request: limit, response: limit })
  }

  get originalAuthority(): string {
    return headerValue(this.request.headers, ':authority') ?? ''
  }

  /** Hosts from 1.33 on add the chunk to the shared buffer before the callback (6.4). */
  get appendsBeforeCall(): boolean {
    return this.runtime.profile !== 'higress-2.1'
  }

  record(event: GatewayEvent, plugin?: PluginIndex): void {
    this.runtime.recorder.record(event, this.id, plugin)
  }

  noteActivity(): void {
    this.lastActivity = this.runtime.clock.now
  }

  // ---- the client's side

  /** The request arrives: headers, and with them every chunk that comes without delay. */
  open(): void {
    const { headers, protocol } = this.request
    const endOfStream = this.sender.headersOnly
    this.record({ type: 'request.headers', listener: this.listener.name, protocol, headers, endOfStream })
    if (this.malformed) {
      this.refuse()
      return
    }
    const scheme = this.listener.scheme
    const arrived = requestOnArrival(headers, {
      ...(scheme === 'none' ? {} : { schemeOverwrite: scheme }),
      requestId: headerValue(headers, 'x-request-id') ?? this.newRequestId(),
      external: this.runtime.family === 'envoy',
    })
    this.startTimeouts()
    this.chain.request.feedHeaders(new EnvoyHeaderMap('request', arrived), endOfStream)
    this.sender.start()
  }

  private newRequestId(): string {
    const bytes = new Uint8Array(16)
    this.runtime.random('x-request-id').fill(bytes)
    return uuid4(bytes)
  }

  /** The codec refuses it: 400 before any filter exists. */
  private refuse(): void {
    this.details = 'http1.codec_error'
    this.flag('DPE')
    const reply = buildReply(gatewayReply(400, 'Bad Request', this.details), this.replyFacts())
    this.chain.response.headers = reply.headers
    this.chain.response.complete = true
    this.clientHeaders(false)
    this.clientData(reply.body, true, 'rejected')
  }

  private startTimeouts(): void {
    const { request, streamIdle } = this.runtime.config.timeouts
    const { clock } = this.runtime
    if (request !== undefined && request > 0)
      clock.after(request, this.id, () => {
        if (this.ended === undefined && !this.chain.request.complete)
          this.gatewayReply(gatewayReply(408, 'request timeout', 'request_overall_timeout'), '')
      })
    if (streamIdle !== undefined && streamIdle > 0) this.watchIdle(streamIdle)
  }

  private watchIdle(idle: number): void {
    const { clock } = this.runtime
    clock.after(this.lastActivity + idle - clock.now, this.id, () => {
      if (this.ended !== undefined) return
      if (clock.now - this.lastActivity < idle) {
        this.watchIdle(idle)
        return
      }
      const status = this.chain.request.complete ? 504 : 408
      this.gatewayReply(gatewayReply(status, 'stream timeout', 'stream_idle_timeout'), 'SI')
    })
  }

  /** The client goes away. */
  disconnect(ended: 'client-abort' | 'hung'): void {
    if (this.ended !== undefined) return
    if (ended === 'client-abort') this.record({ type: 'request.abort' })
    this.flag('DC')
    this.details = 'downstream_remote_disconnect'
    this.finish(ended)
  }

  // ---- replies and resets

  private replyFacts(): { profile: Runtime['profile']; grpc: boolean; head: boolean } {
    const headers = this.chain?.request.headers
    const type = headers?.get('content-type') ?? ''
    return {
      profile: this.runtime.profile,
      grpc: type === 'application/grpc' || type.startsWith('application/grpc+'),
      head: this.method === 'HEAD',
    }
  }

  private get method(): string {
    return headerValue(this.request.headers, ':method') ?? ''
  }

  /** `proxy_send_local_response` of a plugin, or a reply of the gateway when `plugin` is absent. */
  localReply(parts: ReplyParts & { readonly plugin?: PluginIndex }): void {
    const reply = buildReply(parts, this.replyFacts())
    const outcome = this.chain.isFinished ? 'ignored-second' : this.chain.wouldReply()
    this.record(
      {
        type: 'local-reply',
        status: parts.status,
        headers: reply.headers.pairs(),
        body: reply.body,
        details: reply.details,
        outcome,
      },
      parts.plugin,
    )
    if (outcome === 'sent') this.details = reply.details
    if (outcome !== 'ignored-second') this.router.cancel()
    this.chain.reply(reply)
  }

  gatewayReply(parts: ReplyParts, flag: string): void {
    if (flag !== '') this.flag(flag)
    this.localReply(parts)
  }

  /** A dead VM under a closed policy (7.4). */
  failClosed(plugin: PluginIndex): void {
    this.localReply({ ...gatewayReply(503, '', 'wasm_fail_stream', 14), plugin })
  }

  flag(flag: string): void {
    if (!this.flags.includes(flag)) this.flags.push(flag)
  }

  get flagBits(): number {
    return this.flags.reduce((bits, flag) => bits | (flagBit[flag] ?? 0), 0)
  }

  // ---- ends of the chain

  starting(direction: 'request' | 'response'): void {
    const { headers } = this.chain.pass(direction)
    if (headers !== undefined) this.record({ type: 'chain.headers', direction, headers: headers.pairs() })
    if (direction === 'response' && !this.chain.replied) this.details = 'via_upstream'
  }

  routerHeaders(endOfStream: boolean): void {
    this.router.headers(endOfStream)
  }

  routerData(bytes: Uint8Array, endOfStream: boolean): void {
    this.router.data(bytes, endOfStream)
  }

  routerTrailers(): void {
    this.router.trailers()
  }

  clientHeaders(endOfStream: boolean): void {
    const map = this.chain.response.headers
    if (map === undefined) return
    const status = map.get(':status')
    if (status === undefined || !isStatus(status)) {
      const what = 'missing required header: :status'
      const details = `filter_removed_required_response_headers{${what.replaceAll(' ', '_')}}`
      this.gatewayReply(gatewayReply(502, what, details), '')
      return
    }
    this.chain.headersSent = true
    this.noteActivity()
    const { profile, clock } = this.runtime
    const headers = frameResponse(responseToClient(map.pairs(), { profile, nowMs: clock.nowMs() }), {
      protocol: this.protocol,
      method: this.method,
      endOfStream,
      keepsConnection:
        this.chain.request.complete &&
        !/(^|,)\s*close\s*(,|$)/i.test(headerValue(this.request.headers, 'connection') ?? ''),
    })
    this.clientDone = endOfStream || isBodyless(this.method, status)
    this.response = { headers, body: [], trailers: [] }
    this.record({ type: 'response.headers', headers, endOfStream: this.clientDone })
    if (endOfStream) this.responseDone('complete')
  }

  clientData(bytes: Uint8Array, endOfStream: boolean, ended: StreamEnd = 'complete'): void {
    this.noteActivity()
    if (!this.clientDone && this.response !== undefined) {
      this.bytesSent += bytes.length
      if (bytes.length > 0) this.response.body.push(bytes)
      this.record({ type: 'response.body', data: bytes, endOfStream })
    }
    if (endOfStream) this.responseDone(ended)
  }

  clientTrailers(): void {
    const trailers = this.chain.response.trailers?.pairs() ?? []
    // HTTP/1 drops trailers unless they are enabled, which is not the default (6.6).
    if (this.protocol === 'h2' && this.response !== undefined && !this.clientDone) {
      this.response.trailers = trailers
      this.record({ type: 'response.trailers', trailers })
    } else if (!this.clientDone) this.record({ type: 'response.body', data: new Uint8Array(0), endOfStream: true })
    this.responseDone('complete')
  }

  /** The gateway is done; whether the client is, depends on the length that was announced (envoy-observed.md e). */
  private responseDone(ended: StreamEnd): void {
    const { response } = this
    if (
      response === undefined ||
      ended !== 'complete' ||
      isBodyless(this.method, headerValue(response.headers, ':status') ?? '')
    ) {
      this.finish(ended)
      return
    }
    const read = readByClient(response.headers, this.bytesSent)
    if (read.kind === 'whole') this.finish('complete')
    else if (this.protocol === 'h2') this.finish('truncated')
    else if (read.kind === 'cut') {
      const kept = joined(response.body).slice(0, read.at)
      response.body.splice(0, response.body.length, kept)
      this.finish('complete')
    } else {
      this.record({ type: 'hung', certainty: 'certain', direction: 'response' })
      this.finish('hung')
    }
  }

  tooLarge(direction: 'request' | 'response'): ChainReply {
    const parts =
      direction === 'request'
        ? gatewayReply(413, 'Payload Too Large', 'request_payload_too_large')
        : gatewayReply(500, 'Internal Server Error', 'response_payload_too_large')
    const reply = buildReply(parts, this.replyFacts())
    const outcome = this.chain.wouldReply()
    const { details, body } = reply
    this.record({ type: 'local-reply', status: parts.status, headers: reply.headers.pairs(), body, details, outcome })
    if (outcome === 'sent') this.details = details
    if (outcome !== 'ignored-second') this.router.cancel()
    return reply
  }

  watermark(direction: 'request' | 'response', paused: boolean): void {
    if (direction === 'request') this.sender.setPaused(paused)
    else this.router.setPaused(paused)
  }

  reset(details: string): void {
    if (this.ended !== undefined) return
    this.details = details.replaceAll(' ', '_')
    this.finish(this.response === undefined ? 'reset' : 'truncated')
  }

  paused(
    direction: 'request' | 'response',
    filter: ChainFilter,
    status: HeadersStatus | DataStatus,
    bufferedBytes: number,
  ): void {
    this.record({ type: 'chain.pause', direction, action: status, bufferedBytes }, indexOf(filter))
  }

  resumed(
    direction: 'request' | 'response',
    filter: ChainFilter,
    by: 'continue_stream' | 'return' | 'local-reply',
    bufferedBytes: number,
  ): void {
    this.record({ type: 'chain.resume', direction, by, bufferedBytes }, indexOf(filter))
  }

  /** on_log of every plugin, then done and delete of each, in configuration order (6.13). */
  private finish(ended: StreamEnd): void {
    if (this.ended !== undefined) return
    this.ended = ended
    this.chain.finish()
    this.router.cancel()
    this.sender.cancel()
    for (const filter of this.filters) filter.log()
    for (const filter of this.filters) filter.finish()
    const { recorder, seen } = this.runtime
    if (!recorder.enabled) return
    const end = new StreamEnded(ended, this.accessLogEntry())
    // A trace that is full keeps the text rather than the header lists it is made of, and in the end neither.
    if (recorder.isFull) end.settle()
    if (recorder.record(end, this.id)) seen.accessLog.push(end)
  }

  private accessLogEntry(): AccessLogEntry {
    const { clock, profile } = this.runtime
    const { response, router } = this
    return {
      profile,
      startMs: this.arrivedMs,
      durationMs: clock.nowMs() - this.arrivedMs,
      protocol: this.protocol === 'h2' ? 'HTTP/2' : 'HTTP/1.1',
      requestHeaders: this.chain.request.headers?.pairs() ?? this.request.headers,
      responseHeaders: response?.headers ?? [],
      status: Number(headerValue(response?.headers ?? [], ':status') ?? 0),
      flags: this.flags.join(','),
      details: this.details,
      bytesReceived: this.bytesReceived,
      bytesSent: this.bytesSent,
      routeName: this.route?.name ?? '',
      cluster: router.seen?.cluster ?? '',
      upstreamHost: router.service?.host ?? '',
      upstreamLocalAddress: router.service === undefined ? '' : addresses.gateway,
      downstreamLocalAddress: addresses.listener(this.listener.port),
      downstreamRemoteAddress: addresses.client,
      upstreamTransportFailureReason: '',
      filterState: this.filterStateTexts(),
    }
  }

  private filterStateTexts(): ReadonlyMap<string, string> {
    if (this.filterState.size === 0) return noTexts
    return new Map(
      [...this.filterState].map(([name, value]) => [
        name,
        Array.from(value, (byte) => String.fromCharCode(byte)).join(''),
      ]),
    )
  }

  // ---- routes and properties

  findRoute(): Route | undefined {
    if (this.routeKnown) return this.route
    const { headers } = this.chain.request
    this.route = headers === undefined ? undefined : findRoute(this.listener, headers)
    this.routeKnown = true
    return this.route
  }

  /** Once the request has gone to its service the route stands. */
  clearRoute(): void {
    if (this.router.seen !== undefined) return
    this.routeKnown = false
  }

  clusterOf(route: Route): string {
    if (route.target.kind !== 'weights') return clusterOf(route, 0)
    this.weightChoice ??= this.runtime.random('weighted cluster').next()
    return clusterOf(route, this.weightChoice)
  }

  routeName(): string | undefined {
    return this.findRoute()?.name
  }

  clusterName(): string | undefined {
    const route = this.findRoute()
    if (this.router.seen !== undefined) return this.router.seen.cluster
    return route === undefined || route.target.kind === 'direct' ? undefined : this.clusterOf(route)
  }

  attribute(path: readonly string[], filter: PluginFilter): AttributeValue {
    return streamAttribute(path, this, filter)
  }

  /** Stored for every plugin of the stream; some Higress names also act (5.3). */
  setProperty(path: string, value: Uint8Array, plugin: Plugin): number {
    if (this.runtime.family === 'higress') {
      if (path.startsWith('trace_span_tag.')) return 0
      const number = Number(new TextDecoder().decode(value))
      if (path === 'set_decoder_buffer_limit' && Number.isInteger(number)) this.chain.request.setLimit(number)
      if (path === 'set_encoder_buffer_limit' && Number.isInteger(number)) this.chain.response.setLimit(number)
      if (path === 'wasm_need_rebuild') this.noteMissing('rebuilding a VM after wasm_need_rebuild', plugin)
    }
    this.filterState.set(path, value.slice())
    return 0
  }

  private noteMissing(what: string, plugin: Plugin): void {
    const message = `not in Proxyground yet: ${what}`
    this.record({ type: 'log', level: 'warn', message, via: 'host', shown: true }, plugin.index)
  }
}

const indexOf = (filter: ChainFilter): PluginIndex | undefined =>
  filter instanceof PluginFilter ? filter.plugin.index : undefined
