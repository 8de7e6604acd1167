import { at, textOf, utf8 } from './bytes'

/**
 * Header lists in the ABI's own form: u32 count, count × (u32 key length, u32 value length), then each key and value
 * followed by NUL. All little endian.
 */
export function encodePairs(pairs: string[][]): ArrayBuffer {
  const bytes = new Array<ArrayBuffer>(pairs.length * 2)
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i]
    bytes[i * 2] = utf8(pair[0])
    bytes[i * 2 + 1] = utf8(pair.length > 1 ? pair[1] : '')
  }
  return encodeBytePairs(bytes)
}

/** The same for bytes: key, value, key, value, … */
export function encodeBytePairs(bytes: ArrayBuffer[]): ArrayBuffer {
  let size = 4
  for (let i = 0; i < bytes.length; i++) size += 4 + bytes[i].byteLength + 1
  const block = new ArrayBuffer(size)
  let head = at(block)
  store<u32>(head, bytes.length >> 1)
  head += 4
  let data = head + bytes.length * 4
  for (let i = 0; i < bytes.length; i++) {
    const item = bytes[i]
    store<u32>(head, item.byteLength)
    head += 4
    memory.copy(data, at(item), item.byteLength)
    data += item.byteLength + 1
  }
  return block
}

/** Keys and values as bytes: key, value, key, value, … Empty for an empty or broken block. */
export function decodeBytePairs(block: ArrayBuffer): ArrayBuffer[] {
  const result = new Array<ArrayBuffer>()
  const size = <usize>block.byteLength
  if (size < 4) return result
  const base = at(block)
  const items = <usize>load<u32>(base) * 2
  let data: usize = 4 + items * 4
  if (data > size) return result
  for (let i: usize = 0; i < items; i++) {
    const length = <usize>load<u32>(base + 4 + i * 4)
    if (data + length > size) break
    const item = new ArrayBuffer(<i32>length)
    memory.copy(at(item), base + data, length)
    result.push(item)
    data += length + 1
  }
  return result
}

/** Pairs as texts: `[[name, value], …]`. */
export function decodePairs(block: ArrayBuffer): string[][] {
  const flat = decodeBytePairs(block)
  const result = new Array<string[]>()
  for (let i = 0; i + 1 < flat.length; i += 2) result.push([textOf(flat[i]), textOf(flat[i + 1])])
  return result
}
