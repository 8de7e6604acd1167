/** The encoded answers: `/gzip`, `/deflate` and `/brotli` (filters.py of httpbin). */
import { deflate, deflateRaw } from 'pako'

/** Python's `GzipFile(compresslevel=4)`: the time of day, an unknown operating system. */
export function gzipped(content: Uint8Array, nowMs: number): Uint8Array {
  const packed = deflateRaw(content, { level: 4, legacyHash: true })
  const whole = new Uint8Array(10 + packed.length + 8)
  const view = new DataView(whole.buffer)
  whole.set([0x1f, 0x8b, 8, 0])
  view.setUint32(4, Math.floor(nowMs / 1000), true)
  whole.set([0, 0xff], 8)
  whole.set(packed, 10)
  view.setUint32(10 + packed.length, crc32(content), true)
  view.setUint32(14 + packed.length, content.length, true)
  return whole
}

/** zlib with its header, default level: the same bytes. */
export const deflated = (content: Uint8Array): Uint8Array => deflate(content, { legacyHash: true })

const stored = 65_536

/**
 * A Brotli stream (RFC 7932, 9.2) of stored pieces: what unpacks to the content, and is a little longer than it. The real
 * one is shorter (docs/DIFFERENCES.md).
 */
export function brotli(content: Uint8Array): Uint8Array {
  const pieces = Math.ceil(content.length / stored)
  const whole = new Uint8Array(pieces * 3 + content.length + 1)
  let at = 0
  for (let start = 0; start < content.length; start += stored) {
    const piece = content.subarray(start, start + stored)
    // From the lowest bit: in the first piece a 0 for a window of 16 bits; not the last one; 4 nibbles of length; stored.
    const header = ((piece.length - 1) << 3) | (1 << 19)
    const bits = start === 0 ? header << 1 : header
    whole.set([bits & 0xff, (bits >> 8) & 0xff, bits >> 16], at)
    whole.set(piece, at + 3)
    at += 3 + piece.length
  }
  // The last piece, empty; of no content, behind the window's 0.
  whole[at] = pieces === 0 ? 0b110 : 0b11
  return whole
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
