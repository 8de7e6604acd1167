/** How values of a YAML file and the controls of a form become each other. `undefined`: the form cannot show it. */

export type Pairs = readonly (readonly [name: string, value: string])[]
export type Chunk = { readonly data: string; readonly delay: string }

/** Text of a scalar; '' where nothing is written. */
export function shownText(value: unknown): string | undefined {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

/** Digits are a number; anything else stays text, and the loader says what is wrong with it. */
export const writtenNumber = (text: string): number | string | undefined =>
  text.trim() === '' ? undefined : /^\d{1,15}$/.test(text.trim()) ? Number(text) : text

export const writtenText = (text: string): string | undefined => (text === '' ? undefined : text)

/** A map (a list as value is several lines of one name), or a list of `[name, value]`. */
export function shownPairs(value: unknown): Pairs | undefined {
  if (value === undefined || value === null) return []
  if (typeof value !== 'object') return undefined
  const entries: readonly unknown[] = Array.isArray(value)
    ? value
    : Object.entries(value).flatMap(([name, one]: [string, unknown]) =>
        Array.isArray(one) ? one.map((each: unknown) => [name, each]) : [[name, one]],
      )
  const pairs: [string, string][] = []
  for (const entry of entries) {
    if (!Array.isArray(entry) || entry.length !== 2) return undefined
    const [name, text] = entry.map(shownText)
    if (name === undefined || text === undefined) return undefined
    pairs.push([name, text])
  }
  return pairs
}

/** A map, or a list where a name comes twice. Lines without a name are not written. */
export function writtenPairs(pairs: Pairs): unknown {
  const named = pairs.filter(([name]) => name !== '')
  if (named.length === 0) return undefined
  const unique = new Set(named.map(([name]) => name)).size === named.length
  return unique ? Object.fromEntries(named) : named.map((pair) => [...pair])
}

export function shownChunks(value: unknown): readonly Chunk[] | undefined {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return undefined
  const chunks: Chunk[] = []
  for (const each of value) {
    if (typeof each !== 'object' || each === null) return undefined
    const data = shownText('data' in each ? each.data : undefined)
    const delay = shownText('delay' in each ? each.delay : undefined)
    if (data === undefined || delay === undefined) return undefined
    chunks.push({ data, delay })
  }
  return chunks
}

export const writtenChunks = (chunks: readonly Chunk[]): unknown =>
  chunks.length === 0
    ? undefined
    : chunks.map(({ data, delay }) => (delay.trim() === '' ? { data } : { data, delay: delay.trim() }))
