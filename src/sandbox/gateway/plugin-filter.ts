/** One plugin in one stream: the filter the chain calls (proxy-wasm-host.md 6.3 to 6.7, 6.14; Envoy's FilterBase). */
import { assertNever } from '../../model/result.ts'
import type { Direction, EffectiveAction } from '../../model/trace.ts'
import {
  type DataStatus,
  dataStatus,
  type HeadersStatus,
  headersStatus,
  type TrailersStatus,
  trailersStatus,
} from '../chain/action.ts'
import type { BodyChunk } from '../chain/body-chunk.ts'
import type { ChainFilter } from '../chain/pass-host.ts'
import type { GuestReturn, StreamContext } from '../vm/seam.ts'
import type { Exchange } from './exchange.ts'
import { type CallPhase, callGuest, messagePhase, type NoNumber, statusOf } from './guest-phase.ts'
import type { Plugin } from './plugin.ts'
import { StreamHost } from './stream-host.ts'

/** What a callback answered and what the chain made of it, for the report. */
export type ActionSeen = {
  readonly plugin: Plugin
  readonly callback: string
  readonly returned: number
  readonly action: EffectiveAction
}

export class PluginFilter implements ChainFilter {
  readonly plugin: Plugin
  private readonly host: StreamHost
  private readonly exchange: Exchange
  private context: StreamContext | undefined
  /** The context of the last call: the stream may have ended inside it. */
  private called: StreamContext | undefined
  /** Request headers reached this filter; without it the response passes by (6.8). */
  private started = false
  private dead = false
  private lastReturned = 0

  constructor(plugin: Plugin, exchange: Exchange) {
    this.plugin = plugin
    this.exchange = exchange
    this.host = new StreamHost(plugin, exchange, this)
    this.context = plugin.openStream(this.host, exchange.id)
    this.dead = this.context === undefined
  }

  headers(direction: Direction, endOfStream: boolean): HeadersStatus {
    if (this.skips(direction)) return 'Continue'
    const mine = this.host.reach(direction)
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
    const mine = this.host.reach(direction)
    const pass = this.exchange.chain.pass(direction)
    const appended = mine.buffering && this.exchange.appendsBeforeCall
    if (appended) pass.held.add(chunk, false)
    // The limit was met while the chunk was added, and the reply has ended the stream: no callback (6.9).
    if (this.exchange.chain.isFinished) return 'StopIterationNoBuffer'
    mine.body = mine.buffering ? (pass.held.chunk ?? chunk) : chunk
    mine.lastBody = endOfStream
    const size = mine.body.size
    mine.inBody = true
    const status = this.call(direction, 'body', size, endOfStream)
    mine.inBody = false
    const action = typeof status === 'number' ? dataStatus(status) : statusOf(status).data
    mine.buffering = action === 'StopIterationAndBuffer'
    if (action === 'Continue') mine.body = undefined
    // After a continue_stream nobody waits for the chunk in the shared buffer: 1.40 lets it go on, 1.36 leaves it (seen).
    const { profile } = this.exchange.runtime
    if (appended && action === 'Continue' && profile === 'envoy-1.40' && !pass.stopped && pass.held.chunk !== undefined)
      chunk.moveFrom(pass.held.chunk)
    this.note(direction, 'body', status, action)
    return action
  }

  trailers(direction: Direction): TrailersStatus {
    if (this.skips(direction)) return 'Continue'
    const mine = this.host.reach(direction)
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
    this.host.inLog = true
    this.enter('log')
    this.host.inLog = false
  }

  /** Second half: `proxy_on_done`, `proxy_on_delete`. */
  finish(): void {
    if (!this.dead) this.enter('done')
    this.context = undefined
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
  ): number | NoNumber {
    if (direction === 'request') this.started = true
    const returned = this.dead ? undefined : this.enter(messagePhase(direction, part), size, endOfStream)
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
  private note(
    direction: Direction,
    part: 'headers' | 'body' | 'trailers',
    status: number | string,
    action: EffectiveAction,
  ): void {
    if (typeof status !== 'number' && status !== 'replied') return
    this.called?.noteAction(action)
    const { actions } = this.exchange
    const callback = messagePhase(direction, part)
    actions.push({ plugin: this.plugin, callback, returned: this.lastReturned, action })
  }

  private enter(phase: CallPhase, size = 0, endOfStream = false): GuestReturn | undefined {
    if (this.context === undefined) return undefined
    const { scope } = this.exchange.runtime
    const outerStream = scope.stream
    const outerPhase = this.host.phase
    scope.stream = this.exchange.id
    this.host.phase = phase
    this.called = this.context
    const result = callGuest(this.context, phase, size, endOfStream)
    this.host.phase = outerPhase
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
