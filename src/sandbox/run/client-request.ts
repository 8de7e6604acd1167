import { type HeaderList, headerValue } from '../../model/http.ts'
import type { RequestStep } from '../../model/project/types.ts'
import { lowerCase } from '../codec/header-map.ts'
import type { ClientRequest } from '../gateway/client-sender.ts'

/**
 * The request as a plain client sends it: pseudo headers from method and URL, then the headers as written. A body gets a
 * `content-length` unless the person wrote a framing of their own; HTTP/1 trailers need chunks.
 */
export function clientRequest(step: RequestStep): ClientRequest {
  const { method, url, protocol, chunks, trailers, abort } = step
  const written: HeaderList = step.headers.map(([name, value]) => [lowerCase(name), value])
  const headers: (readonly [string, string])[] = [
    [':authority', headerValue(written, 'host') ?? url.authority],
    [':path', url.path],
    [':method', method],
  ]
  if (protocol === 'h2') headers.push([':scheme', url.scheme])
  for (const entry of written) if (entry[0] !== 'host') headers.push(entry)
  const framed = written.some(([name]) => name === 'content-length' || name === 'transfer-encoding')
  if (!framed && chunks.length > 0) {
    if (protocol === 'h1' && trailers.length > 0) headers.push(['transfer-encoding', 'chunked'])
    else headers.push(['content-length', String(step.body.length)])
  }
  return { protocol, headers, chunks, trailers, ...(abort === undefined ? {} : { abort }) }
}
