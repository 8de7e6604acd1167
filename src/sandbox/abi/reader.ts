/**
 * Reads wasm bytes. Past the end, or on a number that is too long, it sets `failed` and answers zeros: callers check
 * once per loop instead of once per byte, and no input makes it throw.
 */
export class ByteReader {
  readonly bytes: Uint8Array
  at: number
  readonly end: number
  failed = false

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes
    this.at = start
    this.end = Math.min(end, bytes.length)
  }

  get done(): boolean {
    return this.failed || this.at >= this.end
  }

  u8(): number {
    if (this.at >= this.end) {
      this.failed = true
      return 0
    }
    return this.bytes[this.at++] ?? 0
  }

  /** Unsigned LEB128 of at most 32 bits. */
  u32(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.u8()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) {
        if (value <= 0xffffffff) return value
        break
      }
    }
    this.failed = true
    return 0
  }

  /** Unsigned LEB128 of at most 64 bits, as a number (page counts of 64-bit memories). */
  u64(): number {
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.u8()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    this.failed = true
    return 0
  }

  skip(count: number): void {
    if (count > this.end - this.at) {
      this.failed = true
      this.at = this.end
    } else this.at += count
  }

  /** A length and that many bytes, as UTF-8. */
  name(): string {
    const length = this.u32()
    const start = this.at
    this.skip(length)
    return this.failed ? '' : new TextDecoder().decode(this.bytes.subarray(start, start + length))
  }

  /** A reader of the next `size` bytes; this one moves behind them. */
  slice(size: number): ByteReader {
    const start = this.at
    this.skip(size)
    return new ByteReader(this.bytes, start, start + size)
  }
}
