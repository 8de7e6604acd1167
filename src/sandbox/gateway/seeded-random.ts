/**
 * Deterministic bytes: each purpose has its own stream f(seed, purpose), so that one extra call somewhere does not
 * change everything (design 4.6).
 */
export type SeededRandom = {
  fill(bytes: Uint8Array): void
  /** A number in [0, 1). */
  next(): number
}

/** The stream of a purpose. */
export function seededRandom(seed: number, purpose: string): SeededRandom {
  return new Sfc32(seed, purpose)
}

/**
 * sfc32 seeded by an FNV-1a hash of the purpose; statistical quality is all that is needed here. A class, so that the
 * streams of the next gateway are no new functions to their callers.
 */
class Sfc32 implements SeededRandom {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(seed: number, purpose: string) {
    let hash = 0x811c9dc5
    for (let index = 0; index < purpose.length; index++) {
      hash = Math.imul(hash ^ purpose.charCodeAt(index), 0x01000193) >>> 0
    }
    this.a = seed | 0
    this.b = hash | 0
    this.c = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    for (let index = 0; index < 12; index++) this.word()
  }

  fill(bytes: Uint8Array): void {
    const { length } = bytes
    const whole = length & ~3
    let at = 0
    for (; at < whole; at += 4) {
      const value = this.word()
      bytes[at] = value
      bytes[at + 1] = value >>> 8
      bytes[at + 2] = value >>> 16
      bytes[at + 3] = value >>> 24
    }
    if (at === length) return
    const value = this.word()
    for (let byte = 0; at < length; byte++) bytes[at++] = value >>> (8 * byte)
  }

  next(): number {
    return (this.word() >>> 0) / 0x1_0000_0000
  }

  /** The next 32 bits, as a number with sign. */
  private word(): number {
    const { b, c } = this
    const sum = (this.a + b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = b ^ (b >>> 9)
    this.b = (c + (c << 3)) | 0
    this.c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum
  }
}
