import type { HeaderList } from '../../src/model/http.ts'

const maskedSizes: Readonly<Record<string, number>> = {
  'x-envoy-upstream-service-time': 'MS'.length,
  'x-request-id': 'UUID'.length,
}

/** A line of the probe that shows a serialised map: what stands before it, and the map. `undefined`: another line. */
export function readPairs(line: string): { readonly start: string; readonly headers: HeaderList } | undefined {
  const [, start = '', list = ''] = /^(\d .*(?:pairs \d|prop \w+%00(?:head|trail)ers|raw proxy_get_header_map_pairs \d.*) -> 0 )(.+)$/.exec(line) ?? [] // biome-ignore format: one
  const bytes = (list.match(/%[0-9a-f]{2}|./g) ?? []).map((byte) =>
    byte.length === 3 ? Number.parseInt(byte.slice(1), 16) : byte.charCodeAt(0),
  )
  if (bytes.length < 4) return undefined
  const sizeAt = (at: number) => (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0)
  const count = sizeAt(0)
  const headers: (readonly [string, string])[] = []
  let at = 4 + count * 8
  const take = (size: number) => {
    const text = String.fromCharCode(...bytes.slice(at, at + size))
    at += size + 1
    return text
  }
  for (let index = 0; index < count; index++) {
    const place = 4 + index * 8
    const name = take(sizeAt(place))
    // Masked already (`observed.ts`): so many letters, whatever size is told.
    headers.push([name, take(maskedSizes[name] ?? sizeAt(place + 4))])
  }
  return at === bytes.length ? { start, headers } : undefined
}
