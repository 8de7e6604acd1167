/** URL decoding as Werkzeug 0.14 does it (urls.py, wsgi.py): on bytes, forgiving, with lists of characters to keep. */

/** A byte string: one char, one byte. */
type Bytes = string

const bytesOf = (byteString: Bytes) => Uint8Array.from(byteString, (char) => char.charCodeAt(0))
const lossy = new TextDecoder('utf-8', { ignoreBOM: true })
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })

/** Bytes as text, invalid sequences replaced. */
export const decodeLossy = (bytes: Uint8Array): string => lossy.decode(bytes)

/** Bytes as text, or undefined if they are not UTF-8. */
export function decodeStrict(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    // The decoder's only failure is invalid input, and that is the answer here.
    return undefined
  }
}

/** Percent-decoding; what decodes to a character in `keep`, and what is no escape, stays as written. */
export function unquoteBytes(value: Bytes, keep = ''): Bytes {
  return value.replace(/%([0-9a-fA-F]{2})/g, (whole, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16))
    return keep.includes(char) ? whole : char
  })
}

/** ASCII without an escape: decoding changes nothing. */
const isPlain = (value: Bytes): boolean => /^[\x00-$&-\x7f]*$/.test(value)

export const unquote = (value: Bytes, keep = ''): string =>
  isPlain(value) ? value : decodeLossy(bytesOf(unquoteBytes(value, keep)))

/** Percent-encodes every byte that is not a letter, a digit, one of `_.-+` or in `safe`. */
export function quoteBytes(value: Bytes, safe: string): string {
  return value.replace(/[^A-Za-z0-9_.+-]/g, (char) =>
    safe.includes(char) ? char : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

/** A query string or form body as ordered pairs; a name without `=` has an empty value. */
export function decodePairs(query: Bytes): readonly (readonly [string, string])[] {
  if (query === '') return []
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
      return [unquote(name.replaceAll('+', ' ')), unquote(value.replaceAll('+', ' '))] as const
    })
}

/** `request.url`: the address as an IRI, percent-decoded except where that would change its meaning. */
export function requestIri(scheme: string, host: string, path: Bytes, query: Bytes): string {
  const quotedPath = `/${quoteBytes(path.replace(/^\/+/, ''), '/:')}`
  const quotedQuery = quoteBytes(query, ":&%=+$!*'(),")
  const tail = quotedQuery === '' ? '' : `?${unquote(quotedQuery, '%;/?:@&=+,$#')}`
  return `${scheme}://${host}${unquote(quotedPath, '%/;?')}${tail}`
}
