const nothing = new Uint8Array(0)

/**
 * Body bytes on their way through the chain: a chunk, or the one shared buffer of a direction. Its identity matters:
 * a filter that buffers the shared buffer itself does not copy it (proxy-wasm-host.md 6.2).
 */
export class BodyChunk {
  private pieces: Uint8Array[]
  private total: number

  constructor(bytes: Uint8Array = nothing) {
    this.pieces = bytes.length === 0 ? [] : [bytes]
    this.total = bytes.length
  }

  get size(): number {
    return this.total
  }

  bytes(): Uint8Array {
    if (this.pieces.length === 1) return this.pieces[0] ?? nothing
    if (this.total === 0) return nothing
    const all = new Uint8Array(this.total)
    let offset = 0
    for (const piece of this.pieces) {
      all.set(piece, offset)
      offset += piece.length
    }
    this.pieces = [all]
    return all
  }

  replace(bytes: Uint8Array): void {
    this.pieces = bytes.length === 0 ? [] : [bytes]
    this.total = bytes.length
  }

  /** Takes the other chunk's bytes; it is empty afterwards. */
  moveFrom(other: BodyChunk): void {
    if (other === this) return
    this.pieces.push(...other.pieces)
    this.total += other.total
    other.pieces = []
    other.total = 0
  }

  /** The bytes, leaving the chunk empty. */
  take(): Uint8Array {
    const bytes = this.bytes()
    this.pieces = []
    this.total = 0
    return bytes
  }
}
