import type { HeaderList } from '../../model/http.ts'

/** Positions to which the stores are taken back after an event that is not kept. */
export type Mark = { readonly words: number; readonly arena: number; readonly texts: number }

/** The growable stores of a trace: words, bytes, texts. Positions stay valid when a store grows. */
export class TraceBuffers {
  words = new Int32Array(4096)
  wordCount = 0
  arena = new Uint8Array(16384)
  arenaLength = 0
  readonly texts: string[] = []
  /** Characters in `texts`, for the limit. */
  textLength = 0
  readonly #textIds = new Map<string, number>()
  #lastBytes: Uint8Array | undefined
  #lastBytesAt = 0

  /** Room for `count` more words; call once per event, then write freely. */
  reserve(count: number): void {
    if (this.wordCount + count <= this.words.length) return
    const grown = new Int32Array(Math.max(this.words.length * 2, this.wordCount + count))
    grown.set(this.words)
    this.words = grown
  }

  push(value: number): void {
    this.words[this.wordCount++] = value
  }

  /** Copies bytes into the arena; returns their offset. */
  copy(bytes: Uint8Array, start: number, length: number): number {
    const at = this.arenaLength
    if (at + length > this.arena.length) this.#growArena(at + length)
    const arena = this.arena
    // A view costs more than a short loop (toolchains.md 5 "Tracing").
    if (length <= 64) for (let index = 0; index < length; index++) arena[at + index] = bytes[start + index] ?? 0
    else arena.set(bytes.subarray(start, start + length), at)
    this.arenaLength = at + length
    return at
  }

  /** A whole array; the same array as last time is not copied again (a body passes several stations). */
  copyAll(bytes: Uint8Array): number {
    if (bytes === this.#lastBytes && bytes.length > 0) return this.#lastBytesAt
    const at = this.copy(bytes, 0, bytes.length)
    this.#lastBytes = bytes
    this.#lastBytesAt = at
    return at
  }

  /** Number of a text, the same for equal texts. */
  text(text: string): number {
    const known = this.#textIds.get(text)
    if (known !== undefined) return known
    const id = this.texts.length
    this.texts.push(text)
    this.textLength += text.length
    this.#textIds.set(text, id)
    return id
  }

  /** Pushes a count and two text numbers per header; `reserve`s by itself. */
  headers(list: HeaderList): void {
    this.reserve(1 + 2 * list.length + 64)
    this.push(list.length)
    for (const [name, value] of list) {
      this.push(this.text(name))
      this.push(this.text(value))
    }
  }

  mark(): Mark {
    return { words: this.wordCount, arena: this.arenaLength, texts: this.texts.length }
  }

  rewind(mark: Mark): void {
    this.wordCount = mark.words
    this.arenaLength = mark.arena
    this.#lastBytes = undefined
    while (this.texts.length > mark.texts) {
      const text = this.texts.pop() ?? ''
      this.textLength -= text.length
      this.#textIds.delete(text)
    }
  }

  #growArena(needed: number): void {
    const grown = new Uint8Array(Math.max(this.arena.length * 2, needed))
    grown.set(this.arena.subarray(0, this.arenaLength))
    this.arena = grown
  }
}
