import type { HeaderList } from '../../model/http.ts'
import type { TraceEvent, TraceRecord } from '../../model/trace.ts'

/** The body bytes an event carries, if any: what the body view shows. */
export function bodyOf(event: TraceEvent): Uint8Array | undefined {
  switch (event.type) {
    case 'request.body':
    case 'response.body':
    case 'upstream.request.body':
    case 'upstream.response.body':
      return event.data
    case 'callout.request':
    case 'callout.response':
    case 'local-reply':
      return event.body
    case 'redis.reply':
      return event.reply
    case 'host.call':
      return callBody(event)
    default:
      return undefined
  }
}

function callBody(event: Extract<TraceEvent, { type: 'host.call' }>): Uint8Array | undefined {
  if (!/buffer|send_local|http_call|configuration/.test(event.fn)) return undefined
  const candidates = [...event.args, ...event.out].filter((arg) => arg.kind === 'bytes')
  const named = candidates.find((arg) => /body|data|value|bytes/i.test(arg.name)) ?? candidates.at(-1)
  return named?.kind === 'bytes' && named.value.length > 0 ? named.value : undefined
}

/** The header lines an event carries by itself. */
export function headersOf(event: TraceEvent): HeaderList | undefined {
  switch (event.type) {
    case 'request.headers':
    case 'response.headers':
    case 'chain.headers':
    case 'upstream.request':
    case 'upstream.response':
    case 'callout.request':
    case 'callout.response':
    case 'local-reply':
      return event.headers
    case 'request.trailers':
    case 'response.trailers':
    case 'upstream.request.trailers':
    case 'upstream.response.trailers':
      return event.trailers
    default:
      return undefined
  }
}

/** The whole body of the message that begins at this record, where its chunks come as events of their own. */
export function messageBody(records: readonly TraceRecord[], seq: number): Uint8Array | undefined {
  const at = records.findIndex((record) => record.seq === seq)
  const type = records[at]?.event.type
  const part =
    type === 'request.headers'
      ? 'request.body'
      : type === 'response.headers'
        ? 'response.body'
        : type === 'upstream.request'
          ? 'upstream.request.body'
          : type === 'upstream.response'
            ? 'upstream.response.body'
            : undefined
  if (part === undefined) return undefined
  const parts: Uint8Array[] = []
  for (const { event } of records.slice(at + 1)) {
    if (event.type === type) break
    if (event.type === part) parts.push(event.data)
  }
  const body = new Uint8Array(parts.reduce((size, chunk) => size + chunk.length, 0))
  let offset = 0
  for (const chunk of parts) {
    body.set(chunk, offset)
    offset += chunk.length
  }
  return body.length === 0 ? undefined : body
}
