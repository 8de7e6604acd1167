/**
 * The address to which the Go function returns whose call stands right behind these bytes of code: Go writes it to its
 * own stack before each call (cmd/internal/obj/wasm). Undefined for a call of something that is not Go.
 */
export function returnAddressBefore(code: Uint8Array): number | undefined {
  let end = code.length
  const ends = (...bytes: readonly (number | undefined)[]): boolean => {
    const start = end - bytes.length
    return start >= 0 && bytes.every((byte, index) => byte === undefined || code[start + index] === byte)
  }
  // Through a function value: the target is taken from the stack and put back behind the 0 of its entry.
  if (ends(0x42, 0x10, 0x88, 0xa7, 0x21, undefined, 0x41, 0, 0x20, undefined)) end -= 10
  else if (ends(0x41, 0)) end -= 2
  if (!ends(0x37, undefined, 0)) return undefined
  end -= 3
  for (let start = end - 2; start >= Math.max(0, end - 11); start--) {
    if (code[start] !== 0x42) continue
    const value = signedLeb(code, start + 1, end)
    if (value !== undefined && value > 0) return value
  }
  return undefined
}

/** The signed LEB128 that fills these bytes; undefined when it does not end just there. */
function signedLeb(code: Uint8Array, start: number, end: number): number | undefined {
  let value = 0
  for (let at = start; at < end; at++) {
    const byte = code[at] ?? 0
    value += (byte & 0x7f) * 2 ** (7 * (at - start))
    if (byte < 0x80) {
      if (at !== end - 1) return undefined
      return (byte & 0x40) === 0 && Number.isSafeInteger(value) ? value : undefined
    }
  }
  return undefined
}
