/** `/digest-auth` (core.py and helpers.py of httpbin, Werkzeug's reading of the header). Challenges come from the seed. */
import { md5 } from '@noble/hashes/legacy.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { HeaderList } from '../../../../model/http.ts'
import { readCookies, setCookie } from '../cookies.ts'
import type { Call } from '../endpoints.ts'
import { bool, list, object, text } from '../python-json.ts'
import { emptyReply, jsonReply, type Reply, utf8 } from '../reply.ts'

type Credentials = ReadonlyMap<string, string | undefined>

const algorithms = ['MD5', 'SHA-256', 'SHA-512']

function hash(data: Uint8Array, algorithm: string | undefined): string {
  if (algorithm === 'SHA-256') return bytesToHex(sha256(data))
  return bytesToHex(algorithm === 'SHA-512' ? sha512(data) : md5(data))
}

/** undefined: the real one answers its 500 page. */
export function digestAuth(call: Call): Reply | undefined {
  const [wanted = '', user = '', password = '', algorithmGiven = 'MD5', staleAfter = 'never'] = call.groups
  const algorithm = algorithms.includes(algorithmGiven) ? algorithmGiven : 'MD5'
  const qop = wanted === 'auth' || wanted === 'auth-int' ? wanted : undefined
  const wantsCookie = ['1', 't', 'true'].includes(argument(call, 'require-cookie')?.toLowerCase() ?? '')
  const challenge = (stale: boolean, ...cookies: HeaderList): Reply =>
    emptyReply(401, ['WWW-Authenticate', challengeHeader(call, qop, algorithm, stale)], ...cookies)
  const staleCookie = setCookie('stale_after', staleAfter)
  const fake = setCookie('fake', 'fake_value')

  const given = credentialsOf(call.facts.headers.get('Authorization'))
  const hasCookies = call.facts.headers.has('Cookie')
  if (given === undefined || (wantsCookie && !hasCookies)) return challenge(false, staleCookie, fake)
  const cookies = readCookies(call)
  if (wantsCookie && cookies.get('fake') !== 'fake_value') {
    const body = jsonReply(object([['errors', list([text('missing cookie set on challenge')])]]), fake)
    return { ...body, status: 403 }
  }
  const nonce = given.get('nonce') ?? ''
  const left = cookies.get('stale_after')
  const last = setCookie('last_nonce', nonce)
  if (cookies.get('last_nonce') === nonce || left === '0') return challenge(true, staleCookie, last, fake)
  const right = isRight(call, given, password)
  if (right === undefined) return undefined
  if (!right) return challenge(false, staleCookie, last, fake)
  const count = left === undefined || left === '' ? [] : [setCookie('stale_after', oneLess(left))]
  const body = object([
    ['authenticated', bool(true)],
    ['user', text(user)],
  ])
  return jsonReply(body, fake, ...count)
}

const argument = (call: Call, name: string) => call.facts.query.find(([key]) => key === name)?.[1]

const oneLess = (count: string) => (/^\s*[-+]?\d+\s*$/.test(count) ? String(Number(count) - 1) : 'never')

function challengeHeader(call: Call, qop: string | undefined, algorithm: string, stale: boolean): string {
  const nonce = hash(call.context.random(26), algorithm)
  const opaque = hash(call.context.random(10), algorithm)
  const choices = qop ?? 'auth, auth-int'
  const words = `realm="me@kennethreitz.com", nonce="${nonce}", opaque="${opaque}", qop="${choices}"`
  return `Digest ${words}, algorithm=${algorithm}, stale=${stale ? 'True' : 'False'}`
}

/** Werkzeug's `parse_authorization_header`, for digests; another scheme counts as none. */
function credentialsOf(header: string | undefined): Credentials | undefined {
  const parts = /^\s*(\S+)\s+(.*)$/s.exec(header ?? '')
  if (parts?.[1]?.toLowerCase() !== 'digest') return undefined
  const fields = new Map<string, string | undefined>()
  for (const item of parts[2]?.match(/(?:"(?:\\.|[^"\\])*"?|[^",])+/gs) ?? []) {
    const field = item.trim()
    const equals = field.indexOf('=')
    if (equals < 0) fields.set(field, undefined)
    else fields.set(field.slice(0, equals), unquoted(field.slice(equals + 1)))
  }
  if (!['username', 'realm', 'nonce', 'uri', 'response'].every((name) => fields.has(name))) return undefined
  if (fields.has('qop') && !(fields.get('nc') && fields.get('cnonce'))) return undefined
  return fields
}

const unquoted = (value: string) =>
  /^".*"$/s.test(value) && value.length > 1 ? value.slice(1, -1).replace(/\\(["\\])/g, '$1') : value

/** undefined: Python raises. */
function isRight(call: Call, given: Credentials, password: string): boolean | undefined {
  // The query is bytes there, which Python does not add to text.
  if (call.request.path.includes('?') && !call.request.path.endsWith('?')) return undefined
  const algorithm = given.get('algorithm')
  const of = (...parts: readonly string[]) => hash(utf8(parts.join(':')), algorithm)
  const qop = given.get('qop')
  if (qop !== undefined && qop !== 'auth' && qop !== 'auth-int') return undefined
  const first = of(given.get('username') ?? '', given.get('realm') ?? '', password)
  const { method, path } = call.facts
  const body = qop === 'auth-int' ? [hash(call.request.body, algorithm)] : []
  const second = of(method, path, ...body)
  const nonce = given.get('nonce') ?? ''
  const middle = qop === undefined ? [nonce] : [nonce, given.get('nc') ?? '', given.get('cnonce') ?? '', qop]
  return given.get('response') === of(first, ...middle, second)
}
