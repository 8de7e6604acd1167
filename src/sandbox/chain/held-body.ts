import type { Direction } from '../../model/trace.ts'
import { BodyChunk } from './body-chunk.ts'
import type { PassHost } from './pass-host.ts'

/** What one direction holds back of its body: one buffer, not one per filter, and what comes of its growing (6.5, 6.9). */
export class HeldBody {
  chunk: BodyChunk | undefined
  private readonly direction: Direction
  private readonly host: PassHost
  private limit: number
  /** Too much of it pauses the sender and is no error. */
  private streaming = false
  private senderPaused = false

  constructor(direction: Direction, host: PassHost, limit: number) {
    this.direction = direction
    this.host = host
    this.limit = limit
  }

  /** Bytes. */
  get size(): number {
    return this.chunk?.size ?? 0
  }

  /** There is a buffer from now on, if only an empty one. */
  begin(): BodyChunk {
    this.chunk ??= new BodyChunk()
    return this.chunk
  }

  /** Takes the bytes of a chunk; the limit is not looked at. */
  store(chunk: BodyChunk): void {
    if (chunk !== this.chunk) this.begin().moveFrom(chunk)
  }

  /** The same, in this mode from now on. */
  hold(chunk: BodyChunk, streaming: boolean): void {
    this.streaming = streaming
    this.store(chunk)
  }

  /** The same, and looks at the limit. */
  add(chunk: BodyChunk, streaming: boolean): void {
    this.hold(chunk, streaming)
    this.checkLimit()
  }

  setLimit(limit: number): void {
    this.limit = limit
    this.checkLimit()
  }

  checkLimit(): void {
    if (this.size <= this.limit) this.releaseSender()
    // Only going over the limit counts: what went over it as a stream and is buffered then is kept (seen on Envoy).
    else if (this.senderPaused) return
    else if (!this.streaming) this.host.onTooLarge(this.direction)
    else {
      this.senderPaused = true
      this.host.onWatermark(this.direction, true)
    }
  }

  releaseSender(): void {
    if (!this.senderPaused || this.size > this.limit) return
    this.senderPaused = false
    this.host.onWatermark(this.direction, false)
  }
}
