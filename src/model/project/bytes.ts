/** Text to bytes (UTF-8). */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/**
 * A text written by a person as a byte string (one character, one byte). Text that fits in latin1 is taken as it is,
 * as the run report writes it; any other text is sent as UTF-8, as a terminal would.
 */
export function byteString(text: string): string {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 0xff) return latin1(utf8(text))
  }
  return text
}

/** Bytes as a string of the same length. */
export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192))
  }
  return text
}

/** `undefined` if the text is not base64 (padding may be missing, line breaks are allowed). */
export function fromBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined
  const digits = compact.replace(/=+$/, '')
  if (digits.length % 4 === 1) return undefined
  const binary = atob(digits)
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(latin1(bytes))
}
