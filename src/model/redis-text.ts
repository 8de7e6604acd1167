/** Redis' protocol for people: what a plugin asked, and an answer as redis-cli prints it. Byte strings. */

export type RespValue =
  | { readonly kind: 'status' | 'error' | 'bulk'; readonly text: string }
  | { readonly kind: 'integer'; readonly digits: string }
  | { readonly kind: 'nil' }
  | { readonly kind: 'array'; readonly items: readonly RespValue[] }

/** The value that begins at `start`, and where it ends; `undefined` for bytes that are no RESP2. */
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
    case '$': {
      const length = Number(rest)
      if (length < 0) return { value: { kind: 'nil' }, end }
      if (!Number.isInteger(length) || end + length + 2 > text.length) return undefined
      return { value: { kind: 'bulk', text: text.slice(end, end + length) }, end: end + length + 2 }
    }
    case '*':
      return parseItems(text, Number(rest), end)
    default:
      return undefined
  }
}

function parseItems(text: string, count: number, start: number): ReturnType<typeof parseResp> {
  if (count < 0) return { value: { kind: 'nil' }, end: start }
  const items: RespValue[] = []
  let end = start
  while (items.length < count) {
    const item = parseResp(text, end)
    if (item === undefined) return undefined
    items.push(item.value)
    end = item.end
  }
  return Number.isInteger(count) ? { value: { kind: 'array', items }, end } : undefined
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
    case 'array': {
      if (value.items.length === 0) return '(empty array)'
      const width = String(value.items.length).length
      const inner = `${prefix}${' '.repeat(width + 2)}`
      return value.items
        .map((item, at) => `${at === 0 ? '' : prefix}${String(at + 1).padStart(width)}) ${printed(item, inner)}`)
        .join('\n')
    }
  }
}
