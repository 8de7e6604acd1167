/**
 * The endpoints of httpbin, in the order of its own documentation. One row: pattern, methods, what it answers.
 * Behaviour: higress.md 7.2, checked against a running httpbin (conformance/httpbin).
 */
import { httpDate } from '../../../model/http-date.ts'
import { uuid4 } from '../../gateway/added-headers.ts'
import type { UpstreamContext, UpstreamRequest } from '../types.ts'
import { authEndpoints } from './auth.ts'
import { bytesEndpoints } from './bytes.ts'
import { cookieEndpoints } from './cookies.ts'
import { extraEndpoints } from './extra-endpoints.ts'
import { angryText, moby, sampleXml } from './fixed-pages.ts'
import { compact, integer, type Json, list, object, text } from './python-json.ts'
import { rangeEndpoints } from './range.ts'
import { emptyReply, htmlReply, jsonReply, type Reply, redirectPage, sized, streamReply, utf8 } from './reply.ts'
import type { RequestFacts } from './request-facts.ts'
import { slideshow } from './slideshow.ts'
import { pythonFloatOf, pythonInt, statusEndpoint, statusReply } from './status-codes.ts'

export type Call = {
  readonly facts: RequestFacts
  readonly request: UpstreamRequest
  readonly context: UpstreamContext
  /** The groups of the pattern. */
  readonly groups: readonly string[]
}
export type Endpoint = {
  readonly pattern: RegExp
  readonly methods: readonly string[]
  /** undefined: the real one answers its 500 page. */
  readonly answer: (call: Call) => Reply | undefined
}

const every = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE']
const second = 1e9

type FactName = keyof RequestFacts['json']
const facts = (call: Call, ...names: readonly FactName[]): Json =>
  object(names.map((name) => [name, call.facts.json[name]] as const))

const getFacts: readonly FactName[] = ['args', 'headers', 'origin', 'url']
const bodyFacts: readonly FactName[] = ['args', 'data', 'files', 'form', 'headers', 'json', 'origin', 'url']

/** A number from 0 to 1 of the seeded generator. */
function unit(context: UpstreamContext): number {
  const bytes = context.random(4)
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 32
}

const hexUuid = (context: UpstreamContext) => uuid4(context.random(16))

function firstArgument(call: Call, name: string): string | undefined {
  return call.facts.query.find(([key]) => key.toLowerCase() === name)?.[1]
}

const own = (method: string, path: string): Endpoint => ({
  pattern: new RegExp(`^/${path}$`),
  methods: [method],
  answer: (call) => jsonReply(facts(call, ...bodyFacts)),
})

function delay(call: Call): Reply | undefined {
  const seconds = pythonFloatOf(call.groups[0] ?? '')
  if (seconds === undefined || Number.isNaN(seconds) || seconds < 0) return undefined
  const body = facts(call, 'args', 'data', 'files', 'form', 'headers', 'origin', 'url')
  return { ...jsonReply(body), delay: Math.min(seconds, 10) * second }
}

/** The body lists all response headers, its own length among them, so it is made again until the length is right. */
function responseHeaders(call: Call): Reply {
  const names = [...new Set(call.facts.query.map(([name]) => name))]
  // A MultiDict gives all values of one name before the next name.
  const added = names.flatMap((name) =>
    call.facts.query.filter(([key]) => key === name).map(([, value]) => [latin1(name), latin1(value)] as const),
  )
  let body = ''
  for (;;) {
    const values = new Map<string, string[]>()
    const length = String(utf8(body).length)
    for (const [name, value] of [['Content-Type', 'application/json'], ['Content-Length', length], ...added] as const) {
      const known = [...values.keys()].find((key) => key.toLowerCase() === name.toLowerCase())
      if (known === undefined) values.set(name, [value])
      else values.get(known)?.push(value)
    }
    const shown = [...values].map(
      ([name, all]) => [name, all.length === 1 ? text(all[0] ?? '') : list(all.map(text))] as const,
    )
    const reply = jsonReply(object(shown), ...added)
    const made = new TextDecoder().decode(reply.body instanceof Uint8Array ? reply.body : new Uint8Array())
    if (made === body) return reply
    body = made
  }
}

/** Header text that is not latin1 cannot be sent; Python's encoder answers `?`-less with a 500, we keep what fits. */
const latin1 = (value: string) => value.replace(/[^\u0000-\u00ff]/g, '?')

function redirects(call: Call): Reply | undefined {
  const [kind = '', count = ''] = call.groups
  const n = Number(count)
  if (n <= 0) return undefined
  const absolute = kind === 'absolute-' || (kind === '' && firstArgument(call, 'absolute')?.toLowerCase() === 'true')
  const origin = absolute ? `${call.facts.scheme}://${call.facts.host}` : ''
  const next = n === 1 ? '/get' : `/${absolute ? 'absolute' : 'relative'}-redirect/${n - 1}`
  if (kind === 'relative-') return emptyReply(302, ['Location', next])
  return redirectPage(origin + next)
}

function redirectTo(call: Call): Reply | undefined {
  const target = firstArgument(call, 'url')
  if (target === undefined) return undefined
  const wanted = firstArgument(call, 'status_code')
  const code = wanted === undefined ? 302 : pythonInt(wanted)
  if (code === undefined) return undefined
  return emptyReply(code >= 300 && code < 400 ? code : 302, ['Location', encodeURI(decodeURISafe(target))])
}

function decodeURISafe(value: string): string {
  try {
    return decodeURI(value)
  } catch {
    // Not an encoded address: it is taken as it stands.
    return value
  }
}

function streamLines(call: Call): Reply {
  const count = Math.min(Number(call.groups[0]), 100)
  const base = (['url', 'args', 'headers', 'origin'] as const).map((name) => [name, call.facts.json[name]] as const)
  const chunks = Array.from({ length: count }, (_, id) => ({
    data: utf8(`${compact(object([...base, ['id', integer(id)]]))}\n`),
    after: 0,
  }))
  return streamReply('application/json', chunks)
}

function base64Text(call: Call): Reply {
  const encoded = (call.groups[0] ?? '')
    .replace(/[^A-Za-z0-9+/=_-]/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  try {
    const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0))
    if (!/^[^=]*={0,2}$/.test(encoded) || encoded.length % 4 !== 0) throw new RangeError('padding')
    return htmlReply(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    // The endpoint's own answer to anything that is not Base64 of UTF-8 text.
    return htmlReply('Incorrect Base64 data try: SFRUUEJJTiBpcyBhd2Vzb21l')
  }
}

function cache(call: Call): Reply {
  const headers = call.facts.headers
  if ((headers.get('If-Modified-Since') || headers.get('If-None-Match')) !== undefined) return statusReply(304)
  const stamp = ['Last-Modified', httpDate(call.context.nowMs)] as const
  return jsonReply(facts(call, ...getFacts), stamp, ['ETag', hexUuid(call.context).replaceAll('-', '')])
}

const tags = (value: string | undefined) =>
  value ? value.split(',').map((part) => /\s*(?:W\/)?"?([^"]*)"?\s*/.exec(part)?.[1] ?? '') : []

function etag(call: Call): Reply {
  const tag = latin1(call.groups[0] ?? '')
  const noneMatch = tags(call.facts.headers.get('If-None-Match'))
  const match = tags(call.facts.headers.get('If-Match'))
  if (noneMatch.length > 0) {
    if (noneMatch.includes(tag) || noneMatch.includes('*')) return { ...statusReply(304), headers: [['ETag', tag]] }
  } else if (match.length > 0 && !match.includes(tag) && !match.includes('*')) return statusReply(412)
  return jsonReply(facts(call, ...getFacts), ['ETag', tag])
}

function links(call: Call): Reply {
  const n = Number(call.groups[0])
  const offset = call.groups[1]
  if (offset === undefined) return redirectPage(`/links/${n}/0`)
  const count = Math.min(Math.max(1, n), 200)
  const items = Array.from({ length: count }, (_, i) =>
    i === Number(offset) ? `${i} ` : `<a href='/links/${count}/${i}'>${i}</a> `,
  )
  return htmlReply(`<html><head><title>Links</title></head><body>${items.join('')}</body></html>`)
}

const get = (path: string, answer: Endpoint['answer']): Endpoint => ({
  pattern: new RegExp(`^/${path}$`),
  methods: ['GET'],
  answer,
})

export const endpoints: readonly Endpoint[] = [
  get('get', (call) => jsonReply(facts(call, ...getFacts))),
  own('POST', 'post'),
  own('PUT', 'put'),
  own('PATCH', 'patch'),
  own('DELETE', 'delete'),
  {
    pattern: /^\/anything(?:\/[^/].*)?$/s,
    methods: every,
    answer: (call) => jsonReply(facts(call, ...bodyFacts, 'method')),
  },
  get('headers', (call) => jsonReply(facts(call, 'headers'))),
  get('ip', (call) => jsonReply(facts(call, 'origin'))),
  get('user-agent', (call) => {
    const agent = call.facts.headers.get('User-Agent')
    return jsonReply(object([['user-agent', agent === undefined ? { kind: 'null' } : text(agent)]]))
  }),
  get('uuid', (call) => jsonReply(object([['uuid', text(hexUuid(call.context))]]))),
  {
    pattern: /^\/status\/([^/]+)$/,
    methods: every,
    answer: (call) => statusEndpoint(call.groups[0] ?? '', () => unit(call.context)),
  },
  { pattern: /^\/delay\/([^/]+)$/, methods: every, answer: delay },
  { pattern: /^\/response-headers$/, methods: ['GET', 'POST'], answer: responseHeaders },
  get('stream/(\\d+)', streamLines),
  get('((?:relative-|absolute-)?)redirect/(\\d+)', redirects),
  { pattern: /^\/redirect-to$/, methods: every, answer: redirectTo },
  get('base64/([^/]+)', base64Text),
  get('cache', cache),
  get('cache/(\\d+)', (call) =>
    jsonReply(facts(call, ...getFacts), ['Cache-Control', `public, max-age=${Number(call.groups[0])}`]),
  ),
  get('etag/([^/]+)', etag),
  get('links/(\\d+)(?:/(\\d+))?', links),
  get('json', () => jsonReply(slideshow)),
  get('html', () => htmlReply(moby)),
  get('xml', () => sized(200, 'application/xml', utf8(sampleXml))),
  get('robots\\.txt', () => sized(200, 'text/plain', utf8('User-agent: *\nDisallow: /deny\n'))),
  get('deny', () => sized(200, 'text/plain', utf8(angryText))),
  ...cookieEndpoints,
  ...authEndpoints,
  ...bytesEndpoints,
  ...rangeEndpoints,
  ...extraEndpoints,
]

/** Paths that the real httpbin serves and this one does not: answered with 501, never with a false 404. */
export const notThereYet: readonly RegExp[] = [/^\/(static|flasgger_static)\/./]
