import { toBase64 } from '../../model/project/bytes.ts'
import type { Upstream, UpstreamRequest } from './types.ts'

/**
 * Reflects the request as JSON. The shape is ours and stable: keys in this order, two spaces of indentation, a final
 * newline; header values are latin1 text; `body` is text if the bytes are UTF-8, else `{ "base64": … }`.
 *
 * { method, path, authority, scheme, protocol: "h1"|"h2", headers: [[name, value]…], body, trailers: [[name, value]…] }
 */
export const echo: Upstream = (request) => {
  const body = new TextEncoder().encode(`${JSON.stringify(reflection(request), null, 2)}\n`)
  return {
    kind: 'response',
    headers: [
      [':status', '200'],
      ['content-type', 'application/json'],
      ['content-length', String(body.length)],
    ],
    delay: 0,
    chunks: request.method === 'HEAD' ? [] : [{ data: body, after: 0 }],
    trailers: [],
  }
}

function reflection(request: UpstreamRequest) {
  const { method, path, authority, scheme, protocol, headers, trailers } = request
  return { method, path, authority, scheme, protocol, headers, body: shown(request.body), trailers }
}

function shown(bytes: Uint8Array): string | { readonly base64: string } {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // Not UTF-8, which is all that can fail here.
    return { base64: toBase64(bytes) }
  }
}
