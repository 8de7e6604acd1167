import { canKeep, KeptText, keptPlaces, longestKept } from './kept-text.ts'
import { byteString, writeByteString } from './text.ts'

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

  /** Texts written of late, by their length; their bytes lie in `#writtenWords`. */
  readonly #written: (KeptText | undefined)[] = new Array(longestKept + 1).fill(undefined)
  readonly #writtenWords = new Float64Array((longestKept + 1) * keptPlaces)

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

  /** Where a block stands and how long it is; `address` or `sizeAddress`: that one is out of bounds, nothing behind it is written. */
  writeBlockAt(
    address: number,
    sizeAddress: number,
    pointer: number,
    size: number,
  ): 'written' | 'address' | 'sizeAddress' {
    const { length } = this.bytes
    if ((address >>> 0) + 4 > length) return 'address'
    this.#view.setInt32(address >>> 0, pointer, true)
    if ((sizeAddress >>> 0) + 4 > length) return 'sizeAddress'
    this.#view.setInt32(sizeAddress >>> 0, size, true)
    return 'written'
  }

  /**
   * A byte string that fits. Most are those that were written the time before, and are then written at once. Undefined:
   * such a text is not kept.
   */
  writeText(pointer: number, text: string): KeptText | undefined {
    const { bytes } = this
    const { length } = text
    const known = length <= longestKept ? this.#written[length] : undefined
    if (known !== undefined && known.text === text) {
      known.writeTo(this.#view, pointer)
      return known
    }
    writeByteString(bytes, pointer, text)
    if (!canKeep(text)) return undefined
    const kept = new KeptText(text, this.#writtenWords, length * keptPlaces, this.#view, pointer)
    this.#written[length] = kept
    return kept
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
