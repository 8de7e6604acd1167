/**
 * httpbin 0.9.2 as the documents' compose file runs it (Flask 1.0.2, Werkzeug 0.14.1, gunicorn 19.9.0), as a function.
 * Source: higress.md 7; checked byte for byte against a running one (conformance/httpbin).
 */
import type { HeaderList } from '../../model/http.ts'
import { httpDate } from '../../model/http-date.ts'
import { type Call, type Endpoint, endpoints, notThereYet } from './httpbin/endpoints.ts'
import { TooDeep } from './httpbin/python-json-parse.ts'
import { methodNotAllowed, notFound, plainError, type Reply, serverError } from './httpbin/reply.ts'
import { type RequestFacts, requestFacts } from './httpbin/request-facts.ts'
import type { TimedResponse, Upstream, UpstreamContext, UpstreamRequest } from './types.ts'

export const httpbin: Upstream = (request, context) => {
  const reply = answer(request, context)
  const headers = assemble(reply, request, context)
  const silent = request.method === 'HEAD' || reply.status === 304 || reply.status === 204
  return timed(reply, headers, silent)
}

function answer(request: UpstreamRequest, context: UpstreamContext): Reply {
  let facts: RequestFacts
  try {
    facts = requestFacts(request)
  } catch (error) {
    if (error instanceof TooDeep) return serverError()
    throw error
  }
  const path = facts.path.replace(/^\/+/, '/')
  const matching = endpoints.flatMap((endpoint) => {
    const groups = endpoint.pattern.exec(path)
    return groups === null ? [] : [{ endpoint, groups: groups.slice(1) }]
  })
  const [first] = matching
  if (first === undefined) {
    if (!notThereYet.some((pattern) => pattern.test(path))) return notFound()
    return plainError(501, `Proxyground's httpbin does not have ${path} yet. The real httpbin does.\n`)
  }
  const allow = allowed(first.endpoint)
  if (request.method === 'OPTIONS') return options(allow)
  if (!allow.includes(request.method)) return methodNotAllowed(allow.join(', '))
  const call: Call = { facts, request, context, groups: first.groups }
  return first.endpoint.answer(call) ?? serverError()
}

/** Flask adds HEAD to what takes GET, and OPTIONS to all. */
function allowed(endpoint: Endpoint): readonly string[] {
  const head = endpoint.methods.includes('GET') ? ['HEAD'] : []
  return [...head, ...endpoint.methods, 'OPTIONS']
}

const options = (allow: readonly string[]): Reply => ({
  status: 200,
  headers: [
    ['Content-Type', 'text/html; charset=utf-8'],
    ['Allow', allow.join(', ')],
  ],
  body: new Uint8Array(),
})

/** gunicorn's three headers, the endpoint's, the CORS ones, and the length where Flask adds it late. */
function assemble(reply: Reply, request: UpstreamRequest, context: UpstreamContext): HeaderList {
  const incoming = (name: string) => request.headers.find(([key]) => key === name)?.[1]
  const cors: [string, string][] = []
  if (reply.cors !== false) {
    cors.push(['Access-Control-Allow-Origin', incoming('origin') ?? '*'], ['Access-Control-Allow-Credentials', 'true'])
    if (request.method === 'OPTIONS') {
      cors.push(
        ['Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE, PATCH, OPTIONS'],
        ['Access-Control-Max-Age', '3600'],
      )
      const asked = incoming('access-control-request-headers')
      if (asked !== undefined) cors.push(['Access-Control-Allow-Headers', asked])
    }
  }
  const hasLength = reply.headers.some(([name]) => name.toLowerCase() === 'content-length')
  const bodiless = reply.status === 304 || reply.status === 204
  const informational = reply.status >= 100 && reply.status < 200
  const chunked = !hasLength && !bodiless && (informational || !(reply.body instanceof Uint8Array))
  const late = reply.body instanceof Uint8Array && !hasLength && !bodiless && !informational
  return [
    ['Server', 'gunicorn/19.9.0'],
    ['Date', httpDate(context.nowMs + (reply.delay ?? 0) / 1e6)],
    ['Connection', 'keep-alive'],
    ...(chunked ? [['Transfer-Encoding', 'chunked'] as const] : []),
    // gunicorn trims values on the wire.
    ...reply.headers.map(([name, value]) => [name, value.trim()] as const),
    ...cors,
    ...(late ? [['Content-Length', String(reply.body.length)] as const] : []),
  ]
}

function timed(reply: Reply, headers: HeaderList, silent: boolean): TimedResponse {
  const chunks = reply.body instanceof Uint8Array ? [{ data: reply.body, after: 0 }] : reply.body
  return {
    kind: 'response',
    headers: [
      [':status', String(reply.status)],
      ...headers.map(([name, value]) => [name.toLowerCase(), value] as const),
    ],
    delay: Math.round(reply.delay ?? 0),
    chunks: silent ? [] : chunks.filter((chunk) => chunk.data.length > 0),
    trailers: [],
  }
}
