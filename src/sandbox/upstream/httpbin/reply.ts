import type { HeaderList } from '../../../model/http.ts'
import { type Json, pretty } from './python-json.ts'

/** What an endpoint gives back, before Flask's and gunicorn's own headers are put around it. */
export type Reply = {
  readonly status: number
  /** The endpoint's headers in its order, names in its case. */
  readonly headers: HeaderList
  readonly body: Uint8Array | readonly Chunk[]
  /** Nanoseconds before the headers leave. */
  readonly delay?: number
  /** False for the 500 page: Flask skips the after-request hook there. */
  readonly cors?: boolean
}
export type Chunk = { readonly data: Uint8Array; readonly after: number }

const encoder = new TextEncoder()
export const utf8 = (value: string): Uint8Array => encoder.encode(value)
const html = 'text/html; charset=utf-8'

/** A response whose length Flask knew when it was made: the length stands right after the type. */
export function sized(status: number, type: string, body: Uint8Array, ...headers: HeaderList): Reply {
  return { status, headers: [['Content-Type', type], ['Content-Length', String(body.length)], ...headers], body }
}

export const jsonReply = (value: Json, ...headers: HeaderList): Reply =>
  sized(200, 'application/json', utf8(`${pretty(value)}\n`), ...headers)

export const htmlReply = (body: string): Reply => sized(200, html, utf8(body))

/** `app.make_response("")`. */
export const emptyReply = (status: number, ...headers: HeaderList): Reply =>
  sized(status, html, new Uint8Array(), ...headers)

const doctype = '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n'

const page = (title: string, text: string) =>
  utf8(`${doctype}<title>${title}</title>\n<h1>${title.replace(/^\d+ /, '')}</h1>\n<p>${text}</p>\n`)

export const notFound = (): Reply =>
  sized(
    404,
    'text/html',
    page(
      '404 Not Found',
      'The requested URL was not found on the server.  If you entered the URL manually please check your spelling and try again.',
    ),
  )

export function methodNotAllowed(allow: string): Reply {
  const body = page('405 Method Not Allowed', 'The method is not allowed for the requested URL.')
  const headers: HeaderList = [
    ['Content-Type', 'text/html'],
    ['Allow', allow],
    ['Content-Length', String(body.length)],
  ]
  return { status: 405, headers, body }
}

export const serverError = (): Reply => ({
  ...sized(
    500,
    'text/html',
    page(
      '500 Internal Server Error',
      'The server encountered an internal error and was unable to complete your request.  Either the server is overloaded or there is an error in the application.',
    ),
  ),
  cors: false,
})

export const plainError = (status: number, text: string): Reply =>
  sized(status, 'text/plain; charset=utf-8', utf8(text))

const escapeHtml = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** `flask.redirect(location)`: a 302 with a short page. */
export function redirectPage(location: string, ...headers: HeaderList): Reply {
  const shown = escapeHtml(location)
  const body =
    `${doctype}<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n` +
    `<p>You should be redirected automatically to target URL: <a href="${shown}">${shown}</a>.  If not click the link.`
  return sized(302, html, utf8(body), ['Location', location], ...headers)
}

/** Chunked: no length is known. */
export const streamReply = (type: string, chunks: readonly Chunk[]): Reply => ({
  status: 200,
  headers: [['Content-Type', type]],
  body: chunks,
})
