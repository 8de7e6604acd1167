/**
 * Stores that grow by whole chunks: nothing is copied when they grow (growing one array by doubling cost 40 % of
 * recording). An entry never crosses a chunk, so it is found by the position of its first element; one that is larger
 * than a chunk gets one of its own, which then stands for several places in the list.
 */
type Elements = Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>

export type ChunkMark = { readonly chunks: number; readonly base: number; readonly used: number }

/** Where chunks of one size come from. Fresh memory costs as much as writing it: those of earlier runs are used again. */
export class ChunkPool<T extends Elements> {
  readonly bits: number
  readonly make: (length: number) => T
  /** Nothing can be written to it. */
  readonly none: T
  readonly #spare: T[] = []
  readonly #most: number

  /** A chunk has 2 to the power of `bits` elements; up to `most` are kept for later. */
  constructor(bits: number, most: number, make: (length: number) => T) {
    this.bits = bits
    this.make = make
    this.none = make(0)
    this.#most = most
  }

  /** Its elements are those of whoever had it before. */
  take(): T {
    return this.#spare.pop() ?? this.make(1 << this.bits)
  }

  giveBack(chunk: T): void {
    if (chunk.length === 1 << this.bits && this.#spare.length < this.#most) this.#spare.push(chunk)
  }
}

export class Chunks<T extends Elements> {
  readonly #pool: ChunkPool<T>
  readonly #bits: number
  #chunks: T[] = []
  /** The chunk that is being filled, and how far. */
  current: T
  used = 0
  /** Position of the first element of `current`. */
  base = 0
  /** How far `current` may be filled. Behind an entry with a chunk of its own nothing else would be found: 0. */
  #end = 0

  constructor(pool: ChunkPool<T>) {
    this.#pool = pool
    this.#bits = pool.bits
    this.current = pool.none
  }

  /** Position of the next element. */
  get length(): number {
    return this.base + this.used
  }

  /** Makes `current` have room for `count` elements behind `used`. */
  reserve(count: number): void {
    if (this.used + count > this.#end) this.#next(count)
  }

  chunkOf(position: number): T {
    return this.#chunks[position >>> this.#bits] ?? this.current
  }

  /** Place of a position in its chunk. */
  placeOf(position: number): number {
    return position & ((1 << this.#bits) - 1)
  }

  mark(): ChunkMark {
    return { chunks: this.#chunks.length, base: this.base, used: this.used }
  }

  rewind(mark: ChunkMark): void {
    if (this.#chunks.length === mark.chunks) {
      this.used = mark.used
      return
    }
    // The next event needs them again: fresh ones for each would cost more than all the rest.
    for (let index = mark.chunks; index < this.#chunks.length; index++) {
      const chunk = this.#chunks[index]
      if (chunk !== undefined) this.#pool.giveBack(chunk)
    }
    this.#chunks.length = mark.chunks
    this.current = this.#chunks[mark.chunks - 1] ?? this.#pool.none
    this.used = mark.used
    this.base = mark.base
    this.#setEnd()
  }

  /** Everything in one array, gaps at the ends of chunks included, so that positions stay what they are. */
  join(): ArrayBuffer {
    const joined = this.#pool.make(this.length)
    let at = 0
    let last: T | undefined
    for (const chunk of this.#chunks) {
      if (chunk !== last) joined.set(chunk.subarray(0, Math.min(chunk.length, joined.length - at)), at)
      if (chunk !== last) at += chunk.length
      last = chunk
    }
    return joined.buffer
  }

  /** The end: chunks go to whoever comes next, and what was written is gone. */
  release(): void {
    for (const chunk of this.#chunks) this.#pool.giveBack(chunk)
    this.current = this.#pool.none
    this.#chunks = []
    this.used = 0
    this.base = 0
    this.#end = 0
  }

  #next(count: number): void {
    const size = 1 << this.#bits
    const places = Math.max(1, Math.ceil(count / size))
    this.base = this.#chunks.length * size
    this.current = places === 1 ? this.#pool.take() : this.#pool.make(places * size)
    for (let index = 0; index < places; index++) this.#chunks.push(this.current)
    this.used = 0
    this.#setEnd()
  }

  #setEnd(): void {
    const size = 1 << this.#bits
    this.#end = this.current.length === size ? size : 0
  }
}
