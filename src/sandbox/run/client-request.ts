import { type HeaderList, headerValue } from '../../model/http.ts'
import type { RequestStep } from '../../model/project/types.ts'
import { encodeFrame, opcodes } from '../../model/websocket.ts'
import { lowerCase } from '../codec/header-map.ts'
import { clientKey } from '../codec/websocket-handshake.ts'
import type { ClientRequest } from '../gateway/client-sender.ts'

/**
 * The request as a plain client sends it: pseudo headers from method and URL, then the headers as written. A body gets a
 * `content-length` unless the person wrote a framing of their own; HTTP/1 trailers need chunks. With messages it asks for
 * an upgrade to WebSocket, and they are frames.
 */
export function clientRequest(step: RequestStep): ClientRequest {
  const { method, url, protocol, trailers, abort, messages } = step
  const chunks = messages === undefined ? step.chunks : messages.map(frameOf)
  const written: HeaderList = step.headers.map(([name, value]) => [lowerCase(name), value])
  const headers: (readonly [string, string])[] = [
    [':authority', headerValue(written, 'host') ?? url.authority],
    // The target of a tunnel is a host and a port, nothing else (RFC 9110, 9.3.6).
    ...(method === 'CONNECT' ? [] : [[':path', url.path] as const]),
    [':method', method],
  ]
  if (protocol === 'h2') headers.push([':scheme', url.scheme])
  for (const entry of written) if (entry[0] !== 'host') headers.push(entry)
  if (messages !== undefined)
    for (const entry of webSocket) if (headerValue(written, entry[0]) === undefined) headers.push(entry)
  const framed =
    messages !== undefined || written.some(([name]) => name === 'content-length' || name === 'transfer-encoding')
  if (!framed && chunks.length > 0) {
    if (protocol === 'h1' && trailers.length > 0) headers.push(['transfer-encoding', 'chunked'])
    else headers.push(['content-length', String(step.body.length)])
  }
  return { protocol, headers, chunks, trailers, ...(abort === undefined ? {} : { abort }) }
}

const webSocket = [
  ['connection', 'Upgrade'],
  ['upgrade', 'websocket'],
  ['sec-websocket-version', '13'],
  ['sec-websocket-key', clientKey],
] as const

const frameOf = ({ data, after }: NonNullable<RequestStep['messages']>[number]) => ({
  data: encodeFrame(opcodes.text, data, 'client'),
  after,
})
