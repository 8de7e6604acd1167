/**
 * httpbin 0.9.2 as the documents' compose file runs it (Flask 1.0.2, Werkzeug 0.14.1, gunicorn 19.9.0), as a function.
 * Source: higress.md 7; checked byte for byte against a running one (conformance/httpbin).
 */
import { type HeaderList, headerValue } from '../../model/http.ts'
import { httpDate } from '../../model/http-date.ts'
import { remembered } from '../codec/remembered.ts'
import { type Entry, numberEntry, textEntry } from '../gateway/added-entries.ts'
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
  const first = endpointOf(path)
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

function endpointOf(path: string): { readonly endpoint: Endpoint; readonly groups: readonly string[] } | undefined {
  for (const endpoint of endpoints) {
    const groups = endpoint.pattern.exec(path)
    if (groups !== null) return { endpoint, groups: groups.slice(1) }
  }
  return undefined
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

const statusEntry = numberEntry(':status')
const serverEntry: Entry = ['server', 'gunicorn/19.9.0']
const dateEntry = numberEntry('date', (seconds) => httpDate(1000 * seconds))
const connectionEntry: Entry = ['connection', 'keep-alive']
const originEntry = textEntry('access-control-allow-origin')
const credentialsEntry: Entry = ['access-control-allow-credentials', 'true']
const lengthEntry = numberEntry('content-length')
const entriesOf = remembered((name) => textEntry(lowerCase(name)))

/** The status, gunicorn's three headers, the endpoint's, the CORS ones, and the length where Flask adds it late. */
function assemble(reply: Reply, request: UpstreamRequest, context: UpstreamContext): HeaderList {
  const incoming = (name: string) => request.headers.find(([key]) => key === name)?.[1]
  const cors: Entry[] = []
  if (reply.cors !== false) {
    cors.push(originEntry(incoming('origin') ?? '*'), credentialsEntry)
    if (request.method === 'OPTIONS') {
      cors.push(
        ['access-control-allow-methods', 'GET, POST, PUT, DELETE, PATCH, OPTIONS'],
        ['access-control-max-age', '3600'],
      )
      const asked = incoming('access-control-request-headers')
      if (asked !== undefined) cors.push(['access-control-allow-headers', asked])
    }
  }
  const hasLength = headerValue(reply.headers, 'content-length') !== undefined
  const bodiless = reply.status === 304 || reply.status === 204
  const informational = reply.status >= 100 && reply.status < 200
  const chunked = !hasLength && !bodiless && (informational || !(reply.body instanceof Uint8Array))
  const late = reply.body instanceof Uint8Array && !hasLength && !bodiless && !informational
  const seconds = Math.floor((context.nowMs + (reply.delay ?? 0) / 1e6) / 1000)
  const headers: Entry[] = [statusEntry(reply.status), serverEntry, dateEntry(seconds), connectionEntry]
  if (chunked) headers.push(['transfer-encoding', 'chunked'])
  // gunicorn trims values on the wire.
  for (const [name, value] of reply.headers) headers.push(entriesOf(name)(value.trim()))
  headers.push(...cors)
  if (late) headers.push(lengthEntry(reply.body.length))
  return headers
}

const lowerCase = remembered((name) => name.toLowerCase())

function timed(reply: Reply, headers: HeaderList, silent: boolean): TimedResponse {
  const chunks = reply.body instanceof Uint8Array ? [{ data: reply.body, after: 0 }] : reply.body
  return {
    kind: 'response',
    headers,
    delay: Math.round(reply.delay ?? 0),
    chunks: silent ? [] : chunks.filter((chunk) => chunk.data.length > 0),
    trailers: [],
  }
}
