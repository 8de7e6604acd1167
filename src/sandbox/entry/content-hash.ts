/**
 * A 64-bit hash of bytes (two FNV-1a lanes with a mix), to recognise a module seen before. It guards a cache of one
 * person's own modules, not against an attacker.
 */
export function contentHash(bytes: Uint8Array): string {
  let a = 0x811c9dc5 ^ bytes.length
  let b = 0x9747b28c
  const add = (word: number): void => {
    a = Math.imul(a ^ word, 0x01000193)
    a ^= a >>> 13
    b = Math.imul(b ^ word, 0x5bd1e995)
    b ^= b >>> 15
  }
  // Four bytes at a time: in a fresh worker this loop runs before it is compiled.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = bytes.length & ~3
  for (let index = 0; index < whole; index += 4) add(view.getInt32(index, true))
  for (let index = whole; index < bytes.length; index++) add(bytes[index] ?? 0)
  return `${(a >>> 0).toString(16).padStart(8, '0')}${(b >>> 0).toString(16).padStart(8, '0')}-${bytes.length}`
}
