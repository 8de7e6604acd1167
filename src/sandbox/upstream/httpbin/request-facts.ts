import type { HeaderList } from '../../../model/http.ts'
import { remembered } from '../../codec/remembered.ts'
import type { UpstreamRequest } from '../types.ts'
import { headerOptions, parseMultipart } from './multipart.ts'
import { type Json, jsonNull, list, object, text } from './python-json.ts'
import { parsePythonJson } from './python-json-parse.ts'
import { decodePairs, decodeStrict, requestIri, unquote, unquoteBytes } from './url-coding.ts'

/** What httpbin knows of a request (`get_dict` of helpers.py), each value as its JSON shows it. */
export type RequestFacts = {
  /** Decoded, for routing. */
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  /** By name as httpbin prints it; duplicates joined with `,`. */
  readonly headers: ReadonlyMap<string, string>
  readonly method: string
  readonly scheme: string
  readonly host: string
  readonly json: {
    readonly args: Json
    readonly headers: Json
    readonly origin: Json
    readonly url: Json
    readonly method: Json
    readonly data: Json
    readonly files: Json
    readonly form: Json
    readonly json: Json
  }
}

/** Names that httpbin leaves out of `headers` unless `?show_env` (higress.md 7.1). */
const hidden = new Set(
  (
    'X-Varnish X-Request-Start X-Heroku-Queue-Depth X-Real-Ip X-Forwarded-Proto X-Forwarded-Protocol X-Forwarded-Ssl ' +
    'X-Heroku-Queue-Wait-Time X-Forwarded-For X-Heroku-Dynos-In-Use X-Forwarded-Port X-Request-Id Via Total-Route-Time Connect-Time'
  ).split(' '),
)

/** Python's `str.title()`: a letter after anything but a letter is upper-case. `x_under` comes through WSGI as `X-Under`. */
const titleCase = remembered((name) =>
  name
    .replaceAll('_', '-')
    .toLowerCase()
    .replace(/(^|[^a-z])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase()),
)

const outerSpace = /^[ \t]+|[ \t]+$/g

/** Headers as gunicorn puts them into the WSGI environment: in order, duplicates joined, the host among them. */
function environHeaders(request: UpstreamRequest): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  const all: HeaderList = [['host', request.authority], ...request.headers]
  for (const [rawName, rawValue] of all) {
    const name = titleCase(rawName)
    const value = rawValue.replace(outerSpace, '')
    const single = name === 'Content-Type' || name === 'Content-Length'
    if (single && value === '') continue
    const before = headers.get(name)
    headers.set(name, before === undefined || single ? value : `${before},${value}`)
  }
  const framed = headers.has('Content-Length') || headers.has('Transfer-Encoding')
  // HTTP/1.1 has no third way to say that there is a body.
  if (!framed && request.body.length > 0 && request.protocol === 'h1') headers.set('Transfer-Encoding', 'chunked')
  return headers
}

/** A dictionary whose repeated names become lists (`semiflatten`). */
function multi(pairs: readonly (readonly [string, string])[]): Json {
  const values = new Map<string, string[]>()
  for (const [name, value] of pairs) {
    const before = values.get(name)
    if (before === undefined) values.set(name, [value])
    else before.push(value)
  }
  return object(
    [...values].map(([name, all]) => [name, all.length === 1 ? text(all[0] ?? '') : list(all.map(text))] as const),
  )
}

/** Text, or a data URL when the bytes are not UTF-8 (`json_safe`). */
function safeText(bytes: Uint8Array, decoded: string | undefined, contentType: string): Json {
  return text(decoded ?? `data:${contentType};base64,${base64(bytes)}`)
}

export function base64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

function body(request: UpstreamRequest, headers: ReadonlyMap<string, string>) {
  const none = { data: request.body, form: object([]), files: object([]) }
  const contentType = headers.get('Content-Type') ?? ''
  const mime = (contentType.split(';')[0] ?? '').trim()
  if (mime === 'application/x-www-form-urlencoded' || mime === 'application/x-url-encoded') {
    let bytes = ''
    for (const byte of request.body) bytes += String.fromCharCode(byte)
    return { data: new Uint8Array(), form: multi(decodePairs(bytes)), files: object([]) }
  }
  if (mime !== 'multipart/form-data') return none
  const parts = parseMultipart(request.body, headerOptions(contentType).get('boundary') ?? '')
  // Werkzeug consumed the body while failing, so nothing is left of it.
  if (parts === undefined) return { ...none, data: new Uint8Array() }
  const fields = parts.filter((part) => part.filename === undefined)
  const files = new Map<string, Json>()
  for (const part of parts) {
    if (part.filename !== undefined && !files.has(part.name))
      files.set(part.name, safeText(part.data, decodeStrict(part.data), part.contentType))
  }
  const form = multi(fields.map((part) => [part.name, decodeStrict(part.data) ?? new TextDecoder().decode(part.data)]))
  return { data: new Uint8Array(), form, files: object(files) }
}

/** Neither a fragment nor an absolute address. */
const plainPath = /^\/[^#]*$/

/** @throws TooDeep when the body is JSON nested so deeply that the real httpbin answers 500. */
export function requestFacts(request: UpstreamRequest): RequestFacts {
  const headers = environHeaders(request)
  const target = plainPath.test(request.path)
    ? request.path
    : request.path.replace(/#.*$/s, '').replace(/^https?:\/\/[^/?]*/i, '')
  const question = target.indexOf('?')
  const rawPath = question < 0 ? target : target.slice(0, question)
  const rawQuery = question < 0 ? '' : target.slice(question + 1)
  const query = decodePairs(rawQuery)
  const forwarded = headers.get('X-Forwarded-Host')
  const host = forwarded === undefined ? request.authority : (forwarded.split(',')[0] ?? '').trim()
  const proto = headers.get('X-Forwarded-Proto') || headers.get('X-Forwarded-Protocol') || undefined
  const scheme = proto ?? (headers.get('X-Forwarded-Ssl') === 'on' ? 'https' : 'http')
  const content = body(request, headers)
  const dataText = content.data.length === 0 ? '' : decodeStrict(content.data)
  const showAll = query.some(([name]) => name === 'show_env')
  const shown = [...headers].filter(([name]) => showAll || !hidden.has(name))
  const peer = request.peer.replace(/:\d+$/, '')
  return {
    path: unquote(rawPath),
    query,
    headers,
    method: request.method,
    scheme: 'http',
    host,
    json: {
      args: multi(query),
      headers: object(shown.map(([name, value]) => [name, text(value)] as const)),
      origin: text(headers.get('X-Forwarded-For') ?? peer),
      url: text(requestIri(scheme, host, unquoteBytes(rawPath), rawQuery)),
      method: text(request.method),
      data: safeText(content.data, dataText, 'application/octet-stream'),
      files: content.files,
      form: content.form,
      json: dataText === undefined ? jsonNull : (parsePythonJson(dataText) ?? jsonNull),
    },
  }
}
