/**
 * Text that comes from a guest, a header or a body, made safe to look at. Control characters, escape sequences,
 * bidirectional controls and lone surrogates are shown as escapes and never act.
 */
export type TextPart = { readonly text: string; readonly escaped: boolean }

// C0, DEL, C1, soft hyphen, zero width and bidirectional controls, line/paragraph separators, BOM, interlinear
// annotation, tags, lone surrogates.
const SPECIAL =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Cs}/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' }

function escapeOne(char: string): string {
  const short = SHORT[char]
  if (short !== undefined) return short
  const code = char.codePointAt(0) ?? 0
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/** Splits text into what can be shown as it is and what is shown as an escape. `keep` lists characters left alone. */
export function textParts(text: string, keep = ''): readonly TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of text.matchAll(SPECIAL)) {
    if (keep.includes(match[0])) continue
    if (match.index > from) parts.push({ text: text.slice(from, match.index), escaped: false })
    parts.push({ text: escapeOne(match[0]), escaped: true })
    from = match.index + match[0].length
  }
  if (from < text.length) parts.push({ text: text.slice(from), escaped: false })
  return parts
}

/** The same as one string, for places that cannot style parts (attributes, the terminal). */
export const visibleText = (text: string, keep = ''): string =>
  textParts(text, keep)
    .map((part) => part.text)
    .join('')

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes as text if they are valid UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return undefined
  }
}

/** A byte string (one character, one byte) for display: as UTF-8 where it is valid, otherwise as latin1. */
export function byteStringText(value: string): string {
  if (/^[\u0000-\u007f]*$/.test(value)) return value
  return utf8(Uint8Array.from(value, (char) => char.charCodeAt(0) & 0xff)) ?? value
}

/** The text of the first bytes, cut between characters. */
function utf8Prefix(bytes: Uint8Array, length: number): string | undefined {
  for (let cut = 0; cut < 4; cut++) {
    const text = utf8(bytes.subarray(0, length - cut))
    if (text !== undefined) return text
  }
  return undefined
}

/** Bytes for one line: text in quotes, or the first bytes in hex. */
export function bytesPreview(bytes: Uint8Array, limit = 80): string {
  if (bytes.length === 0) return '""'
  const text = bytes.length > limit * 4 ? utf8Prefix(bytes, limit * 4) : utf8(bytes)
  if (text !== undefined) return `"${text.length > limit ? `${text.slice(0, limit)}…` : text}"`
  const hex = [...bytes.subarray(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
  return `0x ${hex}${bytes.length > 12 ? ' …' : ''}`
}

/** `11 B`, `4.0 kB`, `1.2 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 10_000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** Virtual time in milliseconds with two decimals, without a unit. */
export const millisText = (ns: number): string => (ns / 1e6).toFixed(2)

/** A span of virtual time with its unit: `1.00 ms`, `60 s`. */
export function durationText(ns: number): string {
  if (ns < 1e6 && ns > 0) return `${Number((ns / 1e3).toFixed(1))} µs`
  if (ns < 1e9) return `${(ns / 1e6).toFixed(2)} ms`
  return `${Number((ns / 1e9).toFixed(2))} s`
}
