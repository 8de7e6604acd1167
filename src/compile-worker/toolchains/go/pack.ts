/** Many small files in one (scripts/toolchain-go/packs.mjs): views on its bytes, nothing is copied. */
export type Pack = ReadonlyMap<string, Uint8Array>

/** Opens a pack: the length of its index (u32, little endian), the index `{ name: [offset, length] }`, the contents. */
export function openPack(bytes: Uint8Array): Pack {
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true)
  const index: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)))
  if (typeof index !== 'object' || index === null) throw new Error('A pack of the Go toolchain has no index.')
  const contents = bytes.subarray(4 + length)
  const files = new Map<string, Uint8Array>()
  for (const [name, place] of Object.entries(index)) {
    if (!Array.isArray(place) || !place.every(Number.isInteger)) throw new Error(`No place is known for ${name}.`)
    const [offset, size] = place.map(Number)
    files.set(name, contents.subarray(offset, (offset ?? 0) + (size ?? 0)))
  }
  return files
}

/** The bytes of a pack with these files. */
export function writePack(files: Pack): Uint8Array<ArrayBuffer> {
  let offset = 0
  const index: Record<string, readonly [number, number]> = {}
  for (const [name, { length }] of files) {
    index[name] = [offset, length]
    offset += length
  }
  const head = new TextEncoder().encode(JSON.stringify(index))
  const bytes = new Uint8Array(4 + head.length + offset)
  new DataView(bytes.buffer).setUint32(0, head.length, true)
  bytes.set(head, 4)
  let at = 4 + head.length
  for (const content of files.values()) {
    bytes.set(content, at)
    at += content.length
  }
  return bytes
}
