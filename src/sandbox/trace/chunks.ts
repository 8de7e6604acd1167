/**
 * Stores that grow by whole chunks: nothing is copied when they grow (growing one array by doubling cost 40 % of
 * recording). An entry never crosses a chunk, so it is found by the position of its first element; one that is larger
 * than a chunk gets one of its own, which then stands for several places in the list.
 */
type Elements = Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>

export type ChunkMark = { readonly chunks: number; readonly base: number; readonly used: number }

export class Chunks<T extends Elements> {
  readonly #make: (length: number) => T
  readonly #bits: number
  readonly #chunks: T[] = []
  /** The chunk that is being filled, and how far. */
  current: T
  used = 0
  /** Position of the first element of `current`. */
  base = 0

  /** A chunk has 2 to the power of `bits` elements. */
  constructor(bits: number, make: (length: number) => T) {
    this.#bits = bits
    this.#make = make
    this.current = make(1 << bits)
    this.#chunks.push(this.current)
  }

  /** Position of the next element. */
  get length(): number {
    return this.base + this.used
  }

  /** Makes `current` have room for `count` elements behind `used`. */
  reserve(count: number): void {
    // Behind an entry with a chunk of its own nothing else may stand: it would not be found by its position.
    const own = this.current.length > 1 << this.#bits && this.used > 0
    if (own || this.used + count > this.current.length) this.#next(count)
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
    this.#chunks.length = mark.chunks
    this.current = this.#chunks[mark.chunks - 1] ?? this.current
    this.used = mark.used
    this.base = mark.base
  }

  /** Everything in one array, gaps at the ends of chunks included, so that positions stay what they are. */
  join(): ArrayBuffer {
    const joined = this.#make(this.length)
    let at = 0
    let last: T | undefined
    for (const chunk of this.#chunks) {
      if (chunk !== last) joined.set(chunk.subarray(0, Math.min(chunk.length, joined.length - at)), at)
      if (chunk !== last) at += chunk.length
      last = chunk
    }
    return joined.buffer
  }

  #next(count: number): void {
    const size = 1 << this.#bits
    const places = Math.max(1, Math.ceil(count / size))
    this.base = this.#chunks.length * size
    this.current = this.#make(places * size)
    for (let index = 0; index < places; index++) this.#chunks.push(this.current)
    this.used = 0
  }
}
