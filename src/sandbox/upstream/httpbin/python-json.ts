/**
 * JSON as Python's `json` module reads and writes it, because httpbin's bodies are that module's output: integers keep
 * all digits, floats print as `repr`, keys are sorted by code point, non-ASCII is escaped, and (Flask 1.0's pretty
 * printer) lines that go on end in a comma and a space.
 */
export type Json =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** The number as Python would print it. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'list'; readonly items: readonly Json[] }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Json> }

export const jsonNull: Json = { kind: 'null' }
export const text = (value: string): Json => ({ kind: 'string', value })
export const bool = (value: boolean): Json => ({ kind: 'bool', value })
export const integer = (value: number): Json => ({ kind: 'number', text: String(value) })
export const list = (items: readonly Json[]): Json => ({ kind: 'list', items })
export const object = (entries: Iterable<readonly [string, Json]>): Json => ({
  kind: 'object',
  entries: new Map(entries),
})

/** Nothing to escape. */
const plainText = /^[ !#-[\]-~]*$/

/** `json.dumps(s)`: ASCII only, surrogate pairs as two escapes. */
export function quote(value: string): string {
  if (plainText.test(value)) return `"${value}"`
  let out = '"'
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    const short = shortEscapes.get(code)
    if (short !== undefined) out += short
    else if (code < 0x20 || code > 0x7e) out += `\\u${code.toString(16).padStart(4, '0')}`
    else out += value.charAt(i)
  }
  return `${out}"`
}

const shortEscapes = new Map([
  [0x22, '\\"'],
  [0x5c, '\\\\'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x09, '\\t'],
  [0x08, '\\b'],
  [0x0c, '\\f'],
])

/** Python compares strings by code point; JavaScript's default order is by UTF-16 unit. */
function byCodePoint(a: string, b: string): number {
  // Up to the first surrogate the two orders are the same.
  const length = Math.min(a.length, b.length)
  let same = 0
  while (same < length && a.charCodeAt(same) === b.charCodeAt(same)) same++
  if (same === length) return a.length - b.length
  const [first, second] = [a.charCodeAt(same), b.charCodeAt(same)]
  if (first < 0xd800 && second < 0xd800) return first - second
  const left = [...a]
  const right = [...b]
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** The body of `flask.jsonify` with pretty printing: sorted, indented by two, no final newline. */
export function pretty(value: Json, indent = ''): string {
  const inner = `${indent}  `
  switch (value.kind) {
    case 'list':
      if (value.items.length === 0) return '[]'
      return `[\n${value.items.map((item) => inner + pretty(item, inner)).join(', \n')}\n${indent}]`
    case 'object': {
      if (value.entries.size === 0) return '{}'
      let out = '{\n'
      for (const key of [...value.entries.keys()].sort(byCodePoint)) {
        const item = value.entries.get(key)
        if (item !== undefined) out += `${out.length > 2 ? ', \n' : ''}${inner}${quote(key)}: ${pretty(item, inner)}`
      }
      return `${out}\n${indent}}`
    }
    default:
      return scalar(value)
  }
}

/** `json.dumps(value)`: one line, insertion order. */
export function compact(value: Json): string {
  switch (value.kind) {
    case 'list':
      return `[${value.items.map(compact).join(', ')}]`
    case 'object':
      return `{${[...value.entries].map(([key, item]) => `${quote(key)}: ${compact(item)}`).join(', ')}}`
    default:
      return scalar(value)
  }
}

function scalar(value: Exclude<Json, { kind: 'list' | 'object' }>): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'bool':
      return value.value ? 'true' : 'false'
    case 'number':
      return value.text
    case 'string':
      return quote(value.value)
  }
}
