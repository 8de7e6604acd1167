import type { HeaderList } from '../../model/http.ts'
import { latin1 } from '../../model/project/bytes.ts'
import { redisCommandText, redisReplyText } from '../../model/redis-text.ts'
import type { LogLevel, StreamEnd, TraceEvent, TraceRecord } from '../../model/trace.ts'
import { type Answerer, answererOf } from './status-line.ts'

/** A message put together from its events. `seq` is its first event. */
export type SeenMessage = {
  readonly seq: number
  readonly headers: HeaderList
  readonly body: Uint8Array
  readonly chunks: number
  readonly trailers: HeaderList
}
export type SeenCall = SeenRequest | SeenCommand
/** A request to a service (of a TCP connection: its bytes, without headers). */
export type SeenRequest = {
  readonly cluster: string
  readonly kind: 'route' | 'callout'
  readonly request: SeenMessage
  readonly reply: SeenMessage | undefined
  /** Why there is no proper reply: `timeout`, `reset`, … */
  readonly failed: string
}
/** A command to a Redis. */
export type SeenCommand = {
  readonly cluster: string
  readonly kind: 'redis'
  readonly seq: number
  /** As it is typed into redis-cli; '' for bytes that are no command. */
  readonly command: string
  /** RESP, as it came; undefined without a reply. */
  readonly reply: Uint8Array | undefined
  /** The reply as redis-cli prints it. */
  readonly answer: string
  readonly failed: string
}
export type SeenLog = {
  readonly seq: number
  readonly at: number
  readonly plugin: number | undefined
  readonly level: LogLevel
  readonly message: string
  readonly via: Extract<TraceEvent, { type: 'log' }>['via']
  readonly shown: boolean
}
/** What client and services saw of one exchange. */
export type Exchange = {
  /** A TCP connection: no headers, and bytes that are nobody's body. */
  readonly connection: boolean
  readonly request: SeenMessage | undefined
  readonly response: SeenMessage | undefined
  readonly answerer: Answerer
  readonly calls: readonly SeenCall[]
  readonly logs: readonly SeenLog[]
  readonly ended: StreamEnd | undefined
  readonly details: string
  readonly flags: string
  readonly accessLog: string
}

type Growing = { seq: number; headers: HeaderList; parts: Uint8Array[]; trailers: HeaderList }
type GrowingRequest = { cluster: string; kind: 'route' | 'callout'; request: Growing; reply?: Growing; failed: string }
type GrowingCommand = { -readonly [Key in keyof SeenCommand]: SeenCommand[Key] }

const begin = (seq: number, headers: HeaderList): Growing => ({ seq, headers, parts: [], trailers: [] })

function message(growing: Growing): SeenMessage {
  const { seq, headers, parts, trailers } = growing
  return { seq, headers, body: joined(parts), chunks: parts.length, trailers }
}

/** Joins the parts of a body. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const body = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    body.set(part, at)
    at += part.length
  }
  return body
}

export function exchangeOf(records: readonly TraceRecord[]): Exchange {
  let request: Growing | undefined
  let response: Growing | undefined
  const calls: (GrowingRequest | GrowingCommand)[] = []
  const byToken = new Map<number, GrowingRequest>()
  const commands = new Map<number, GrowingCommand>()
  const logs: SeenLog[] = []
  let end = { ended: undefined as StreamEnd | undefined, details: '', flags: '', accessLog: '' }
  const route = () => calls.findLast((call): call is GrowingRequest => call.kind === 'route')
  const connection = isConnection(records)
  for (const { event, seq, at, plugin } of records) {
    if (event.type === 'request.headers') request ??= begin(seq, event.headers)
    else if (event.type === 'connection.open') request = begin(seq, [])
    else if (event.type === 'request.body') push(request, event.data)
    else if (event.type === 'request.trailers' && request) request.trailers = event.trailers
    else if (event.type === 'response.headers') response = begin(seq, event.headers)
    else if (event.type === 'response.body') {
      if (connection) response ??= begin(seq, [])
      push(response, event.data)
    } else if (event.type === 'response.trailers' && response) response.trailers = event.trailers
    else if (event.type === 'upstream.request')
      calls.push({ cluster: event.cluster, kind: 'route', request: begin(seq, event.headers), failed: '' })
    else if (event.type === 'upstream.connect')
      calls.push({ cluster: event.cluster, kind: 'route', request: begin(seq, []), failed: '' })
    else if (event.type === 'upstream.request.body') push(route()?.request, event.data)
    else if (event.type === 'upstream.response') {
      const call = route()
      if (call) call.reply = begin(seq, event.headers)
    } else if (event.type === 'upstream.response.body') {
      const call = route()
      if (connection && call) call.reply ??= begin(seq, [])
      push(call?.reply, event.data)
    } else if (event.type === 'upstream.response.trailers') {
      const reply = route()?.reply
      if (reply) reply.trailers = event.trailers
    } else if (event.type === 'upstream.reset') {
      const call = route()
      if (call) call.failed = event.reason
    } else if (event.type === 'callout.request') {
      const sent = begin(seq, event.headers)
      push(sent, event.body)
      const call: GrowingRequest = { cluster: event.cluster, kind: 'callout', request: sent, failed: '' }
      byToken.set(event.token, call)
      calls.push(call)
    } else if (event.type === 'callout.response') {
      const call = byToken.get(event.token)
      if (call) {
        if (event.headers.length > 0) {
          call.reply = begin(seq, event.headers)
          push(call.reply, event.body)
          call.reply.trailers = event.trailers
        }
        call.failed = event.outcome === 'response' ? '' : event.outcome
      }
    } else if (event.type === 'redis.command') {
      const command: GrowingCommand = {
        cluster: event.cluster,
        kind: 'redis',
        seq,
        command: redisCommandText(event.argv),
        reply: undefined,
        answer: '',
        failed: '',
      }
      commands.set(event.token, command)
      calls.push(command)
    } else if (event.type === 'redis.reply') {
      const command = commands.get(event.token)
      if (command === undefined) continue
      if (event.outcome !== 'reply') command.failed = event.outcome
      else {
        command.reply = event.reply
        command.answer = redisReplyText(latin1(event.reply))
      }
    } else if (event.type === 'log')
      logs.push({ seq, at, plugin, level: event.level, message: event.message, via: event.via, shown: event.shown })
    else if (event.type === 'stream.end')
      end = { ended: event.ended, details: event.details, flags: event.flags, accessLog: event.accessLog }
  }
  return {
    connection,
    request: request && message(request),
    response: response && message(response),
    answerer: answererOf(records),
    calls: calls.map((call) =>
      call.kind === 'redis'
        ? call
        : { ...call, request: message(call.request), reply: call.reply && message(call.reply) },
    ),
    logs,
    ...end,
  }
}

function push(growing: Growing | undefined, data: Uint8Array): void {
  if (growing !== undefined && data.length > 0) growing.parts.push(data)
}

/** Whether these records are of a TCP connection: no headers, and bytes that are nobody's body. */
export const isConnection = (records: readonly TraceRecord[]): boolean =>
  records.some(({ event }) => event.type === 'connection.open')
