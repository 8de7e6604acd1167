/** One HTTP exchange: the client on one side, the chain in the middle, the router on the other. */
import type { PluginIndex, StreamId } from '../../model/brand.ts'
import type { HeaderList, HttpProtocol } from '../../model/http.ts'
import type { HttpListener } from '../../model/project/types.ts'
import type { StreamEnd } from '../../model/trace.ts'
import { FilterChain } from '../chain/filter-chain.ts'
import { isMalformed } from '../codec/downstream-codec.ts'
import { EnvoyHeaderMap } from '../codec/header-map.ts'
import { readFromHttp2 } from '../codec/http2-headers.ts'
import type { GatewayEvent } from '../trace/plain-events.ts'
import type { StreamEvents } from '../trace/stream-events.ts'
import { uuid4 } from './added-headers.ts'
import { ClientReceiver, type ClientResponse } from './client-receiver.ts'
import { type ClientRequest, ClientSender } from './client-sender.ts'
import { ExchangeEnds } from './exchange-ends.ts'
import { accessLogEntry } from './exchange-log.ts'
import { FilterState } from './filter-state.ts'
import { gatewayReply, type ReplyParts } from './local-reply.ts'
import type { Plugin } from './plugin.ts'
import { type ActionSeen, PluginFilter } from './plugin-filter.ts'
import { requestOnArrival } from './request-on-arrival.ts'
import { Router } from './router.ts'
import type { Runtime } from './runtime.ts'
import { sentFacts } from './sent-facts.ts'
import { type AnyReply, announceReply, refuse, refuseUpgrade } from './stream-replies.ts'
import { StreamRoute } from './stream-route.ts'
import { startTimeouts } from './stream-timeouts.ts'
import { upgradeOf } from './web-socket.ts'

/**
 * What filters may buffer of an HTTP/2 stream, bytes, either way: its window, whatever the listener's limit is. Envoy's
 * default, and what Higress sets (`downstream.http2.initialStreamWindowSize`).
 */
const streamLimit = { envoy: 16 * 1024 * 1024, higress: 65_535 } as const

/** Filled anew for each. */
const requestIdBytes = new Uint8Array(16)

export class Exchange {
  readonly id: StreamId
  readonly runtime: Runtime
  readonly listener: HttpListener
  readonly protocol: HttpProtocol
  readonly chain: FilterChain
  readonly route: StreamRoute
  readonly router: Router
  readonly filters: readonly PluginFilter[]
  readonly filterState = new FilterState()
  readonly actions: ActionSeen[] = []
  readonly startedAt: number
  readonly arrivedMs: number
  bytesReceived = 0
  ended: StreamEnd | undefined
  details = ''
  readonly flags: string[] = []
  lastActivity: number
  readonly sender: ClientSender
  readonly client: ClientReceiver
  private readonly request: ClientRequest
  private readonly malformed: boolean
  /** `websocket`: the client asks to switch, and the listener has it. */
  readonly upgrade: 'none' | 'websocket' | 'refused'

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
    this.route = new StreamRoute(this)
    this.router = new Router(this)
    this.client = new ClientReceiver(this)
    this.sender = new ClientSender(this, request)
    this.malformed = isMalformed(request.headers)
    this.upgrade = upgradeOf(this)
    const inChain = this.malformed ? [] : plugins.filter((plugin) => plugin.revive() || !plugin.leavesChain)
    this.filters = inChain.map((plugin) => new PluginFilter(plugin, this))
    const limit = request.protocol === 'h2' ? streamLimit[runtime.family] : listener.bufferLimit
    this.chain = new FilterChain(this.filters, new ExchangeEnds(this), { request: limit, response: limit })
  }

  /** As the client sent them. */
  get sentHeaders(): HeaderList {
    return this.request.headers
  }

  /** The client's side has no end of its own: behind a switch, or in a tunnel, bytes may come for ever. */
  get staysOpen(): boolean {
    return this.upgrade === 'websocket' || this.method === 'CONNECT'
  }

  get method(): string {
    return sentFacts(this.request.headers).method
  }

  /** What the client got, as far as it got it. */
  get response(): ClientResponse | undefined {
    return this.client.response
  }

  get bytesSent(): number {
    return this.client.bytesSent
  }

  get originalAuthority(): string {
    return sentFacts(this.request.headers).authority
  }

  /** Hosts from 1.33 on add the chunk to the shared buffer before the callback (6.4). */
  get appendsBeforeCall(): boolean {
    return this.runtime.profile !== 'higress-2.1'
  }

  record(event: GatewayEvent, plugin?: PluginIndex): void {
    this.runtime.recorder.record(event, this.id, plugin)
  }

  /** For what every request tells. */
  get told(): StreamEvents {
    return this.runtime.recorder.streams
  }

  noteActivity(): void {
    this.lastActivity = this.runtime.clock.now
  }

  // ---- the client's side

  /** The request arrives: headers, and with them every chunk that comes without delay. */
  open(): void {
    const { headers, protocol } = this.request
    const endOfStream = this.sender.headersOnly
    this.told.requestHeaders(this.id, this.listener.name, protocol, headers, endOfStream)
    if (this.malformed) {
      refuse(this)
      return
    }
    const scheme = this.listener.scheme
    const arrived = requestOnArrival(protocol === 'h2' ? readFromHttp2(headers) : headers, {
      schemeOverwrite: scheme === 'none' ? undefined : scheme,
      requestId: sentFacts(headers).requestId ?? this.newRequestId(),
      external: this.runtime.family === 'envoy',
    })
    if (this.upgrade === 'refused') {
      refuseUpgrade(this, arrived)
      return
    }
    startTimeouts(this)
    this.client.reads(true)
    this.chain.request.feedHeaders(new EnvoyHeaderMap('request', arrived), endOfStream)
    this.sender.start()
    this.client.reads(false)
  }

  private newRequestId(): string {
    this.runtime.random('x-request-id').fill(requestIdBytes)
    return uuid4(requestIdBytes)
  }

  /** The client goes away. */
  disconnect(ended: 'client-abort' | 'hung'): void {
    if (this.ended !== undefined) return
    if (ended === 'client-abort') this.record({ type: 'request.abort' })
    this.flag('DC')
    this.details = 'downstream_remote_disconnect'
    this.finish(ended)
  }

  /** The client has its whole answer and goes, while a plugin holds the end. */
  leave(): void {
    if (this.ended !== undefined) return
    this.flag('DC')
    this.details = 'downstream_remote_disconnect'
    this.finish('complete')
  }

  /** The client of a WebSocket may speak from now on. */
  switched(): void {
    this.sender.switched()
  }

  /** Nothing else moves this stream: the client of a WebSocket says goodbye, then goes. False: it is none, or has gone. */
  goesOn(): boolean {
    if (this.ended !== undefined || !this.client.hasSwitched) return false
    if (!this.sender.sayGoodbye()) this.leave()
    return true
  }

  /** The service behind a WebSocket closed the connection. */
  closedByService(): void {
    if (this.ended !== undefined) return
    this.flag('UC')
    this.details = 'upstream_reset_after_response_started{connection_termination}'
    this.finish('complete')
  }

  // ---- replies and resets

  /** `proxy_send_local_response` of a plugin, or a reply of the gateway when `plugin` is absent. */
  localReply(parts: AnyReply): void {
    const outcome = this.chain.isFinished ? 'ignored-second' : this.chain.wouldReply()
    // The route may add headers to the reply: the gateway looks for it again when a plugin changed the request (seen).
    if (outcome === 'sent') this.route.refresh()
    this.chain.reply(announceReply(this, parts, outcome))
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

  // ---- its end

  /** It ends without (the rest of) a response. */
  reset(details: string): void {
    if (this.ended !== undefined) return
    this.client.reset()
    this.details = details.replaceAll(' ', '_')
    this.finish(this.response === undefined ? 'reset' : 'truncated')
  }

  /** on_log of every plugin, then done and delete of each, in configuration order (6.13). */
  finish(ended: StreamEnd): void {
    if (this.ended !== undefined) return
    this.ended = ended
    this.chain.finish()
    this.router.cancel()
    this.sender.cancel()
    for (const filter of this.filters) filter.log()
    for (const filter of this.filters) filter.finish()
    if (!this.runtime.recorder.enabled) return
    this.told.end(this.id, ended, accessLogEntry(this))
  }
}
