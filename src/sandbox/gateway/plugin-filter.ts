/**
 * One plugin in one stream: the filter the chain calls, and what its host calls can reach
 * (proxy-wasm-host.md 6.3 to 6.7, 6.14; Envoy's wasm Context and FilterBase).
 */
import { assertNever } from '../../model/result.ts'
import type { Direction, EffectiveAction } from '../../model/trace.ts'
import {
  type DataStatus,
  dataStatus,
  type HeadersStatus,
  headersStatus,
  repliedStatus,
  type TrailersStatus,
  trailersStatus,
} from '../chain/action.ts'
import type { BodyChunk } from '../chain/body-chunk.ts'
import type { ChainFilter } from '../chain/pass.ts'
import { EnvoyHeaderMap } from '../codec/header-map.ts'
import type {
  AttributeValue,
  BodyBuffer,
  ContextHost,
  GuestReturn,
  HeaderMap,
  LocalReply,
  StreamContext,
} from '../vm/seam.ts'
import type { Exchange } from './exchange.ts'
import type { Plugin } from './plugin.ts'
import { setStreamProperty } from './set-property.ts'
import { streamAttribute } from './stream-attributes.ts'

/** What a callback answered and what the chain made of it, for the report. */
export type ActionSeen = {
  readonly plugin: Plugin
  readonly callback: string
  readonly returned: number
  readonly action: EffectiveAction
}

/** The pointers of one direction (6.7): what the guest may touch now. */
type Reach = {
  headers: HeaderMap | undefined
  body: BodyChunk | undefined
  trailers: HeaderMap | undefined
  /** The last body callback answered StopIterationAndBuffer: buffer 0/1 is the shared buffer (6.4). */
  buffering: boolean
  /** The running or last body callback carries the end: trailers may be created (6.6). */
  lastBody: boolean
}

const reach = (): Reach => ({
  headers: undefined,
  body: undefined,
  trailers: undefined,
  buffering: false,
  lastBody: false,
})

export class PluginFilter implements ChainFilter, ContextHost {
  readonly kind = 'http'
  readonly plugin: Plugin
  inLog = false
  phase = ''
  private readonly exchange: Exchange
  private readonly request = reach()
  private readonly response = reach()
  private context: StreamContext | undefined
  /** The context of the last call: the stream may have ended inside it. */
  private called: StreamContext | undefined
  /** Request headers reached this filter; without it the response passes by (6.8). */
  private started = false
  private dead = false
  /** Higress `clear_route_cache=off` (5.3). */
  private keepsRoute = false
  private lastReturned = 0

  constructor(plugin: Plugin, exchange: Exchange) {
    this.plugin = plugin
    this.exchange = exchange
    this.context = plugin.openStream(this, exchange.id)
    this.dead = this.context === undefined
  }

  get contextId(): number {
    return this.context?.id ?? 0
  }

  // ---- the chain calls

  headers(direction: Direction, endOfStream: boolean): HeadersStatus {
    if (this.skips(direction)) return 'Continue'
    const mine = this.of(direction)
    const map = this.exchange.chain.pass(direction).headers
    if (map === undefined) return 'Continue'
    mine.headers = map
    mine.lastBody = false
    const status = this.call(direction, 'headers', map.size, endOfStream)
    const action =
      typeof status === 'number' ? headersStatus(status, this.plugin.convertsHeaderStop) : statusOf(status).headers
    if (action === 'Continue') mine.headers = undefined
    this.note(direction, 'headers', status, action)
    return action
  }

  data(direction: Direction, chunk: BodyChunk, endOfStream: boolean): DataStatus {
    if (this.skips(direction)) return 'Continue'
    const mine = this.of(direction)
    const pass = this.exchange.chain.pass(direction)
    if (mine.buffering && this.exchange.appendsBeforeCall) pass.addToBuffer(chunk, false)
    // The limit was met while the chunk was added, and the reply has ended the stream: no callback (6.9).
    if (this.exchange.chain.isFinished) return 'StopIterationNoBuffer'
    mine.body = mine.buffering ? (pass.buffer ?? chunk) : chunk
    mine.lastBody = endOfStream
    const size = mine.body.size
    const status = this.call(direction, 'body', size, endOfStream)
    const action = typeof status === 'number' ? dataStatus(status) : statusOf(status).data
    mine.buffering = action === 'StopIterationAndBuffer'
    if (action === 'Continue') mine.body = undefined
    this.note(direction, 'body', status, action)
    return action
  }

  trailers(direction: Direction): TrailersStatus {
    if (this.skips(direction)) return 'Continue'
    const mine = this.of(direction)
    const map = this.exchange.chain.pass(direction).trailers
    if (map === undefined) return 'Continue'
    mine.trailers = map
    const status = this.call(direction, 'trailers', map.size, false)
    const action = typeof status === 'number' ? trailersStatus(status) : statusOf(status).trailers
    if (action === 'Continue') mine.trailers = undefined
    this.note(direction, 'trailers', status, action)
    return action
  }

  /** First half of the end of a stream: `proxy_on_log` (6.13). */
  log(): void {
    if (this.dead || this.context === undefined) return
    this.inLog = true
    this.enter('log')
    this.inLog = false
  }

  /** Second half: `proxy_on_done`, `proxy_on_delete`. */
  finish(): void {
    if (!this.dead) this.enter('done')
    this.context = undefined
  }

  // ---- the guest's host calls

  headerMap(
    type: number,
    intent: 'read' | 'write',
  ): { readonly map: HeaderMap; readonly writable: boolean } | undefined {
    if (this.inLog && intent === 'read') {
      const map = this.loggedMap(type)
      return map === undefined ? undefined : { map, writable: false }
    }
    const map = this.mapOf(type, intent)
    if (map === undefined) return undefined
    if (type === 0 && intent === 'write' && !this.inLog && !this.keepsRoute) this.exchange.route.clear()
    return { map, writable: true }
  }

  /** In on_log the finished stream's maps can be read (6.13), but not the request's trailers. */
  private loggedMap(type: number): HeaderMap | undefined {
    const { chain } = this.exchange
    if (type === 0) return chain.request.headers
    if (type === 2) return chain.response.headers
    return type === 3 ? chain.response.trailers : undefined
  }

  private mapOf(type: number, intent: 'read' | 'write'): HeaderMap | undefined {
    switch (type) {
      case 0:
        return this.request.headers
      case 1:
        return this.request.trailers ?? this.createTrailers('request', intent)
      case 2:
        return this.response.headers
      case 3:
        return this.response.trailers ?? this.createTrailers('response', intent)
      default:
        return undefined
    }
  }

  /** Only in the last body callback, and only a writing call (6.6). */
  private createTrailers(direction: Direction, intent: 'read' | 'write'): HeaderMap | undefined {
    const mine = this.of(direction)
    if (intent === 'read' || this.inLog || mine.body === undefined || !mine.lastBody) return undefined
    const pass = this.exchange.chain.pass(direction)
    pass.trailers ??= new EnvoyHeaderMap('trailers')
    mine.trailers = pass.trailers
    return mine.trailers
  }

  buffer(type: number): BodyBuffer | undefined {
    const body = type === 0 ? this.request.body : type === 1 ? this.response.body : undefined
    if (body === undefined) return undefined
    return { bytes: () => body.bytes(), replace: (bytes) => body.replace(bytes), writable: !this.inLog }
  }

  /** continue_stream of either direction clears the request's pointers; the response's stay (6.7). */
  continueRequested(_stream: 0 | 1): void {
    this.request.headers = undefined
    this.request.body = undefined
    this.request.trailers = undefined
  }

  continueStream(stream: 0 | 1): void {
    const direction = stream === 0 ? 'request' : 'response'
    this.of(direction).buffering = false
    this.exchange.chain.pass(direction).continueFilter(this)
  }

  closeStream(_stream: 0 | 1): void {
    this.exchange.reset('wasm_close_stream')
  }

  sendLocalReply(reply: LocalReply): void {
    this.exchange.localReply({ ...reply, plugin: this.plugin.index })
  }

  injectEncodedData(body: Uint8Array, endOfStream: boolean): void {
    this.exchange.chain.response.inject(this, body, endOfStream)
  }

  clearRouteCache(): void {
    this.exchange.route.clear()
  }

  attribute(path: readonly string[]): AttributeValue {
    return streamAttribute(path, this.exchange, this)
  }

  setProperty(path: string, value: Uint8Array): number {
    if (path === 'clear_route_cache') this.keepsRoute = new TextDecoder().decode(value) === 'off'
    return setStreamProperty(this.exchange, path, value, this.plugin)
  }

  /** The request map the attributes of 5.4 may read: what this plugin's pointer reaches. */
  get visibleRequestHeaders(): HeaderMap | undefined {
    return this.inLog ? this.loggedMap(0) : this.request.headers
  }

  get visibleResponseHeaders(): HeaderMap | undefined {
    return this.inLog ? this.loggedMap(2) : this.response.headers
  }

  get visibleResponseTrailers(): HeaderMap | undefined {
    return this.inLog ? this.loggedMap(3) : this.response.trailers
  }

  // ---- inside

  private of(direction: Direction): Reach {
    return direction === 'request' ? this.request : this.response
  }

  /** Not in this stream's way: never started, or its VM is gone and the policy's answer was given. */
  private skips(direction: Direction): boolean {
    if (direction === 'response' && !this.started) return true
    return this.dead && (this.plugin.failsOpen || this.exchange.chain.replied)
  }

  private call(
    direction: Direction,
    part: 'headers' | 'body' | 'trailers',
    size: number,
    endOfStream: boolean,
  ): number | 'replied' | 'absent' | 'failed-open' | 'failed-closed' {
    if (direction === 'request') this.started = true
    const returned = this.dead ? undefined : this.enter(`${direction}_${part}`, size, endOfStream)
    switch (returned?.kind) {
      case 'returned':
        this.lastReturned = returned.value
        return returned.replied ? 'replied' : returned.value
      case 'absent':
        return 'absent'
      case 'failed':
      case undefined:
        return this.fail()
      default:
        return assertNever(returned)
    }
  }

  /** The conversion, for the trace and the report. */
  private note(direction: Direction, part: string, status: number | string, action: EffectiveAction): void {
    if (typeof status !== 'number' && status !== 'replied') return
    this.called?.noteAction(action)
    const { actions } = this.exchange
    actions.push({ plugin: this.plugin, callback: `${direction}_${part}`, returned: this.lastReturned, action })
  }

  private enter(phase: CallPhase, size = 0, endOfStream = false): GuestReturn | undefined {
    if (this.context === undefined) return undefined
    const { scope } = this.exchange.runtime
    const outerStream = scope.stream
    const outerPhase = this.phase
    scope.stream = this.exchange.id
    this.phase = phase
    this.called = this.context
    const result = callGuest(this.context, phase, size, endOfStream)
    this.phase = outerPhase
    scope.stream = outerStream
    return result
  }

  /** The VM trapped now or earlier (7.4). */
  private fail(): 'failed-open' | 'failed-closed' {
    this.dead = true
    if (this.plugin.failsOpen) return 'failed-open'
    const { chain } = this.exchange
    // A trap while a local reply passes takes the place of that reply as long as nothing has left.
    if (!chain.replied || !chain.headersSent) this.exchange.failClosed(this.plugin.index)
    return 'failed-closed'
  }
}

/** What of a plugin's stream context is called; also what its trace entries name as phase. */
type CallPhase = `${Direction}_${'headers' | 'body' | 'trailers'}` | 'log' | 'done'

function callGuest(
  context: StreamContext,
  phase: CallPhase,
  size: number,
  endOfStream: boolean,
): GuestReturn | undefined {
  switch (phase) {
    case 'request_headers':
      return context.requestHeaders(size, endOfStream)
    case 'request_body':
      return context.requestBody(size, endOfStream)
    case 'request_trailers':
      return context.requestTrailers(size)
    case 'response_headers':
      return context.responseHeaders(size, endOfStream)
    case 'response_body':
      return context.responseBody(size, endOfStream)
    case 'response_trailers':
      return context.responseTrailers(size)
    case 'log':
      context.log()
      return undefined
    case 'done':
      context.finish()
      return undefined
    default:
      return assertNever(phase)
  }
}

/** What the chain does without a number of the guest: after a reply (6.3), without the callback, with a dead VM (7.4). */
function statusOf(outcome: 'replied' | 'absent' | 'failed-open' | 'failed-closed'): {
  readonly headers: HeadersStatus
  readonly data: DataStatus
  readonly trailers: TrailersStatus
} {
  if (outcome === 'replied' || outcome === 'failed-closed') return repliedStatus
  return { headers: 'Continue', data: 'Continue', trailers: 'Continue' }
}
