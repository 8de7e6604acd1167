import type { HeaderList } from '../../model/http.ts'
import { byteString, writeByteString } from './text.ts'

/** Limits of the host's parser; what exceeds them counts as unparsable (proxy-wasm-host.md 5.1). */
export const maxPairsBytes = 1024 * 1024
export const maxPairs = 1024

/** Bytes that a list takes. */
export function pairsSize(pairs: HeaderList): number {
  let size = 4 + 10 * pairs.length
  for (let index = 0; index < pairs.length; index++) {
    const pair = pairs[index]
    if (pair !== undefined) size += pair[0].length + pair[1].length
  }
  return size
}

/**
 * The bytes of a list, to be copied at once: the next list is written over them. Most entries are those of the list
 * before, at the same place, and stand there already. `size` is its `pairsSize`.
 */
export function sharedPairs(pairs: HeaderList, size: number): Uint8Array {
  if (pairs.length > mostKept || size > longestKept) return encodePairs(pairs)
  const kept = keptPairs[pairs.length] ?? new KeptPairs(pairs.length)
  keptPairs[pairs.length] = kept
  return kept.write(pairs, size)
}

/** Lists of so many entries and bytes are kept. */
const mostKept = 64
const longestKept = 4096
const keptPairs: (KeptPairs | undefined)[] = new Array(mostKept + 1).fill(undefined)

/** The last list of so many entries, as it was written. */
class KeptPairs {
  readonly #bytes = new Uint8Array(longestKept)
  /** As much of it as the last list took. */
  #written: Uint8Array
  readonly #entries: (HeaderList[number] | undefined)[] = []
  /** Where each stands. */
  readonly #starts: number[] = []

  constructor(count: number) {
    this.#written = this.#bytes.subarray(0, 0)
    writeNumber(this.#bytes, 0, count)
    for (let index = 0; index < count; index++) {
      this.#entries.push(undefined)
      this.#starts.push(0)
    }
  }

  write(pairs: HeaderList, size: number): Uint8Array {
    const entries = this.#entries
    const starts = this.#starts
    let at = 4 + 8 * pairs.length
    for (let index = 0; index < pairs.length; index++) {
      const pair = pairs[index]
      if (pair === undefined) continue
      const before = entries[index]
      if (before !== pair || starts[index] !== at) {
        const hasName = starts[index] === at && before?.[0] === pair[0]
        entries[index] = pair
        starts[index] = at
        if (!hasName) writeText(this.#bytes, 4 + 8 * index, at, pair[0])
        writeText(this.#bytes, 8 + 8 * index, at + pair[0].length + 1, pair[1])
      }
      at += pair[0].length + pair[1].length + 2
    }
    if (this.#written.length !== size) this.#written = this.#bytes.subarray(0, size)
    return this.#written
  }
}

/** Writes count, lengths, then each key and value with a NUL behind it. The caller made room for `pairsSize` bytes. */
function writePairs(bytes: Uint8Array, pairs: HeaderList): void {
  writeNumber(bytes, 0, pairs.length)
  let lengths = 4
  let at = lengths + 8 * pairs.length
  for (const [name, value] of pairs) {
    writeText(bytes, lengths, at, name)
    writeText(bytes, lengths + 4, at + name.length + 1, value)
    lengths += 8
    at += name.length + value.length + 2
  }
}

/** A key or value: its length at `length`, and itself at `start`, with a NUL behind it. */
function writeText(bytes: Uint8Array, length: number, start: number, text: string): void {
  writeNumber(bytes, length, text.length)
  writeByteString(bytes, start, text)
  bytes[start + text.length] = 0
}

/** Four bytes, the lowest first. By hand: a view for it would be made anew for each list. */
function writeNumber(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value
  bytes[at + 1] = value >>> 8
  bytes[at + 2] = value >>> 16
  bytes[at + 3] = value >>> 24
}

export function encodePairs(pairs: HeaderList): Uint8Array {
  const bytes = new Uint8Array(pairsSize(pairs))
  writePairs(bytes, pairs)
  return bytes
}

/**
 * `undefined`: the host cannot parse it. Real hosts then go on with an empty list and say nothing; callers decide and
 * keep the reason. No bytes at all are an empty list.
 */
export function decodePairs(bytes: Uint8Array): HeaderList | undefined {
  if (bytes.length === 0) return []
  if (bytes.length > maxPairsBytes || bytes.length < 4) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = view.getUint32(0, true)
  if (count > maxPairs || 4 + 8 * count > bytes.length) return undefined
  const pairs: [string, string][] = []
  let at = 4 + 8 * count
  for (let index = 0; index < count; index++) {
    const keyEnd = at + view.getUint32(4 + 8 * index, true)
    const valueEnd = keyEnd + 1 + view.getUint32(8 + 8 * index, true)
    if (valueEnd >= bytes.length || bytes[keyEnd] !== 0 || bytes[valueEnd] !== 0) return undefined
    pairs.push([byteString(bytes, at, keyEnd), byteString(bytes, keyEnd + 1, valueEnd)])
    at = valueEnd + 1
  }
  return at === bytes.length ? pairs : undefined
}
