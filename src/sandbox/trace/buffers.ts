import type { HeaderList } from '../../model/http.ts'
import { type ChunkMark, Chunks } from './chunks.ts'

/** Positions to which the stores are taken back after an event that is not kept. */
export type Mark = {
  readonly words: ChunkMark
  readonly arena: ChunkMark
  readonly size: number
  readonly texts: number
}

/** Characters up to which equal texts are looked for. */
const longestShared = 200

/** The growable stores of a trace: words, bytes, texts. Positions stay valid when a store grows. */
export class TraceBuffers {
  readonly words = new Chunks(16, (length) => new Int32Array(length))
  readonly arena = new Chunks(18, (length) => new Uint8Array(length))
  readonly texts: string[] = []
  /** Bytes in the arena and characters in `texts`, for the limit. */
  size = 0
  readonly #textIds = new Map<string, number>()
  #lastBytes: Uint8Array | undefined
  #lastBytesAt = 0

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

  /** A whole array; the same array as last time is not copied again (a body passes several stations). */
  copyAll(bytes: Uint8Array): number {
    if (bytes === this.#lastBytes && bytes.length > 0) return this.#lastBytesAt
    const at = this.copy(bytes, 0, bytes.length)
    this.#lastBytes = bytes
    this.#lastBytesAt = at
    return at
  }

  /** Number of a text, the same for equal short texts. Long ones (access-log lines) hardly ever come twice. */
  text(text: string): number {
    const shared = text.length <= longestShared
    const known = shared ? this.#textIds.get(text) : undefined
    if (known !== undefined) return known
    const id = this.texts.length
    this.texts.push(text)
    this.size += text.length
    if (shared) this.#textIds.set(text, id)
    return id
  }

  /** Pushes a count and two text numbers per header. */
  headers(list: HeaderList): void {
    this.push(list.length)
    for (const [name, value] of list) {
      this.push(this.text(name))
      this.push(this.text(value))
    }
  }

  mark(): Mark {
    return { words: this.words.mark(), arena: this.arena.mark(), size: this.size, texts: this.texts.length }
  }

  rewind(mark: Mark): void {
    this.words.rewind(mark.words)
    this.arena.rewind(mark.arena)
    this.size = mark.size
    this.#lastBytes = undefined
    while (this.texts.length > mark.texts) this.#textIds.delete(this.texts.pop() ?? '')
  }
}
