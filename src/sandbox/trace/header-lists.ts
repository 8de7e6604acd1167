import type { HeaderList } from '../../model/http.ts'
import { type ChunkMark, ChunkPool, Chunks } from './chunks.ts'
import { places } from './places.ts'
import type { Texts } from './texts.ts'

/** Values by which a list may differ from the one before and still be told as a change of it. */
const maxChanges = 6

/** Longer values that differ from one request to the next (ids, dates) are not looked for among all texts. */
const longestLookedUp = 16

/** Pairs with such values that are remembered. */
const remembered = 4

const chunks = new ChunkPool(14, 64, (length) => new Int32Array(length))
const noList: HeaderList = []

/** What a place told of late. */
class PlaceLists {
  /** The last whole list that was written, and its position; -1: none. */
  base: HeaderList = noList
  baseAt = -1
  /** The last list, and its position. */
  last: HeaderList = noList
  lastAt = -1
}

/**
 * Header lists as words. At each place where they are told (a station on the way of a request) they are nearly the same
 * from one request to the next: a list that has the same names as the last whole one of its place is kept as the values
 * that differ, or not again at all.
 *
 * A whole list: how many pairs, then two texts for each. A changed one: -1 minus how many values differ, the position
 * of the whole list, then index and text for each.
 */
export class HeaderLists {
  readonly words = new Chunks(chunks)
  readonly #texts: Texts
  readonly #places = Array.from({ length: places }, () => new PlaceLists())
  readonly #changes = new Int32Array(2 * maxChanges)
  /** Such values of late, as the pairs they stand in, with their texts: a pair goes from station to station. */
  readonly #lately: (HeaderList[number] | undefined)[] = new Array(remembered).fill(undefined)
  readonly #latelyIds: number[] = new Array(remembered).fill(0)
  #next = 0

  constructor(texts: Texts) {
    this.#texts = texts
  }

  /**
   * Position of the list among the words, told at `place`; `before` is a place that may have told this very list just
   * now. The list may not change afterwards.
   */
  position(place: number, list: HeaderList, before = place): number {
    const earlier = this.#places[before]
    if (earlier?.last === list && earlier.lastAt >= 0) return earlier.lastAt
    const known = this.#places[place]
    if (known === undefined) return this.#write(list)
    known.last = list
    known.lastAt = this.#tell(known, list)
    return known.lastAt
  }

  #tell(known: PlaceLists, list: HeaderList): number {
    if (known.baseAt >= 0) {
      const changes = this.#compare(known.base, list)
      if (changes === 0) return known.baseAt
      if (changes > 0) return this.#writeChanges(known.baseAt, changes)
    }
    known.baseAt = this.#write(list)
    known.base = list
    return known.baseAt
  }

  mark(): ChunkMark {
    return this.words.mark()
  }

  rewind(mark: ChunkMark): void {
    // Most events have no list.
    if (this.words.length === mark.base + mark.used) return
    this.words.rewind(mark)
    this.#lately.fill(undefined)
    for (const known of this.#places) {
      if (known.baseAt >= this.words.length) known.baseAt = -1
      if (known.lastAt >= this.words.length) known.lastAt = -1
    }
  }

  /** How many values differ, noted in `#changes`; -1: too many, or other names. */
  #compare(base: HeaderList, list: HeaderList): number {
    if (base.length !== list.length) return -1
    let changes = 0
    for (let index = 0; index < list.length; index++) {
      const before = base[index]
      const pair = list[index]
      if (pair === before || pair === undefined || before === undefined) continue
      if (pair[0] !== before[0]) return -1
      if (pair[1] === before[1]) continue
      if (changes === maxChanges) return -1
      this.#changes[2 * changes] = index
      this.#changes[2 * changes + 1] = this.#changed(pair)
      changes++
    }
    return changes
  }

  #changed(pair: HeaderList[number]): number {
    const value = pair[1]
    if (value.length <= longestLookedUp) return this.#texts.id(value)
    const lately = this.#lately
    for (let index = 0; index < remembered; index++) if (lately[index] === pair) return this.#latelyIds[index] ?? 0
    const id = this.#texts.append(value)
    const next = this.#next
    lately[next] = pair
    this.#latelyIds[next] = id
    this.#next = (next + 1) % remembered
    return id
  }

  #writeChanges(base: number, changes: number): number {
    const { words } = this
    words.reserve(2 + 2 * changes)
    const at = words.length
    const { current, used } = words
    current[used] = -1 - changes
    current[used + 1] = base
    for (let index = 0; index < 2 * changes; index++) current[used + 2 + index] = this.#changes[index] ?? 0
    words.used = used + 2 + 2 * changes
    return at
  }

  #write(list: HeaderList): number {
    const { words } = this
    words.reserve(1 + 2 * list.length)
    const at = words.length
    const { current } = words
    let used = words.used
    current[used++] = list.length
    for (const [name, value] of list) {
      current[used++] = this.#texts.id(name)
      current[used++] = this.#texts.id(value)
    }
    words.used = used
    return at
  }
}

/** Words by their position, in chunks or in one piece. */
export type WordsAt = {
  chunkOf(position: number): Int32Array
  placeOf(position: number): number
}

/** The texts of the list at a position: name and value in turn. */
export function headerTexts(words: WordsAt, position: number): readonly number[] {
  const chunk = words.chunkOf(position)
  const place = words.placeOf(position)
  const first = chunk[place] ?? 0
  if (first >= 0) return Array.from(chunk.subarray(place + 1, place + 1 + 2 * first))
  const texts = [...headerTexts(words, chunk[place + 1] ?? 0)]
  for (let change = place + 2; change < place - 2 * first; change += 2)
    texts[2 * (chunk[change] ?? 0) + 1] = chunk[change + 1] ?? 0
  return texts
}

/** The list at a position. */
export function readHeaders(words: WordsAt, position: number, texts: readonly string[]): HeaderList {
  const found = headerTexts(words, position)
  const list: [string, string][] = []
  for (let at = 0; at < found.length; at += 2) list.push([texts[found[at] ?? 0] ?? '', texts[found[at + 1] ?? 0] ?? ''])
  return list
}
