import { type TextHash, textHash } from './hash.ts'
import { places } from './places.ts'

/** Characters up to which equal texts are looked for: long ones (access-log lines) hardly ever come twice. */
const longestShared = 200

/** The texts of a trace, each with its number; one that was seen before has the number it had. */
export class Texts {
  readonly all: string[] = []
  readonly #ids = new Map<string, number>()
  /** What each place told last, with its number. */
  readonly #last: (string | undefined)[] = new Array(places).fill(undefined)
  readonly #lastIds: number[] = new Array(places).fill(0)

  /** Hashes of texts, by number, as far as they were asked for. */
  readonly #hashes: (TextHash | undefined)[] = []

  /** Of the text with this number; of no text, when there is none. */
  hash(id: number): TextHash {
    const known = this.#hashes[id]
    if (known !== undefined) return known
    const made = textHash(this.all[id] ?? '')
    this.#hashes[id] = made
    return made
  }

  id(text: string): number {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const id = this.all.push(text) - 1
    if (text.length <= longestShared) this.#ids.set(text, id)
    return id
  }

  /** A text that is not to be found again by `id`. */
  append(text: string): number {
    return this.all.push(text) - 1
  }

  /**
   * As `id`, for a place (a field of an event, by any small number) where the text is usually that of the time before:
   * then one comparison finds it.
   */
  idAt(place: number, text: string): number {
    if (this.#last[place] === text) return this.#lastIds[place] ?? 0
    const id = this.id(text)
    this.#last[place] = text
    this.#lastIds[place] = id
    return id
  }

  /** Forgets what came since there were so many. */
  rewind(count: number): void {
    if (this.all.length === count) return
    for (let place = 0; place < places; place++) if ((this.#lastIds[place] ?? 0) >= count) this.#last[place] = undefined
    while (this.all.length > count) {
      const id = this.all.length - 1
      this.#hashes[id] = undefined
      const text = this.all.pop() ?? ''
      if (this.#ids.get(text) === id) this.#ids.delete(text)
    }
  }
}
