/** How the codec reads a service's response: what comes at once, and what waits while the client is slow (6.5, 6.9). */
import type { Piece, TimedPiece } from './response-pieces.ts'

/** Who takes the pieces as they are read: the router of the stream. */
export type ResponseTaker = {
  /** The stream ended: nothing is read any more. */
  readonly over: boolean
  deliver(piece: Piece): void
  after(delay: number, action: () => void): void
}

export class ResponseReader {
  private readonly taker: ResponseTaker
  /** Pieces that arrived while the sender was paused. */
  private readonly held: Piece[] = []
  private paused = false

  constructor(taker: ResponseTaker) {
    this.taker = taker
  }

  /** Back-pressure: hold what arrives, or let it go on. */
  setPaused(paused: boolean): void {
    this.paused = paused
    if (!paused && this.held.length > 0) this.taker.after(0, () => this.drain())
  }

  /** Pieces without a delay between them are one read of the socket. */
  schedule(pieces: readonly TimedPiece[], from: number): void {
    const first = pieces[from]
    if (first === undefined) return
    this.taker.after(first[0], () => {
      let end = from + 1
      for (let next = pieces[end]; next !== undefined && next[0] <= 0; next = pieces[end]) end++
      this.schedule(pieces, end)
      this.arrive(pieces, from, end)
    })
  }

  /** What was read at once. Nothing is held as long as nobody asks for a pause. */
  private arrive(pieces: readonly TimedPiece[], from: number, end: number): void {
    let index = from
    while (index < end && this.held.length === 0 && !this.paused && !this.taker.over) {
      const piece = pieces[index++]?.[1]
      if (piece === undefined) return
      this.taker.deliver(piece)
      if (!this.paused) continue
      for (; index < end; index++) this.hold(pieces[index])
      this.deliverEndReadWith(piece)
    }
    for (; index < end; index++) this.hold(pieces[index])
    this.drain()
  }

  private hold(piece: TimedPiece | undefined): void {
    if (piece !== undefined) this.held.push(piece[1])
  }

  private drain(): void {
    while (!this.taker.over && !this.paused) {
      const piece = this.held.shift()
      if (piece === undefined) return
      this.taker.deliver(piece)
      this.deliverEndReadWith(piece)
    }
  }

  /** The codec tells the end of an HTTP/1 message with the bytes before it, also when those went over the limit. */
  private deliverEndReadWith(piece: Piece): void {
    const [next] = this.held
    if (this.taker.over || !this.paused || piece.kind !== 'data' || next?.kind !== 'data') return
    if (next.data.length > 0 || !next.endOfStream) return
    this.held.shift()
    this.taker.deliver(next)
  }
}
