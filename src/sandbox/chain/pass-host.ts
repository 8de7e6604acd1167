import type { Direction } from '../../model/trace.ts'
import type { DataStatus, HeadersStatus, TrailersStatus } from './action.ts'
import type { BodyChunk } from './body-chunk.ts'

/** A filter as the chain sees it. Each callback may, before it returns, make the stream continue, reply or end. */
export type ChainFilter = {
  headers(direction: Direction, endOfStream: boolean): HeadersStatus
  data(direction: Direction, chunk: BodyChunk, endOfStream: boolean): DataStatus
  trailers(direction: Direction): TrailersStatus
}

/** What lies behind the last filter (router or client), and what watches. */
export type PassHost = {
  /** The stream is over, or a reply cut this direction: nothing more may be delivered. */
  isCut(direction: Direction): boolean
  /** Called when a filter call has returned and the direction was cut meanwhile. */
  afterCut(direction: Direction): void
  enter(direction: Direction): void
  leave(direction: Direction): void
  /** Headers are about to enter the first filter. */
  onStart(direction: Direction): void
  onHeaders(direction: Direction, endOfStream: boolean): void
  onData(direction: Direction, chunk: BodyChunk, endOfStream: boolean): void
  onTrailers(direction: Direction): void
  /** More is buffered than the limit allows, in a mode that makes it an error. */
  onTooLarge(direction: Direction): void
  /** Back-pressure: the sender must pause (true) or may go on (false). */
  onWatermark(direction: Direction, paused: boolean): void
  onPause(
    direction: Direction,
    filter: ChainFilter,
    status: Exclude<HeadersStatus | DataStatus, 'Continue'>,
    bufferedBytes: number,
  ): void
  onResume(direction: Direction, filter: ChainFilter, by: 'continue_stream' | 'return', bufferedBytes: number): void
}
