import { decodeLossy } from './url-coding.ts'

export type Part = {
  readonly name: string
  /** Present for a file; an empty name makes it an ordinary field. */
  readonly filename: string | undefined
  readonly contentType: string
  readonly data: Uint8Array
}

/** `; name="value"` options of a header value, quotes and backslashes undone. */
export function headerOptions(value: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>()
  for (const match of value.matchAll(/;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g)) {
    const quoted = match[2]?.replace(/\\(.)/g, '$1')
    options.set((match[1] ?? '').toLowerCase(), quoted ?? (match[3] ?? '').trim())
  }
  return options
}

/**
 * The parts of a multipart/form-data body, or undefined where Werkzeug 0.14 raises ValueError and (being silent)
 * carries on as if there were none.
 */
export function parseMultipart(body: Uint8Array, boundary: string): readonly Part[] | undefined {
  if (boundary === '') return undefined
  const source = latin1(body)
  const delimiter = `--${boundary}`
  const first = source.search(/\S/)
  if (first < 0 || !source.startsWith(delimiter, first)) return undefined
  const parts: Part[] = []
  let at = first + delimiter.length
  while (!source.startsWith('--', at)) {
    const end = nextDelimiter(source, delimiter, at)
    if (end === undefined) return undefined
    const part = parsePart(source.slice(at, end.before).replace(/^[ \t]*\r?\n/, ''))
    if (part === undefined) return undefined
    parts.push(part)
    at = end.after
  }
  return parts
}

function nextDelimiter(source: string, delimiter: string, from: number) {
  for (
    let found = source.indexOf(`\n${delimiter}`, from);
    found >= 0;
    found = source.indexOf(`\n${delimiter}`, found + 1)
  ) {
    const after = found + 1 + delimiter.length
    if (!/^(--)?[ \t]*(\r?\n|$)/.test(source.slice(after, after + 200))) continue
    return { before: source[found - 1] === '\r' ? found - 1 : found, after }
  }
  return undefined
}

function parsePart(source: string): Part | undefined {
  const blank = /^\r?\n|\r?\n\r?\n/.exec(source)
  // A part may be headers only: its body is then the empty line's successor, nothing.
  const head = blank === null ? source : source.slice(0, blank.index)
  const data = blank === null ? '' : source.slice(blank.index + blank[0].length)
  const headers = new Map(
    head.split(/\r?\n/).map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const
    }),
  )
  const disposition = headers.get('content-disposition')
  if (disposition === undefined) return undefined
  const options = headerOptions(disposition)
  const filename = options.get('filename') || options.get('filename*') || undefined
  return {
    name: utf8(options.get('name') ?? ''),
    filename: filename === undefined ? undefined : utf8(filename),
    contentType: headers.get('content-type') ?? 'application/octet-stream',
    data: Uint8Array.from(data, (char) => char.charCodeAt(0)),
  }
}

const utf8 = (byteString: string) => decodeLossy(Uint8Array.from(byteString, (char) => char.charCodeAt(0)))

function latin1(bytes: Uint8Array): string {
  let out = ''
  for (let at = 0; at < bytes.length; at += 8192) out += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return out
}
