import type { HeaderList } from '../../model/http.ts'
import { byteString, writeByteString } from './text.ts'

/** Limits of the host's parser; what exceeds them counts as unparsable (proxy-wasm-host.md 5.1). */
export const maxPairsBytes = 1024 * 1024
export const maxPairs = 1024

/** Bytes that `writePairs` will write. */
export function pairsSize(pairs: HeaderList): number {
  let size = 4 + 10 * pairs.length
  for (let index = 0; index < pairs.length; index++) {
    const pair = pairs[index]
    if (pair !== undefined) size += pair[0].length + pair[1].length
  }
  return size
}

/** Writes count, lengths, then each key and value with a NUL behind it. The caller made room for `pairsSize` bytes. */
export function writePairs(bytes: Uint8Array, start: number, pairs: HeaderList): void {
  writeNumber(bytes, start, pairs.length)
  let lengths = start + 4
  let at = lengths + 8 * pairs.length
  for (let index = 0; index < pairs.length; index++) {
    const pair = pairs[index]
    if (pair === undefined) continue
    const key = pair[0]
    const value = pair[1]
    writeNumber(bytes, lengths, key.length)
    writeNumber(bytes, lengths + 4, value.length)
    lengths += 8
    writeByteString(bytes, at, key)
    at += key.length
    bytes[at++] = 0
    writeByteString(bytes, at, value)
    at += value.length
    bytes[at++] = 0
  }
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
  writePairs(bytes, 0, pairs)
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
