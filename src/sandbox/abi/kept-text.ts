/** Longest text that is kept, in characters. */
export const longestKept = 64

/** Places that a kept text takes: eight bytes in each, and one for its last bytes. */
export const keptPlaces = longestKept / 8 + 1

/**
 * A short text of a guest with its bytes, eight at a time: so it is compared with memory, and written to it, in a few
 * steps. The bytes lie in `words` from `from` on as numbers of 64 bits. Characters 1 to 127 only: then no number is NaN
 * or a zero, and two are equal only if their bits are. The last bytes stand behind the others once more, overlapping
 * them, so that no step is left for single ones.
 */
export class KeptText {
  readonly text: string
  /** The trace that has its bytes, and where they stand in it. */
  trace: object | undefined = undefined
  offset = 0
  readonly #words: Float64Array
  readonly #from: number

  /** The text stands at `at` of the memory, and `canKeep` allows it. */
  constructor(text: string, words: Float64Array, from: number, view: DataView, at: number) {
    this.text = text
    this.#words = words
    this.#from = from
    const { length } = text
    if (length >= 8) {
      for (let index = 0; index + 8 <= length; index += 8)
        words[from + (index >> 3)] = view.getFloat64(at + index, true)
      words[from + keptPlaces - 1] = view.getFloat64(at + length - 8, true)
    } else {
      words[from] = view.getInt32(at, true)
      words[from + keptPlaces - 1] = view.getInt32(at + length - 4, true)
    }
  }

  /** Whether it stands at `at`; bytes of its length lie inside the memory. */
  standsAt(view: DataView, at: number): boolean {
    const words = this.#words
    const from = this.#from
    const { length } = this.text
    if (length < 8)
      return (
        view.getInt32(at, true) === words[from] && view.getInt32(at + length - 4, true) === words[from + keptPlaces - 1]
      )
    const whole = length >> 3
    for (let word = 0; word < whole; word++)
      if (view.getFloat64(at + 8 * word, true) !== words[from + word]) return false
    return view.getFloat64(at + length - 8, true) === words[from + keptPlaces - 1]
  }

  /** Writes it to `at`; bytes of its length lie inside the memory. */
  writeTo(view: DataView, at: number): void {
    const words = this.#words
    const from = this.#from
    const { length } = this.text
    if (length < 8) {
      view.setInt32(at, words[from] ?? 0, true)
      view.setInt32(at + length - 4, words[from + keptPlaces - 1] ?? 0, true)
      return
    }
    const whole = length >> 3
    for (let word = 0; word < whole; word++) view.setFloat64(at + 8 * word, words[from + word] ?? 0, true)
    view.setFloat64(at + length - 8, words[from + keptPlaces - 1] ?? 0, true)
  }
}

/** Whether a text can be kept: 4 to 64 characters, all of them ASCII and none NUL. */
export function canKeep(text: string): boolean {
  const { length } = text
  if (length < 4 || length > longestKept) return false
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index)
    if (code === 0 || code > 127) return false
  }
  return true
}
