/** Redis' protocol for people: what a plugin asked, and an answer as redis-cli prints it. Byte strings. */

export type RespValue =
  | { readonly kind: 'status' | 'error' | 'bulk'; readonly text: string }
  | { readonly kind: 'integer'; readonly digits: string }
  | { readonly kind: 'nil' }
  | { readonly kind: 'double'; readonly digits: string }
  /** Of a map, keys and values in turn. */
  | { readonly kind: 'array' | 'set' | 'map'; readonly items: readonly RespValue[] }

/** The value that begins at `start`, and where it ends; `undefined` for bytes that are no RESP. */
export function parseResp(text: string, start = 0): { readonly value: RespValue; readonly end: number } | undefined {
  const line = text.indexOf('\r\n', start)
  if (line < 0) return undefined
  const rest = text.slice(start + 1, line)
  const end = line + 2
  switch (text[start]) {
    case '+':
      return { value: { kind: 'status', text: rest }, end }
    case '-':
      return { value: { kind: 'error', text: rest }, end }
    case ':':
      return { value: { kind: 'integer', digits: rest }, end }
    case '_':
      return { value: { kind: 'nil' }, end }
    case ',':
      return { value: { kind: 'double', digits: rest }, end }
    case '=':
    case '$': {
      const length = Number(rest)
      if (length < 0) return { value: { kind: 'nil' }, end }
      if (!Number.isInteger(length) || end + length + 2 > text.length) return undefined
      // A verbatim text begins with its format: `txt:`.
      const from = text[start] === '=' ? end + 4 : end
      return { value: { kind: 'bulk', text: text.slice(from, end + length) }, end: end + length + 2 }
    }
    case '*':
      return parseItems(text, 'array', Number(rest), end)
    case '~':
      return parseItems(text, 'set', Number(rest), end)
    case '%':
      return parseItems(text, 'map', 2 * Number(rest), end)
    default:
      return undefined
  }
}

function parseItems(
  text: string,
  kind: 'array' | 'set' | 'map',
  count: number,
  start: number,
): ReturnType<typeof parseResp> {
  if (count < 0) return { value: { kind: 'nil' }, end: start }
  const items: RespValue[] = []
  let end = start
  while (items.length < count) {
    const item = parseResp(text, end)
    if (item === undefined) return undefined
    items.push(item.value)
    end = item.end
  }
  return Number.isInteger(count) ? { value: { kind, items }, end } : undefined
}

/** The words of a command as clients send it; `undefined` when it is something else. */
export function redisWords(query: string): readonly string[] | undefined {
  const parsed = parseResp(query)
  if (parsed?.value.kind !== 'array') return undefined
  const words = parsed.value.items.flatMap((item) => (item.kind === 'bulk' ? [item.text] : []))
  return words.length === parsed.value.items.length ? words : undefined
}

const named: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\x07': '\\a',
  '\b': '\\b',
  '\\': '\\\\',
  '"': '\\"',
}
/** In quotes, with escapes for what is not printable ASCII. */
const quoted = (text: string): string =>
  `"${text.replace(/[^ -~]|["\\]/g, (char) => named[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`

/** A command on one line: words that need quotes have them. */
export const redisCommandText = (argv: readonly string[]): string =>
  argv.map((word) => (/^[!#-&(-~]+$/.test(word) ? word : quoted(word))).join(' ')

/** As redis-cli prints it on a terminal, without the last line break. */
export function redisReplyText(reply: string): string {
  const parsed = parseResp(reply)
  return parsed === undefined ? quoted(reply) : printed(parsed.value, '')
}

function printed(value: RespValue, prefix: string): string {
  switch (value.kind) {
    case 'status':
      return value.text
    case 'error':
      return `(error) ${value.text}`
    case 'integer':
      return `(integer) ${value.digits}`
    case 'bulk':
      return quoted(value.text)
    case 'nil':
      return '(nil)'
    case 'double':
      return `(double) ${value.digits}`
    case 'array':
    case 'set':
      return numbered(
        value.items.map((item) => (inner) => printed(item, inner)),
        prefix,
        value.kind === 'array' ? ['(empty array)', ')'] : ['(empty set)', '~'],
      )
    case 'map': {
      const pairs = value.items.flatMap((item, at) => (at % 2 === 0 ? [[item, value.items[at + 1] ?? item] as const] : [])) // biome-ignore format: one line
      const lines = pairs.map(
        ([key, of]) =>
          (inner: string) =>
            `${printed(key, inner)} => ${printed(of, inner)}`,
      )
      return numbered(lines, prefix, ['(empty hash)', '#'])
    }
  }
}

function numbered(
  items: readonly ((prefix: string) => string)[],
  prefix: string,
  [empty, sign]: readonly [empty: string, sign: string],
): string {
  if (items.length === 0) return empty
  const width = String(items.length).length
  const inner = `${prefix}${' '.repeat(width + 2)}`
  return items
    .map((item, at) => `${at === 0 ? '' : prefix}${String(at + 1).padStart(width)}${sign} ${item(inner)}`)
    .join('\n')
}
