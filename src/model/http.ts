/**
 * Header lines in the order they were sent, duplicates kept. Names and values are byte strings: one character
 * is one byte (latin1), as in fetch. Decode UTF-8 for display only. Pseudo headers (`:status`, `:path`) come first.
 */
export type HeaderList = readonly (readonly [name: string, value: string])[]

/** One HTTP message. An empty `trailers` list means that no trailers were sent. */
export type HttpMessage = { readonly headers: HeaderList; readonly body: Uint8Array; readonly trailers: HeaderList }

/** How client or upstream speak: HTTP/1.1 ends a body with a callback of its own, HTTP/2 does not. */
export type HttpProtocol = 'h1' | 'h2'

/** Whether two names can differ in case only, by their first letter: most that are of one length cannot. */
const sameStart = (key: string, name: string): boolean => (key.charCodeAt(0) | 32) === (name.charCodeAt(0) | 32)

/** The first value of a header, by lower-case name. */
export function headerValue(headers: HeaderList, name: string): string | undefined {
  // By index: taking pairs apart by iteration is slow until it is compiled, and every request looks up dozens of names.
  for (let index = 0; index < headers.length; index++) {
    const pair = headers[index]
    if (pair === undefined) continue
    const key = pair[0]
    // Nearly every name is in lower case already.
    if (key === name || (key.length === name.length && sameStart(key, name) && key.toLowerCase() === name))
      return pair[1]
  }
  return undefined
}
