import { byteString } from './text.ts'

/** A power of two; many more than the texts of one request, so that few take each other's place. */
const textSlots = 512
const longestKept = 64
/** Words of four bytes that are kept of a text. */
const keptWords = longestKept / 4

/**
 * A guest's linear memory. Pointers arrive from JavaScript as signed numbers: every method takes them through `>>> 0`
 * and checks bounds, so that no pointer can make the host throw (style rule 16). Views are renewed when memory grew:
 * growing detaches them, which shows as a length of 0. To ask the memory for its buffer each time costs far more.
 */
export class GuestMemory {
  readonly #memory: WebAssembly.Memory
  #bytes: Uint8Array
  #view: DataView
  /** Texts read of late, by where they stood. */
  readonly #texts: string[] = new Array(textSlots).fill('')
  /** Their bytes, four at a time: so they are compared, which is faster than letter by letter. */
  readonly #words = new Int32Array(textSlots * keptWords)

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
    if (!this.contains(pointer, 4)) return false
    this.view.setUint32(pointer >>> 0, value, true)
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

  /**
   * A byte string that lies inside the memory. Names and values mostly stand where they stood the time before: then it is
   * the same string, which need not be made, and is compared by identity from then on.
   */
  text(pointer: number, size: number): string {
    const { bytes } = this
    if (size > longestKept) return byteString(bytes, pointer, pointer + size)
    const slot = (pointer ^ (pointer >>> 9) ^ (size << 4)) & (textSlots - 1)
    const known = this.#texts[slot] ?? ''
    if (known.length === size && this.#isKept(slot, pointer, known)) return known
    const text = byteString(bytes, pointer, pointer + size)
    this.#texts[slot] = text
    for (let word = 0; word < size >> 2; word++)
      this.#words[slot * keptWords + word] = this.#view.getInt32(pointer + 4 * word, true)
    return text
  }

  /** Whether the text of this slot stands at `pointer`; a text of its length does. */
  #isKept(slot: number, pointer: number, text: string): boolean {
    const view = this.#view
    const words = this.#words
    const whole = text.length >> 2
    for (let word = 0; word < whole; word++)
      if (view.getInt32(pointer + 4 * word, true) !== words[slot * keptWords + word]) return false
    for (let index = 4 * whole; index < text.length; index++)
      if (this.#bytes[pointer + index] !== text.charCodeAt(index)) return false
    return true
  }

  #renew(): void {
    this.#bytes = new Uint8Array(this.#memory.buffer)
    this.#view = new DataView(this.#memory.buffer)
  }
}
