import type { HeaderList } from '../../../model/http.ts'
import type { Call, Endpoint } from './endpoints.ts'
import { type Chunk, type Reply, utf8 } from './reply.ts'
import { pythonFloatOf, pythonInt } from './status-codes.ts'

const largest = 100 * 1024
const argument = (call: Call, name: string) => call.facts.query.find(([key]) => key.toLowerCase() === name)?.[1]

/** `/range/:n`: the alphabet again and again, whole or the part that `Range` asks for. undefined: the 500 page. */
function range(call: Call): Reply | undefined {
  const size = Number(call.groups[0])
  const about: HeaderList = [
    ['ETag', `range${size}`],
    ['Accept-Ranges', 'bytes'],
  ]
  if (size <= 0 || size > largest) {
    const body = utf8(`number of bytes must be in the range (0, ${largest}]`)
    const plain = ['Content-Type', 'text/plain; charset=utf-8'] as const
    return { status: 404, headers: [...about, plain, ['Content-Length', String(body.length)]], body }
  }
  const chunkSize = pythonInt(argument(call, 'chunk_size') ?? '10240')
  const duration = pythonFloatOf(argument(call, 'duration') ?? '0')
  if (chunkSize === undefined || duration === undefined) return undefined
  const [first, last] = asked(call.facts.headers.get('Range'), size)
  if (first > last || first < 0 || first >= size || last >= size) {
    const plain = ['Content-Type', 'text/plain; charset=utf-8'] as const
    const headers: HeaderList = [...about, ['Content-Range', `bytes */${size}`], ['Content-Length', '0'], plain]
    return { status: 416, headers, body: new Uint8Array() }
  }
  const headers: HeaderList = [
    ['Content-Type', 'application/octet-stream'],
    ...about,
    ['Content-Length', String(last + 1 - first)],
    ['Content-Range', `bytes ${first}-${last}/${size}`],
  ]
  const whole = first === 0 && last === size - 1
  const pause = Math.max(0, (duration / size) * 1e9)
  return { status: whole ? 200 : 206, headers, body: pieces(first, last, Math.max(1, chunkSize), pause) }
}

/** A full piece leaves before its pause, what is left over after its own. */
function pieces(first: number, last: number, size: number, pause: number): readonly Chunk[] {
  const chunks: Chunk[] = []
  let wait = 0
  for (let start = first; start <= last; start += size) {
    const data = Uint8Array.from({ length: Math.min(size, last + 1 - start) }, (_, i) => 97 + ((start + i) % 26))
    const full = data.length === size
    chunks.push({ data, after: Math.round(full ? wait : wait + pause * data.length) })
    wait = pause * size
  }
  return chunks
}

/** `get_request_range` of helpers.py, with its own idea of what a range is. */
function asked(header: string | undefined, size: number): readonly [number, number] {
  const parts = header?.trim().startsWith('bytes') ? header.trim().split('=') : []
  const [left, right] = parts.length === 2 ? (parts[1] ?? '').split('-') : []
  const first = left === undefined ? undefined : pythonInt(left)
  const last = right === undefined ? undefined : pythonInt(right)
  if (first === undefined) return last === undefined ? [0, size - 1] : [Math.max(0, size - last), size - 1]
  return [first, last ?? size - 1]
}

export const rangeEndpoints: readonly Endpoint[] = [{ pattern: /^\/range\/(\d+)$/, methods: ['GET'], answer: range }]
