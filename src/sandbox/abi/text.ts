/**
 * Byte strings and texts. Headers, property paths and names are byte strings (one character is one byte, as in
 * fetch); log messages are UTF-8 for people. TextDecoder's "latin1" is windows-1252, so it cannot be used here.
 */
const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
const encoder = new TextEncoder()

/** Bytes `start` to `end` as a byte string. */
export function byteString(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = ''
  let at = start
  // Eight at a time: measured twice as fast as one by one, and no view is created for short strings.
  for (; at + 8 <= end; at += 8) {
    text += String.fromCharCode(
      bytes[at] ?? 0,
      bytes[at + 1] ?? 0,
      bytes[at + 2] ?? 0,
      bytes[at + 3] ?? 0,
      bytes[at + 4] ?? 0,
      bytes[at + 5] ?? 0,
      bytes[at + 6] ?? 0,
      bytes[at + 7] ?? 0,
    )
  }
  for (; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0)
  return text
}

/** The bytes of a byte string; characters above 0xFF lose their upper bits. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  writeByteString(bytes, 0, text)
  return bytes
}

/** Writes a byte string at `at`; the caller has checked that it fits. */
export function writeByteString(bytes: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index)
}

/** UTF-8 with replacement characters, for display. */
export function utf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

export function utf8Bytes(text: string): Uint8Array {
  return encoder.encode(text)
}
