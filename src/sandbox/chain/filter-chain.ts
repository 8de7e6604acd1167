/**
 * One stream's filters in both directions, with local replies and the end of the stream
 * (proxy-wasm-host.md 6.1, 6.8, 6.9, 6.14).
 */
import type { Direction } from '../../model/trace.ts'
import type { HeaderMap } from '../vm/seam.ts'
import type { DataStatus, HeadersStatus } from './action.ts'
import type { BodyChunk } from './body-chunk.ts'
import { Pass } from './pass.ts'
import type { ChainFilter, PassHost } from './pass-host.ts'

/** A reply in its final form; an empty body ends with the headers. */
export type ChainReply = { readonly headers: HeaderMap; readonly body: Uint8Array; readonly details: string }

export type ReplyOutcome = 'sent' | 'ignored-second' | 'stream-reset'

/** What lies at the two ends of the chain, and who watches it. */
export type ChainEnds = {
  /** Headers are about to enter the first filter of this direction. */
  starting(direction: Direction): void
  routerHeaders(endOfStream: boolean): void
  routerData(bytes: Uint8Array, endOfStream: boolean): void
  routerTrailers(): void
  clientHeaders(endOfStream: boolean): void
  clientData(bytes: Uint8Array, endOfStream: boolean): void
  clientTrailers(): void
  /** What goes to the client now leaves at the end of the turn: the stream is not over before. */
  answersLater(): boolean
  /** A gateway's own reply for too large a body. */
  tooLarge(direction: Direction): ChainReply
  /** Back-pressure on the sender of this direction. */
  watermark(direction: Direction, paused: boolean): void
  /** The stream must end without (the rest of) a response. */
  reset(details: string): void
  paused(direction: Direction, filter: ChainFilter, status: HeadersStatus | DataStatus, bufferedBytes: number): void
  resumed(
    direction: Direction,
    filter: ChainFilter,
    by: 'continue_stream' | 'return' | 'local-reply',
    bufferedBytes: number,
  ): void
}

export class FilterChain implements PassHost {
  readonly request: Pass
  readonly response: Pass
  /** Response headers have left for the client. */
  headersSent = false
  /** Details of the local reply that became the response. */
  replyDetails: string | undefined
  private readonly ends: ChainEnds
  private requestCut = false
  private responseCut = false
  private finished = false
  private requestCalls = 0
  private prepared: ChainReply | undefined
  /** The reply whose headers go through the filters. */
  private passing: ChainReply | undefined

  /** `filters` in configuration order: requests visit them so, responses in reverse. */
  constructor(filters: readonly ChainFilter[], ends: ChainEnds, limits: { request: number; response: number }) {
    this.ends = ends
    this.request = new Pass('request', filters, this, limits.request)
    this.response = new Pass('response', filters.length < 2 ? filters : filters.toReversed(), this, limits.response)
  }

  pass(direction: Direction): Pass {
    return direction === 'request' ? this.request : this.response
  }

  /** No callback and no effect after this. */
  finish(): void {
    this.finished = true
  }

  get isFinished(): boolean {
    return this.finished
  }

  /** A local reply took the place of the request's way on. */
  get replied(): boolean {
    return this.replyDetails !== undefined
  }

  /** What would become of a reply now. */
  wouldReply(): ReplyOutcome {
    if (this.finished || this.prepared !== undefined) return 'ignored-second'
    return this.response.headers !== undefined && this.headersSent ? 'stream-reset' : 'sent'
  }

  /** `proxy_send_local_response`, or a reply of the gateway itself (6.8). */
  reply(reply: ChainReply): ReplyOutcome {
    const outcome = this.wouldReply()
    if (outcome === 'ignored-second') return outcome
    if (outcome === 'stream-reset') {
      this.requestCut = true
      this.responseCut = true
      this.ends.reset(reply.details)
      return outcome
    }
    const started = this.response.headers !== undefined
    this.noteReplyResumes(started ? this.response : this.request)
    this.requestCut = true
    this.replyDetails = reply.details
    if (started) {
      const { passing } = this
      this.passing = undefined
      // The first filter is told the body whose headers went by, all the same (seen on Envoy).
      if (passing !== undefined && passing.body.length > 0 && this.request.complete && this.ends.answersLater())
        this.response.tellFirst(passing.body)
      // Filters may have seen the headers already, so none sees this reply.
      this.responseCut = true
      this.sendDirectly(reply)
    } else if (this.requestCalls > 0) this.prepared = reply
    else this.sendThroughChain(reply)
    return 'sent'
  }

  isCut(direction: Direction): boolean {
    if (this.finished) return true
    return direction === 'request' ? this.requestCut || this.response.complete : this.responseCut
  }

  afterCut(direction: Direction): void {
    const { prepared } = this
    if (direction !== 'request' || prepared === undefined || this.finished) return
    this.prepared = undefined
    this.sendThroughChain(prepared)
  }

  enter(direction: Direction): void {
    if (direction === 'request') this.requestCalls++
  }

  leave(direction: Direction): void {
    if (direction === 'request') this.requestCalls--
  }

  onStart(direction: Direction): void {
    this.ends.starting(direction)
  }

  onHeaders(direction: Direction, endOfStream: boolean): void {
    if (direction === 'request') this.ends.routerHeaders(endOfStream)
    else this.ends.clientHeaders(endOfStream)
  }

  onData(direction: Direction, chunk: BodyChunk, endOfStream: boolean): void {
    if (direction === 'request') this.ends.routerData(chunk.take(), endOfStream)
    else this.ends.clientData(chunk.take(), endOfStream)
  }

  onTrailers(direction: Direction): void {
    if (direction === 'request') this.ends.routerTrailers()
    else this.ends.clientTrailers()
  }

  onTooLarge(direction: Direction): void {
    this.reply(this.ends.tooLarge(direction))
  }

  onWatermark(direction: Direction, paused: boolean): void {
    this.ends.watermark(direction, paused)
  }

  onPause(direction: Direction, filter: ChainFilter, status: HeadersStatus | DataStatus, bufferedBytes: number): void {
    this.ends.paused(direction, filter, status, bufferedBytes)
  }

  onResume(direction: Direction, filter: ChainFilter, by: 'continue_stream' | 'return', bufferedBytes: number): void {
    this.ends.resumed(direction, filter, by, bufferedBytes)
  }

  private noteReplyResumes(pass: Pass): void {
    for (const filter of pass.stoppedFilters()) this.ends.resumed(pass.direction, filter, 'local-reply', pass.held.size)
  }

  private sendThroughChain(reply: ChainReply): void {
    const bodyless = reply.body.length === 0
    this.passing = reply
    this.response.feedHeaders(reply.headers, bodyless)
    this.passing = undefined
    if (!bodyless && !this.isCut('response')) this.response.feedData(reply.body, true)
  }

  private sendDirectly(reply: ChainReply): void {
    this.response.headers = reply.headers
    this.response.trailers = undefined
    this.response.complete = true
    const bodyless = reply.body.length === 0
    this.ends.clientHeaders(bodyless)
    if (!bodyless && !this.finished) this.ends.clientData(reply.body, true)
  }
}
