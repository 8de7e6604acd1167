/**
 * Events of the gateway half are kept as they were told (header lists and bodies never change afterwards) and become
 * words only when the trace is taken: encoding them while requests run cost more than the rest of recording.
 */
import type { HeaderList } from '../../model/http.ts'
import { Chunks } from './chunks.ts'
import { type PlainEvent, plainFields, schema } from './schema.ts'

/** Characters up to which equal texts are looked for: long ones (access-log lines) hardly ever come twice. */
const longestShared = 200

const number = new Float64Array(1)
const numberWords = new Int32Array(number.buffer)

const plainSize = 64
const headersSize = 256

/** Bytes that an event refers to, roughly, for the limit of a trace; parts shared with other events count each time. */
export function eventSize(event: PlainEvent): number {
  // By type, so that each access sees one shape of object: this runs for every event.
  switch (event.type) {
    case 'request.body':
    case 'response.body':
    case 'upstream.request.body':
    case 'upstream.response.body':
      return plainSize + event.data.length
    case 'local-reply':
    case 'callout.request':
    case 'callout.response':
      return headersSize + event.body.length
    case 'redis.command':
      return plainSize + event.argv.reduce((sum, word) => sum + word.length, 0)
    case 'redis.reply':
      return plainSize + event.reply.length
    case 'request.headers':
    case 'response.headers':
    case 'chain.headers':
    case 'upstream.request':
    case 'upstream.response':
      return headersSize
    default:
      return plainSize
  }
}

/** Words an event takes at most: each field up to two, each header two. */
function roomFor(event: PlainEvent): number {
  let room = 16
  if ('headers' in event) room += 2 * event.headers.length
  if ('trailers' in event) room += 2 * event.trailers.length
  return room
}

/** Turns events into words, texts and bytes; `schema` says in which order their fields stand. */
export class PlainEncoder {
  readonly texts: string[] = []
  readonly #words = new Chunks(14, (length) => new Int32Array(length))
  readonly #arena = new Chunks(14, (length) => new Uint8Array(length))
  readonly #starts: Uint32Array<ArrayBuffer>
  readonly #textIds = new Map<string, number>()
  /** Where a header list or body stands that passes several stations unchanged. */
  readonly #known = new Map<object, number>()

  constructor(events: readonly PlainEvent[]) {
    this.#starts = new Uint32Array(events.length)
    events.forEach((event, index) => {
      this.#words.reserve(roomFor(event))
      this.#starts[index] = this.#words.length
      this.#fields(event)
    })
  }

  /** Starts of the events, their words, their bytes. */
  buffers(): readonly [ArrayBuffer, ArrayBuffer, ArrayBuffer] {
    return [this.#starts.buffer, this.#words.join(), this.#arena.join()]
  }

  #push(value: number): void {
    const words = this.#words
    words.current[words.used++] = value
  }

  #fields(event: PlainEvent): void {
    const fields = plainFields(event)
    for (const [name, kind] of schema[event.type]) {
      const value = fields[name]
      if (kind === 'text') this.#push(this.#text(typeof value === 'string' ? value : ''))
      else if (kind === 'flag') this.#push(value === true ? 1 : 0)
      else if (kind === 'number') {
        number[0] = typeof value === 'number' ? value : 0
        this.#push(numberWords[0] ?? 0)
        this.#push(numberWords[1] ?? 0)
      } else if (kind === 'json') this.#push(this.#text(JSON.stringify(value)))
      else if (kind === 'bytes') {
        const bytes = value instanceof Uint8Array ? value : new Uint8Array()
        this.#push(this.#bytes(bytes))
        this.#push(bytes.length)
      } else if (kind === 'headers') this.#headers(Array.isArray(value) ? value : [])
    }
  }

  #text(text: string): number {
    const shared = text.length <= longestShared
    const known = shared ? this.#textIds.get(text) : undefined
    if (known !== undefined) return known
    const id = this.texts.push(text) - 1
    if (shared) this.#textIds.set(text, id)
    return id
  }

  /** Position in the arena; the same array is not copied again (a body passes several stations). */
  #bytes(bytes: Uint8Array): number {
    if (bytes.length === 0) return 0
    const known = this.#known.get(bytes)
    if (known !== undefined) return known
    const arena = this.#arena
    arena.reserve(bytes.length)
    arena.current.set(bytes, arena.used)
    const at = arena.length
    arena.used += bytes.length
    this.#known.set(bytes, at)
    return at
  }

  #headers(list: HeaderList): void {
    this.#push(list.length)
    for (const [name, value] of list) {
      this.#push(this.#text(name))
      this.#push(this.#text(value))
    }
  }
}
