import type { MemoryPiece } from '../../model/guest-look.ts'

export type HexByte = {
  /** Two hexadecimal digits. */
  readonly text: string
  /** The character, or a dot. */
  readonly plain: string
  /** Belongs to the piece; the others stand around it. */
  readonly inside: boolean
  /** Its two digits before the call, if the call changed it. */
  readonly was: string | undefined
}
export type HexLine = { readonly address: number; readonly bytes: readonly HexByte[] }

/** As many as the inspector's right half has room for, characters beside them. */
export const bytesInLine = 8

/** A piece of memory in lines, as it is after the call. */
export function hexLines({ pointer, size, at, before, after }: MemoryPiece): readonly HexLine[] {
  const lines: HexLine[] = []
  for (let start = 0; start < after.length; start += bytesInLine) {
    const bytes = [...after.subarray(start, start + bytesInLine)].map((byte, index): HexByte => {
      const address = at + start + index
      const old = before[start + index]
      return {
        text: digits(byte),
        plain: byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.',
        inside: address >= pointer && address < pointer + size,
        was: old === undefined || old === byte ? undefined : digits(old),
      }
    })
    lines.push({ address: at + start, bytes })
  }
  return lines
}

const digits = (byte: number): string => byte.toString(16).padStart(2, '0')
