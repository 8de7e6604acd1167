/**
 * One direction of one stream: carries headers, data and trailers through the filters and performs the effects of
 * `filter-state.ts`. Decode and encode are the same code with another order and another end (proxy-wasm-host.md 6.2, 6.14).
 */
import { assertNever } from '../../model/result.ts'
import type { Direction } from '../../model/trace.ts'
import type { HeaderMap } from '../vm/seam.ts'
import type { DataStatus } from './action.ts'
import { BodyChunk } from './body-chunk.ts'
import {
  dataArrived,
  dataCalled,
  dataReturned,
  type FilterState,
  headersReturned,
  initialFilterState,
  isStopped,
  passedOn,
  resumed,
  trailersArrived,
  trailersReturned,
} from './filter-state.ts'
import { HeldBody } from './held-body.ts'
import type { ChainFilter, PassHost } from './pass-host.ts'

export class Pass {
  readonly direction: Direction
  /** In the order in which this direction visits them. */
  readonly filters: readonly ChainFilter[]
  private readonly host: PassHost
  private readonly states: FilterState[]
  headers: HeaderMap | undefined
  trailers: HeaderMap | undefined
  readonly held: HeldBody
  /** The remote side has finished; true during the call that carries the end. */
  complete = false
  /** How many filters were called at all: a continue before that has nothing to continue. */
  private reached = 0
  /** Filters that are told now what waited for them: until all of it has come, a continue starts at them again (seen on Envoy). */
  private readonly retold = new Set<number>()
  /** What lies behind the last filter was told the end. */
  private endDelivered = false
  /** The last filter the trailers have come to, held there or passed on; -1 before they came. */
  private trailersAt = -1

  constructor(direction: Direction, filters: readonly ChainFilter[], host: PassHost, limit: number) {
    this.direction = direction
    this.filters = filters
    this.host = host
    this.held = new HeldBody(direction, host, limit)
    this.states = filters.map(() => initialFilterState)
  }

  /** Some filter holds something back. */
  get stopped(): boolean {
    return this.states.some(isStopped)
  }

  /** The filters that hold something back, in this direction's order. */
  stoppedFilters(): readonly ChainFilter[] {
    return this.filters.filter((_, index) => isStopped(this.states[index] ?? initialFilterState))
  }

  feedHeaders(headers: HeaderMap, endOfStream: boolean): void {
    this.headers = headers
    this.complete = endOfStream
    this.host.onStart(this.direction)
    this.runHeaders(0, endOfStream)
  }

  feedData(bytes: Uint8Array, endOfStream: boolean): void {
    if (endOfStream) this.complete = true
    this.runData(0, new BodyChunk(bytes), endOfStream)
  }

  feedTrailers(trailers: HeaderMap): void {
    this.trailers = trailers
    this.complete = true
    this.runTrailers(0)
  }

  /** A body that goes no further than its first filter. */
  tellFirst(bytes: Uint8Array): void {
    this.complete = true
    this.filters[0]?.data(this.direction, new BodyChunk(bytes), true)
  }

  /** `continue_stream` of this filter. */
  continueFilter(filter: ChainFilter): void {
    const index = this.filters.indexOf(filter)
    if (index < 0 || index >= this.reached) return
    this.resume(index, 'continue_stream')
  }

  /** Data a filter gives to the filters behind it (6.12); held headers go first. */
  inject(filter: ChainFilter, bytes: Uint8Array, endOfStream: boolean): void {
    const index = this.filters.indexOf(filter)
    const state = this.states[index]
    if (state === undefined || index >= this.reached || this.host.isCut(this.direction)) return
    if (endOfStream) this.complete = true
    if (!state.headersContinued) {
      this.states[index] = passedOn(state)
      this.runHeaders(index + 1, false)
    }
    this.runData(index + 1, new BodyChunk(bytes), endOfStream)
  }

  private runHeaders(from: number, endOfStream: boolean): void {
    const { host, direction, filters, states } = this
    for (let index = from; index < filters.length; index++) {
      const filter = filters[index]
      if (filter === undefined || host.isCut(direction)) return
      this.reached = Math.max(this.reached, index + 1)
      host.enter(direction)
      const status = filter.headers(direction, endOfStream)
      host.leave(direction)
      if (this.wasCut()) return
      const next = headersReturned(this.stateAt(index), status, endOfStream)
      states[index] = next.state
      if (next.effect === 'pass-on') continue
      if (status !== 'Continue') host.onPause(direction, filter, status, this.held.size)
      return
    }
    this.endDelivered = endOfStream
    if (!host.isCut(direction)) host.onHeaders(direction, endOfStream)
  }

  private runData(from: number, chunk: BodyChunk, endOfStream: boolean): void {
    const { host, direction, filters, states } = this
    const hadTrailers = this.trailers !== undefined
    let addedTrailers = -1
    for (let index = from; index < filters.length; index++) {
      const filter = filters[index]
      if (filter === undefined || host.isCut(direction)) return
      const arrival = dataArrived(this.stateAt(index))
      if (arrival.effect === 'buffer' || arrival.effect === 'buffer-watermark') {
        this.held.add(chunk, arrival.effect === 'buffer-watermark')
        return
      }
      if (arrival.effect === 'nothing') return
      const last = endOfStream && this.trailers === undefined
      states[index] = dataCalled(arrival.state, last)
      host.enter(direction)
      const status = filter.data(direction, chunk, last)
      host.leave(direction)
      if (this.wasCut()) return
      if (!hadTrailers && this.trailers !== undefined && addedTrailers < 0) {
        addedTrailers = index
        this.trailersAt = index
      }
      if (this.afterData(index, filter, status, chunk)) continue
      // Trailers made by an earlier filter go to the filters up to this one, which may resume with them.
      if (addedTrailers >= 0 && addedTrailers < index) this.runTrailers(addedTrailers + 1)
      return
    }
    if (host.isCut(direction)) return
    this.deliver(chunk, endOfStream && this.trailers === undefined)
    if (addedTrailers >= 0) this.runTrailers(addedTrailers + 1)
  }

  private afterData(index: number, filter: ChainFilter, status: DataStatus, chunk: BodyChunk): boolean {
    const { effect, state } = dataReturned(this.stateAt(index), status)
    this.states[index] = state
    switch (effect) {
      case 'pass-on':
        return true
      case 'buffer-and-resume':
        this.held.store(chunk)
        this.resume(index, 'return')
        return false
      case 'buffer':
      case 'buffer-watermark':
        this.held.hold(chunk, effect === 'buffer-watermark')
        break
      case 'discard':
        if (chunk !== this.held.chunk) chunk.take()
        // An end that came with nothing buffered must not get lost for a later continue.
        if (this.complete && this.trailers === undefined) this.held.begin()
        break
      case 'hold':
      case 'nothing':
      case 'call':
      case 'resume-headers-next':
      case 'resume-next':
      case 'resume-headers-self':
      case 'resume-self':
        throw new Error(`${effect} is no effect of a data callback`)
      default:
        return assertNever(effect)
    }
    if (status !== 'Continue') this.host.onPause(this.direction, filter, status, this.held.size)
    this.held.checkLimit()
    return false
  }

  private runTrailers(from: number): void {
    const { host, direction, filters, states } = this
    for (let index = from; index < filters.length; index++) {
      const filter = filters[index]
      if (filter === undefined || host.isCut(direction)) return
      this.trailersAt = Math.max(this.trailersAt, index)
      const arrival = trailersArrived(this.stateAt(index))
      if (arrival.effect === 'nothing') return
      states[index] = arrival.state
      host.enter(direction)
      const status = filter.trailers(direction)
      host.leave(direction)
      if (this.wasCut()) return
      const next = trailersReturned(this.stateAt(index), status)
      if (next.effect === 'hold') {
        states[index] = next.state
        host.onPause(direction, filter, 'StopIteration', this.held.size)
        return
      }
      if (next.effect !== 'pass-on') {
        this.resume(index, 'return')
        return
      }
    }
    this.endDelivered = true
    if (!host.isCut(direction)) host.onTrailers(direction)
  }

  /** `commonContinue` (6.2). */
  private resume(index: number, by: 'continue_stream' | 'return'): void {
    const { host, direction } = this
    const filter = this.filters[index]
    if (filter === undefined || host.isCut(direction)) return
    const before = this.stateAt(index)
    const { state, effect } = resumed(before)
    if (effect === 'nothing') {
      // What another filter holds of the body goes on from here all the same (seen on Envoy).
      if (this.held.chunk !== undefined)
        this.runData(index + 1, this.held.chunk, this.complete && this.trailers === undefined)
      return
    }
    this.states[index] = state
    if (isStopped(before)) host.onResume(direction, filter, by, this.held.size)
    if (effect === 'resume-headers-next' || effect === 'resume-headers-self')
      this.runHeaders(index + 1, this.complete && this.held.chunk === undefined && this.trailers === undefined)
    if (host.isCut(direction)) return
    const self = effect === 'resume-self' || effect === 'resume-headers-self'
    const from = self || this.retold.has(index) ? index : index + 1
    // Trailers that are still on their way to this filter go on with whoever brings them, not from here.
    const hadTrailers = this.trailers !== undefined && this.trailersAt >= index
    if (self) this.retold.add(index)
    if (this.held.chunk !== undefined) this.runData(from, this.held.chunk, this.complete && this.trailers === undefined)
    if (hadTrailers && !host.isCut(direction)) this.runTrailers(from)
    if (self) this.retold.delete(index)
  }

  private deliver(chunk: BodyChunk, endOfStream: boolean): void {
    if (this.endDelivered) return
    this.endDelivered = endOfStream
    // The buffer stays, empty: a later continue tells those behind of it (seen on Envoy).
    this.host.onData(this.direction, chunk, endOfStream)
    this.held.releaseSender()
  }

  /** The direction was cut during the filter call that has just returned: what was prepared runs now. */
  private wasCut(): boolean {
    if (!this.host.isCut(this.direction)) return false
    this.host.afterCut(this.direction)
    return true
  }

  private stateAt(index: number): FilterState {
    return this.states[index] ?? initialFilterState
  }
}
