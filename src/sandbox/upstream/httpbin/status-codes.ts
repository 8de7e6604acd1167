import type { HeaderList } from '../../../model/http.ts'
import { plainError, type Reply, utf8 } from './reply.ts'

/** Codes with a body or headers of their own (`status_code` of helpers.py). They lose Flask's default type and length. */
type Special = { readonly headers: HeaderList; readonly body?: string }
const special: ReadonlyMap<number, Special> = new Map<number, Special>([
  ...[301, 302, 303, 305, 307].map((code) => [code, { headers: [['location', '/redirect/1']] }] as const),
  [401, { headers: [['WWW-Authenticate', 'Basic realm="Fake Realm"']] }],
  [402, { headers: [['x-more-info', 'http://vimeo.com/22053820']], body: 'Fuck you, pay me!' }],
  [
    406,
    {
      headers: [['Content-Type', 'application/json']],
      body: '{"message": "Client did not request a supported media type.", "accept": ["image/webp", "image/svg+xml", "image/jpeg", "image/png", "image/*"]}',
    },
  ],
  // It sets Proxy-Authenticate too, but gunicorn drops that as hop-by-hop.
  [407, { headers: [] }],
  // Werkzeug removes headers about the body.
  [412, { headers: [] }],
  [
    418,
    {
      headers: [['x-more-info', 'http://tools.ietf.org/html/rfc2324']],
      body: [
        '',
        '    -=[ teapot ]=-',
        '',
        '       _...._',
        "     .'  _ _ `.",
        '    | ."` ^ `". _,',
        '    \\_;`"---"`|//',
        '      |       ;/',
        '      \\_     _/',
        '        `"""`',
        '',
      ].join('\n'),
    },
  ],
])

/** `/status/<code>` for one code. */
export function statusReply(status: number): Reply {
  if (status === 304) return { status, headers: [], body: new Uint8Array() }
  const own = special.get(status)
  if (own !== undefined) return { status, headers: own.headers, body: utf8(own.body ?? '') }
  return { status, headers: [['Content-Type', 'text/html; charset=utf-8']], body: new Uint8Array() }
}

/** Python's `int(text)` for the plain forms; undefined is its ValueError. */
export function pythonInt(value: string): number | undefined {
  return /^\s*[-+]?\d+(_\d+)*\s*$/.test(value) ? Number(value.trim().replaceAll('_', '')) : undefined
}

/** Python's `float(text)`. */
export function pythonFloatOf(value: string): number | undefined {
  const trimmed = value.trim().toLowerCase().replace(/^\+/, '')
  if (/^-?(inf|infinity)$/.test(trimmed)) return trimmed.startsWith('-') ? -Infinity : Infinity
  if (/^-?nan$/.test(trimmed)) return Number.NaN
  return /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(trimmed) ? Number(trimmed) : undefined
}

/** `/status/<codes>`: one code, or a list `200:0.9,500:0.1` of which `unit` (0..1) picks one by weight. */
export function statusEndpoint(codes: string, unit: () => number): Reply | undefined {
  const invalid = plainError(400, 'Invalid status code')
  if (!codes.includes(',')) {
    const code = pythonInt(codes)
    return code === undefined ? invalid : statusReply(code)
  }
  const choices: { readonly code: number; readonly weight: number }[] = []
  for (const choice of codes.split(',')) {
    const [codeText = '', weightText = '1', ...rest] = choice.split(':')
    // Python cannot unpack three values: a 500 there.
    if (rest.length > 0) return undefined
    const code = pythonInt(codeText)
    const weight = pythonFloatOf(weightText)
    if (code === undefined || weight === undefined) return invalid
    choices.push({ code, weight })
  }
  const total = choices.reduce((sum, choice) => sum + choice.weight, 0)
  let left = unit() * total
  const picked = choices.find((choice) => {
    left -= choice.weight
    return left < 0
  })
  return picked === undefined ? undefined : statusReply(picked.code)
}
