import { type ChunkMark, Chunks } from './chunks.ts'

/** Positions to which the stores are taken back after an event that is not kept. */
export type Mark = {
  readonly words: ChunkMark
  readonly arena: ChunkMark
  readonly size: number
}

/** The growable stores of a trace: words and bytes. Positions stay valid when a store grows. */
export class TraceBuffers {
  readonly words = new Chunks(16, (length) => new Int32Array(length))
  readonly arena = new Chunks(18, (length) => new Uint8Array(length))
  /** Bytes in the arena and of what events refer to, for the limit. */
  size = 0

  /** Only behind a `reserve` that made room for it. */
  push(value: number): void {
    const { words } = this
    words.current[words.used++] = value
  }

  /** Copies bytes into the arena; returns their position. */
  copy(bytes: Uint8Array, start: number, length: number): number {
    const { arena } = this
    arena.reserve(length)
    const { current, used } = arena
    // A view costs more than a short loop (toolchains.md 5 "Tracing").
    if (length <= 64) for (let index = 0; index < length; index++) current[used + index] = bytes[start + index] ?? 0
    else current.set(bytes.subarray(start, start + length), used)
    arena.used = used + length
    this.size += length
    return arena.base + used
  }

  mark(): Mark {
    return { words: this.words.mark(), arena: this.arena.mark(), size: this.size }
  }

  rewind(mark: Mark): void {
    this.words.rewind(mark.words)
    this.arena.rewind(mark.arena)
    this.size = mark.size
  }
}
