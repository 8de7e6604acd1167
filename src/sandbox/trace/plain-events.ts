/**
 * Events of the gateway half become words as they are told: objects that lived until the trace is taken cost the garbage
 * collector as much as the requests themselves. `schema` says in which order the fields of an event stand. Those that
 * every request tells have a shorter way (`stream-events.ts`).
 */
import type { TraceEvent } from '../../model/trace.ts'
import type { AccessLogEntry } from './access-log.ts'
import { accessLogWords } from './access-log-facts.ts'
import type { TraceBuffers } from './buffers.ts'
import { headersSize, plainSize } from './event-size.ts'
import { writeNumber } from './number-words.ts'
import { Place } from './places.ts'
import { type PlainEvent, plainCode, plainFields, schema } from './schema.ts'

type StreamEnd = Extract<TraceEvent, { type: 'stream.end' }>

/** As `TraceEvent`, but the end of a stream may bring the facts of its access-log line in place of the line. */
export type GatewayEvent =
  | Exclude<PlainEvent, StreamEnd>
  | (Omit<StreamEnd, 'accessLog'> & { readonly accessLog: string | AccessLogEntry })

/** Words an event takes at most. */
export const plainRoom = 16 + accessLogWords
/** Where the line stands among the words of a `stream.end`; below 0: its facts follow. */
export const accessLogField = 3

/**
 * Appends the fields of an event, for which room for `plainRoom` words must have been made, and returns its code.
 */
export function writePlain(buffers: TraceBuffers, event: GatewayEvent): number {
  if (event.type === 'stream.end') writeEnd(buffers, event)
  else {
    writeFields(buffers, event)
    buffers.grow(eventSize(event))
  }
  return plainCode(event.type)
}

function writeEnd(buffers: TraceBuffers, event: Extract<GatewayEvent, { type: 'stream.end' }>): void {
  const { texts, words } = buffers
  buffers.push(texts.id(event.ended))
  buffers.push(texts.id(event.details))
  buffers.push(texts.id(event.flags))
  buffers.grow(plainSize)
  if (typeof event.accessLog === 'string') {
    buffers.push(texts.id(event.accessLog))
    return
  }
  buffers.push(-1)
  buffers.accessLog.write(event.accessLog, words.current, words.used)
  words.used += accessLogWords
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
