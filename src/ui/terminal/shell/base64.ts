/** Bytes as base64, for `curl -u`. */
export function base64Bytes(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
