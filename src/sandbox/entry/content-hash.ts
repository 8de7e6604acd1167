/**
 * A 64-bit hash of bytes (two FNV-1a lanes with a mix), to recognise a module seen before. It guards a cache of one
 * person's own modules, not against an attacker.
 */
export function contentHash(bytes: Uint8Array): string {
  let a = 0x811c9dc5 ^ bytes.length
  let b = 0x9747b28c
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0
    a = Math.imul(a ^ byte, 0x01000193)
    b = Math.imul(b ^ byte, 0x5bd1e995)
    b ^= b >>> 15
  }
  return `${(a >>> 0).toString(16).padStart(8, '0')}${(b >>> 0).toString(16).padStart(8, '0')}-${bytes.length}`
}
