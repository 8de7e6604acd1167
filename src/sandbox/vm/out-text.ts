import { canKeep, KeptText, keptPlaces } from '../abi/kept-text.ts'
import type { GuestMemory } from '../abi/memory.ts'
import { writeByteString } from '../abi/text.ts'

/** The text that one result of one function was last: most are the same again, and are then written at once. */
export class OutText {
  /** What was written last; undefined: it is not of a kind that is kept. */
  written: KeptText | undefined
  readonly #words = new Float64Array(keptPlaces)

  /** The text must fit. */
  write(memory: GuestMemory, at: number, text: string): void {
    const { written } = this
    if (written !== undefined && written.text === text) {
      written.writeTo(memory.view, at)
      return
    }
    writeByteString(memory.bytes, at, text)
    this.written = canKeep(text) ? new KeptText(text, this.#words, 0, memory.view, at) : undefined
  }
}
