import { canKeep, KeptText, keptPlaces, longestKept } from './kept-text.ts'
import { byteString } from './text.ts'

/** A power of two; many more than the texts of one request, so that few take each other's place. */
const textSlots = 512

/**
 * A guest's linear memory. Pointers arrive from JavaScript as signed numbers: every method takes them through `>>> 0`
 * and checks bounds, so that no pointer can make the host throw (style rule 16). Views are renewed when memory grew:
 * growing detaches them, which shows as a length of 0. To ask the memory for its buffer each time costs far more.
 */
export class GuestMemory {
  readonly #memory: WebAssembly.Memory
  #bytes: Uint8Array
  #view: DataView
  /** Texts read of late, by where they stood; their bytes lie in `#words`. */
  readonly #texts: (KeptText | undefined)[] = new Array(textSlots).fill(undefined)
  readonly #words = new Float64Array(textSlots * keptPlaces)

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory
    this.#bytes = new Uint8Array(memory.buffer)
    this.#view = new DataView(memory.buffer)
  }

  /** The whole memory, fresh. Never keep it across a guest call: growing detaches it. */
  get bytes(): Uint8Array {
    if (this.#bytes.length === 0) this.#renew()
    return this.#bytes
  }

  get view(): DataView {
    if (this.#bytes.length === 0) this.#renew()
    return this.#view
  }

  get size(): number {
    return this.#memory.buffer.byteLength
  }

  contains(pointer: number, size: number): boolean {
    return (pointer >>> 0) + (size >>> 0) <= this.bytes.length
  }

  /** False: out of bounds, nothing written. */
  writeU32(pointer: number, value: number): boolean {
    const at = pointer >>> 0
    if (at + 4 > this.bytes.length) return false
    this.#view.setInt32(at, value, true)
    return true
  }

  /** False: out of bounds, nothing written. */
  writeU64(pointer: number, value: bigint): boolean {
    if (!this.contains(pointer, 8)) return false
    this.view.setBigUint64(pointer >>> 0, BigInt.asUintN(64, value), true)
    return true
  }

  readU32(pointer: number): number | undefined {
    return this.contains(pointer, 4) ? this.view.getUint32(pointer >>> 0, true) : undefined
  }

  /** A byte string that lies inside the memory. */
  text(pointer: number, size: number): string {
    return this.keptText(pointer, size)?.text ?? byteString(this.bytes, pointer, pointer + size)
  }

  /**
   * The same, with its bytes. Names and values mostly stand where they stood the time before: then it is the same one,
   * whose string need not be made, and which is compared by identity from then on. Undefined: such a text is not kept.
   */
  keptText(pointer: number, size: number): KeptText | undefined {
    const { bytes } = this
    if (size > longestKept) return undefined
    const slot = (pointer ^ (pointer >>> 9) ^ (size << 4)) & (textSlots - 1)
    const known = this.#texts[slot]
    if (known !== undefined && known.text.length === size && known.standsAt(this.#view, pointer)) return known
    const text = byteString(bytes, pointer, pointer + size)
    if (!canKeep(text)) return undefined
    const kept = new KeptText(text, this.#words, slot * keptPlaces, this.#view, pointer)
    this.#texts[slot] = kept
    return kept
  }

  #renew(): void {
    this.#bytes = new Uint8Array(this.#memory.buffer)
    this.#view = new DataView(this.#memory.buffer)
  }
}
