/**
 * Events of the gateway half become words as they are told: objects that lived until the trace is taken cost the garbage
 * collector as much as the requests themselves. `schema` says in which order the fields of an event stand.
 */
import type { TraceEvent } from '../../model/trace.ts'
import type { AccessLogEntry } from './access-log.ts'
import { accessLogWords, writeAccessLog } from './access-log-facts.ts'
import type { TraceBuffers } from './buffers.ts'
import { writeNumber } from './number-words.ts'
import { Place } from './places.ts'
import { type PlainEvent, plainCodes, plainFields, schema } from './schema.ts'

type StreamEnd = Extract<TraceEvent, { type: 'stream.end' }>

/** As `TraceEvent`, but the end of a stream may bring the facts of its access-log line in place of the line. */
export type GatewayEvent =
  | Exclude<PlainEvent, StreamEnd>
  | (Omit<StreamEnd, 'accessLog'> & { readonly accessLog: string | AccessLogEntry })

/** Words an event takes at most. */
export const plainRoom = 16 + accessLogWords
/** Where the line stands among the words of a `stream.end`; below 0: its facts follow. */
export const accessLogField = 3

/** Bytes that an event and a header list stand for, roughly, for the limit of a trace; shared ones count each time. */
const plainSize = 64
const headersSize = 256

const code = (type: PlainEvent['type']): number => plainCodes.get(type) ?? 0
const requestHeaders = code('request.headers')
const chainHeaders = code('chain.headers')
const route = code('route')
const upstreamRequest = code('upstream.request')
const upstreamResponse = code('upstream.response')
const upstreamResponseBody = code('upstream.response.body')
const responseHeaders = code('response.headers')
const responseBody = code('response.body')
const streamEnd = code('stream.end')

/**
 * Appends the fields of an event, for which room for `plainRoom` words must have been made, and returns its code. What
 * every request has is told apart once, so that each access sees one shape of object; in the order of `schema`.
 */
export function writePlain(buffers: TraceBuffers, event: GatewayEvent): number {
  const { texts, lists, words } = buffers
  const { current, used } = words
  switch (event.type) {
    case 'request.headers':
      current[used] = texts.idAt(Place.listener, event.listener)
      current[used + 1] = texts.idAt(Place.requestProtocol, event.protocol)
      current[used + 2] = lists.position(Place.requestHeaders, event.headers)
      current[used + 3] = event.endOfStream ? 1 : 0
      words.used = used + 4
      buffers.size += headersSize
      return requestHeaders
    case 'chain.headers': {
      const place = event.direction === 'request' ? Place.chainRequest : Place.chainResponse
      current[used] = texts.idAt(place, event.direction)
      current[used + 1] = lists.position(place, event.headers)
      words.used = used + 2
      buffers.size += headersSize
      return chainHeaders
    }
    case 'route':
      current[used] = texts.idAt(Place.routeName, event.name)
      current[used + 1] = texts.idAt(Place.routeCluster, event.cluster)
      words.used = used + 2
      buffers.size += plainSize
      return route
    case 'upstream.request':
      current[used] = texts.idAt(Place.upstreamCluster, event.cluster)
      current[used + 1] = texts.idAt(Place.upstreamHost, event.host)
      current[used + 2] = lists.position(Place.upstreamRequest, event.headers)
      current[used + 3] = event.endOfStream ? 1 : 0
      words.used = used + 4
      buffers.size += headersSize
      return upstreamRequest
    case 'upstream.response':
      current[used] = texts.idAt(Place.answerCluster, event.cluster)
      current[used + 1] = lists.position(Place.upstreamResponse, event.headers)
      current[used + 2] = event.endOfStream ? 1 : 0
      words.used = used + 3
      buffers.size += headersSize
      return upstreamResponse
    case 'upstream.response.body':
      current[used] = texts.idAt(Place.answerBodyCluster, event.cluster)
      current[used + 1] = buffers.body(event.data)
      current[used + 2] = event.data.length
      current[used + 3] = event.endOfStream ? 1 : 0
      words.used = used + 4
      buffers.size += plainSize + event.data.length
      return upstreamResponseBody
    case 'response.headers':
      current[used] = lists.position(Place.responseHeaders, event.headers)
      current[used + 1] = event.endOfStream ? 1 : 0
      words.used = used + 2
      buffers.size += headersSize
      return responseHeaders
    case 'response.body':
      current[used] = buffers.body(event.data)
      current[used + 1] = event.data.length
      current[used + 2] = event.endOfStream ? 1 : 0
      words.used = used + 3
      buffers.size += plainSize + event.data.length
      return responseBody
    case 'stream.end':
      current[used] = texts.idAt(Place.ended, event.ended)
      current[used + 1] = texts.idAt(Place.endDetails, event.details)
      current[used + 2] = texts.idAt(Place.endFlags, event.flags)
      words.used = used + 4
      buffers.size += plainSize
      if (typeof event.accessLog === 'string') current[used + accessLogField] = texts.id(event.accessLog)
      else {
        current[used + accessLogField] = -1
        writeAccessLog(buffers, event.accessLog)
      }
      return streamEnd
    default:
      writeFields(buffers, event)
      buffers.size += eventSize(event)
      return code(event.type)
  }
}

/** Of the rarer events. */
function eventSize(event: PlainEvent): number {
  if ('data' in event) return plainSize + event.data.length
  if ('argv' in event) return plainSize + event.argv.reduce((sum, word) => sum + word.length, 0)
  if ('reply' in event) return plainSize + event.reply.length
  if ('body' in event) return headersSize + event.body.length
  return 'headers' in event ? headersSize : plainSize
}

function writeBytes(buffers: TraceBuffers, bytes: Uint8Array): void {
  buffers.push(buffers.body(bytes))
  buffers.push(bytes.length)
}

function writeFields(buffers: TraceBuffers, event: Exclude<PlainEvent, StreamEnd>): void {
  const { texts, lists, words } = buffers
  const fields = plainFields(event)
  for (const [name, kind] of schema[event.type]) {
    const value = fields[name]
    switch (kind) {
      case 'text':
        buffers.push(texts.id(typeof value === 'string' ? value : ''))
        break
      case 'flag':
        buffers.push(value === true ? 1 : 0)
        break
      case 'number':
        writeNumber(words.current, words.used, typeof value === 'number' ? value : 0)
        words.used += 2
        break
      case 'json':
        buffers.push(texts.id(JSON.stringify(value)))
        break
      case 'bytes':
        writeBytes(buffers, value instanceof Uint8Array ? value : new Uint8Array())
        break
      case 'headers':
        buffers.push(lists.position(Place.other, Array.isArray(value) ? value : []))
        break
    }
  }
}
