/** Both lanes over the length and the characters of a text. */
export type TextHash = { readonly a: number; readonly b: number }

export function textHash(text: string): TextHash {
  const hash = new TraceHash()
  hash.begin()
  hash.word(text.length)
  for (let at = 0; at < text.length; at++) hash.word(text.charCodeAt(at))
  return hash.lanes
}

/**
 * The trace hash (design 4.6): each event is hashed by itself, its place in the run included, and the results are
 * added up. So it does not matter when an event is hashed (kept ones at the end, dropped ones at once), nor that the
 * results of a host call are known only after events inside it. Two lanes of 32 bits; not a cryptographic hash.
 */
export class TraceHash {
  #sumA = 0
  #sumB = 0
  #a = 0
  #b = 0

  begin(): void {
    this.#a = 0x2545f491
    this.#b = 0x9e3779b9 | 0
  }

  word(value: number): void {
    let a = Math.imul(this.#a ^ value, 0x85ebca6b)
    a = (a << 13) | (a >>> 19)
    this.#a = (Math.imul(a, 5) + 0x6546b64) | 0
    let b = (this.#b + value) | 0
    b = Math.imul(b ^ (b >>> 15), 0x2c1b3c6d)
    this.#b = b ^ (b >>> 12)
  }

  /** Of what was hashed since `begin`. */
  get lanes(): TextHash {
    return { a: this.#a, b: this.#b }
  }

  /** Length, then the bytes, four to a word. */
  bytes(bytes: Uint8Array, start: number, length: number): void {
    this.word(length)
    const end = start + length
    let at = start
    for (; at + 4 <= end; at += 4) {
      this.word(
        (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24),
      )
    }
    for (; at < end; at++) this.word(bytes[at] ?? 0)
  }

  /** A text by its own hash, which is worked out once for a text that comes again and again. */
  text({ a, b }: TextHash): void {
    this.word(a)
    this.word(b)
  }

  end(): void {
    let a = this.#a ^ this.#b
    a = Math.imul(a ^ (a >>> 16), 0x7feb352d)
    a = Math.imul(a ^ (a >>> 15), 0x846ca68b)
    this.#sumA = (this.#sumA + (a ^ (a >>> 16))) | 0
    let b = (this.#b + Math.imul(this.#a, 0x27d4eb2f)) | 0
    b = Math.imul(b ^ (b >>> 16), 0x85ebca6b)
    this.#sumB = (this.#sumB + (b ^ (b >>> 13))) | 0
  }

  /** Adds what another hash has summed up. */
  add(other: TraceHash): void {
    this.#sumA = (this.#sumA + other.#sumA) | 0
    this.#sumB = (this.#sumB + other.#sumB) | 0
  }

  /** 16 hex digits. */
  hex(): string {
    return [this.#sumA, this.#sumB].map((sum) => (sum >>> 0).toString(16).padStart(8, '0')).join('')
  }
}
