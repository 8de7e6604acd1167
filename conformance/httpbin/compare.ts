/** What is compared of two answers of httpbin, the real one's and ours. */
import { createHash } from 'node:crypto'
import { brotliDecompressSync } from 'node:zlib'
import { httpbin } from '../../src/sandbox/upstream/httpbin.ts'

export type Asked = {
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly string[])[]
  readonly body: string
}

/** Bodies are latin1; a long one is known by its size and hash. */
export type Answer = {
  readonly status: number
  readonly headers: readonly (readonly string[])[]
  readonly body?: string
  readonly size?: number
  readonly sha256?: string
}

const bytes = (latin1: string) => Uint8Array.from(latin1, (char) => char.charCodeAt(0))

export function ask({ method, path, headers, body }: Asked, peer: string): Answer {
  const sent = headers.map(([name = '', value = '']) => [name.toLowerCase(), value] as const)
  const framed = body === '' || sent.some(([name]) => name === 'transfer-encoding')
  const request = {
    method,
    path,
    authority: 'httpbin.example:8080',
    scheme: 'http',
    protocol: 'h1',
    headers: framed ? sent : [...sent, ['content-length', String(body.length)] as const],
    body: bytes(body),
    trailers: [],
    peer,
  } as const
  const random = (count: number) => new Uint8Array(count).fill(7)
  const reply = httpbin(request, { nowMs: Date.UTC(2026, 0, 1), random })
  if (reply.kind !== 'response') throw new Error(`httpbin answered ${reply.kind}`)
  const [status, ...rest] = reply.headers
  const whole = Buffer.concat(reply.chunks.map(({ data }) => data)).toString('latin1')
  return { status: Number(status?.[1]), headers: rest, body: whole }
}

/**
 * Without what cannot be equal: the time, challenges, the order of methods in Allow (a Python set's), the time of day in
 * gzip's header, how Brotli packed its bytes.
 */
export function comparable({ status, headers, body, size, sha256 }: Answer) {
  const brotli = headers.some(([name, value]) => name?.toLowerCase() === 'content-encoding' && value === 'br')
  const shown = headers.map(([rawName = '', value = '']) => {
    const name = rawName.toLowerCase()
    if (name === 'allow') return [name, value.split(', ').sort().join(', ')]
    if (name === 'www-authenticate') return [name, value.replace(/(nonce|opaque)="([0-9a-f]+)"/g, hidden)]
    if (name === 'content-length' && brotli) return [name, '(packed)']
    return [name, name === 'date' ? '(date)' : value]
  })
  if (body === undefined) return { status, headers: shown, size, sha256 }
  if (brotli) return { status, headers: shown, body: brotliDecompressSync(bytes(body)).toString('latin1') }
  if (body.startsWith('\u001f\u008b')) return { status, headers: shown, body: `${body.slice(0, 4)}${body.slice(8)}` }
  if (body.length <= 5000) return { status, headers: shown, body }
  return { status, headers: shown, size: body.length, sha256: createHash('sha256').update(bytes(body)).digest('hex') }
}

const hidden = (_: string, name: string, hash: string) => `${name}="(${hash.length} digits)"`
