/**
 * Bytes and texts. On the wire header values and bodies are bytes; texts here are UTF-8 unless a name says otherwise.
 */

/** Places where host functions write a pointer, a size and a number. Read them before the next host call. */
export const OUT_POINTER: usize = memory.data(4)
export const OUT_SIZE: usize = memory.data(4)
export const OUT_WORD: usize = memory.data(4)
export const OUT_LONG: usize = memory.data(8, 8)

const NOTHING = new ArrayBuffer(0)

/** UTF-8 bytes of a text. */
export function utf8(text: string): ArrayBuffer {
  return String.UTF8.encode(text)
}

/** Text of UTF-8 bytes. Bytes that are no UTF-8 come out as something else: keep the bytes where that matters. */
export function textOf(bytes: ArrayBuffer): string {
  return String.UTF8.decode(bytes)
}

/** One character per byte, as HTTP headers are on the wire. */
export function latin1Of(bytes: ArrayBuffer): string {
  const size = bytes.byteLength
  const units = new ArrayBuffer(size << 1)
  for (let i = 0; i < size; i++) {
    store<u16>(changetype<usize>(units) + (i << 1), load<u8>(changetype<usize>(bytes) + i))
  }
  return String.UTF16.decode(units)
}

/** Bytes of a text whose characters are bytes (the low eight bits of each). */
export function latin1(text: string): ArrayBuffer {
  const bytes = new ArrayBuffer(text.length)
  for (let i = 0; i < text.length; i++) store<u8>(changetype<usize>(bytes) + i, <u8>text.charCodeAt(i))
  return bytes
}

/** The block that the host wrote through `malloc`. The host writes pointer 0 for nothing. */
export function takeBytes(): ArrayBuffer {
  const pointer = load<u32>(OUT_POINTER)
  return pointer == 0 ? NOTHING : changetype<ArrayBuffer>(<usize>pointer)
}

/** Address and size of bytes for a host call; keep the buffer in a variable until the call is over. */
// @ts-ignore: decorator
@inline export function at(bytes: ArrayBuffer): usize {
  return changetype<usize>(bytes)
}

/** True if both hold the same bytes. */
export function equalBytes(a: ArrayBuffer, b: ArrayBuffer): bool {
  return a.byteLength == b.byteLength && memory.compare(at(a), at(b), a.byteLength) == 0
}

/** One buffer after the other. */
export function joinBytes(a: ArrayBuffer, b: ArrayBuffer): ArrayBuffer {
  const joined = new ArrayBuffer(a.byteLength + b.byteLength)
  memory.copy(at(joined), at(a), a.byteLength)
  memory.copy(at(joined) + a.byteLength, at(b), b.byteLength)
  return joined
}
