import type { Call, Endpoint } from './endpoints.ts'
import { object, text } from './python-json.ts'
import { jsonReply, type Reply, redirectPage } from './reply.ts'

const tracking = new Set(
  '_gauges_unique _gauges_unique_year _gauges_unique_month _gauges_unique_day _gauges_unique_hour __utmz __utma __utmb'.split(
    ' ',
  ),
)

/** The request's cookies by name, the last of each. */
export function readCookies(call: Call): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>()
  for (const part of (call.facts.headers.get('Cookie') ?? '').split(';')) {
    const equals = part.indexOf('=')
    const name = (equals < 0 ? part : part.slice(0, equals)).trim()
    const value = equals < 0 ? '' : part.slice(equals + 1).trim()
    if (name !== '') cookies.set(name, unquoted(value))
  }
  return cookies
}

/** The header that sets a cookie for the whole site. */
export const setCookie = (name: string, value: string) => ['Set-Cookie', `${name}=${quoted(value)}; Path=/`] as const

function show(call: Call): Reply {
  const cookies = readCookies(call)
  const all = call.facts.query.some(([name]) => name === 'show_env')
  const shown = [...cookies].filter(([name]) => all || !tracking.has(name))
  return jsonReply(object([['cookies', object(shown.map(([name, value]) => [name, text(value)] as const))]]))
}

function unquoted(value: string): string {
  if (!/^".*"$/s.test(value)) return value
  return value
    .slice(1, -1)
    .replace(/\\([0-3][0-7][0-7])|\\(.)/gs, (_, octal: string | undefined, char: string) =>
      octal === undefined ? char : String.fromCharCode(Number.parseInt(octal, 8)),
    )
}

/** Werkzeug's `dump_cookie`: a value with other characters is quoted, some of them as octal escapes. */
function quoted(value: string): string {
  const bytes = [...new TextEncoder().encode(value)].map((byte) => String.fromCharCode(byte)).join('')
  if (/^[A-Za-z0-9/=!#$%&'*+.^_`|~:-]*$/.test(bytes)) return bytes
  const escaped = bytes
    .replace(/["\\]/g, '\\$&')
    .replace(/[,;\u0000-\u001f\u007f-\u00ff]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`)
  return `"${escaped}"`
}

function set(call: Call): Reply {
  const [name, value] = call.groups
  const pairs = name === undefined ? firsts(call.facts.query) : [[name, value ?? ''] as const]
  return redirectPage('/cookies', ...pairs.map(([key, text_]) => setCookie(key, text_)))
}

function remove(call: Call): Reply {
  const gone = firsts(call.facts.query).map(
    ([key]) => ['Set-Cookie', `${key}=; Expires=Thu, 01-Jan-1970 00:00:00 GMT; Max-Age=0; Path=/`] as const,
  )
  return redirectPage('/cookies', ...gone)
}

/** The first value of each name, as `dict(request.args.items())`. */
function firsts(query: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const seen = new Map<string, string>()
  for (const [name, value] of query) if (!seen.has(name)) seen.set(name, value)
  return [...seen]
}

export const cookieEndpoints: readonly Endpoint[] = [
  { pattern: /^\/cookies$/, methods: ['GET'], answer: show },
  { pattern: /^\/cookies\/set$/, methods: ['GET'], answer: set },
  { pattern: /^\/cookies\/set\/([^/]+)\/([^/]+)$/, methods: ['GET'], answer: set },
  { pattern: /^\/cookies\/delete$/, methods: ['GET'], answer: remove },
]
