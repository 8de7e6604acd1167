import type { PluginIndex, SpanId, StreamId, VirtualNs } from '../../model/brand.ts'
import type { Arg, CallReason, RecordHeading, TraceEvent, TraceRecord, TraceView } from '../../model/trace.ts'
import { decodePairs } from '../abi/pairs.ts'
import { errnoName, statusName } from '../abi/status.ts'
import { utf8 } from '../abi/text.ts'
import type { TraceData } from '../entry/api.ts'
import { actions, headWords, Left, logLevels, logSources, type TraceAbout, unfinished } from './codes.ts'
import { EventPlaces } from './event-words.ts'
import { readHeaders, type WordsAt } from './header-lists.ts'
import { readNumber } from './number-words.ts'
import { type FieldKind, kindEnter, kindGuestLog, kindHostCall, kindLeave, plainTypeOf, schema } from './schema.ts'
import { outWords, type Signature, type Slot, slotWords } from './signature.ts'

/** Decodes a recorded trace on demand; about a microsecond per record. */
export function openTrace(data: TraceData): TraceView {
  const decoder = new Decoder(data)
  return {
    length: data.length,
    dropped: data.dropped,
    hash: data.hash,
    machineDependent: data.machineDependent,
    clockStart: data.clockStart,
    plugins: data.plugins,
    record: (index) => decoder.record(index),
    heading: (index) => decoder.heading(index),
  }
}

const guestTypes: ReadonlyMap<number, TraceEvent['type']> = new Map([
  [kindEnter, 'guest.enter'],
  [kindLeave, 'guest.leave'],
  [kindHostCall, 'host.call'],
  [kindGuestLog, 'log'],
])

class Decoder {
  readonly #words: Int32Array
  readonly #starts: Uint32Array
  readonly #places: EventPlaces
  readonly #arena: Uint8Array
  readonly #texts: readonly string[]
  readonly #lists: WordsAt
  readonly #signatures: readonly Signature[]
  readonly #reasons: readonly CallReason[]
  #at = 0

  constructor(data: TraceData) {
    const [words, starts, arena, lists, times, late] = data.buffers
    this.#words = new Int32Array(words ?? new ArrayBuffer(0))
    this.#starts = new Uint32Array(starts ?? new ArrayBuffer(0))
    const noted = new Float64Array(times ?? new ArrayBuffer(0))
    this.#places = new EventPlaces(noted, new Uint32Array(late ?? new ArrayBuffer(0)), data.length)
    this.#arena = new Uint8Array(arena ?? new ArrayBuffer(0))
    const listWords = new Int32Array(lists ?? new ArrayBuffer(0))
    this.#lists = { chunkOf: () => listWords, placeOf: (position) => position }
    this.#texts = data.strings.slice(1)
    // Written by `Recorder.data` of the same version of this code: `TraceData` never outlives a session.
    const about: TraceAbout = JSON.parse(data.strings[0] ?? '{"signatures":[],"reasons":[]}')
    this.#signatures = about.signatures
    this.#reasons = about.reasons
  }

  record(index: number): TraceRecord {
    const start = this.#starts[index]
    if (start === undefined) throw new RangeError(`The trace has no record ${index}`)
    const word = (offset: number) => this.#words[start + offset] ?? 0
    const stream = word(1)
    const parent = word(2)
    const plugin = ((word(0) >> 8) & 0xffff) - 1
    this.#at = start + headWords
    return {
      seq: this.#places.seq(index),
      at: this.#places.time(index) as VirtualNs,
      ...(stream === 0 ? {} : { stream: stream as StreamId }),
      ...(plugin < 0 ? {} : { plugin: plugin as PluginIndex }),
      ...(parent === 0 ? {} : { parent: parent as SpanId }),
      event: this.#event(word(0) & 0xff),
    }
  }

  heading(index: number): RecordHeading {
    const start = this.#starts[index]
    if (start === undefined) throw new RangeError(`The trace has no record ${index}`)
    const kind = (this.#words[start] ?? 0) & 0xff
    const type = guestTypes.get(kind) ?? plainTypeOf.get(kind)
    if (type === undefined) throw new Error(`The trace has an event of kind ${kind}`)
    const stream = this.#words[start + 1] ?? 0
    return { type, stream: stream === 0 ? undefined : (stream as StreamId) }
  }

  #event(kind: number): TraceEvent {
    if (kind === kindEnter) return this.#enter()
    if (kind === kindLeave) return this.#leave()
    if (kind === kindHostCall) return this.#hostCall()
    if (kind === kindGuestLog) return this.#guestLog()
    const type = plainTypeOf.get(kind)
    if (type === undefined) throw new Error(`The trace has an event of kind ${kind}`)
    const event: Record<string, unknown> = { type }
    for (const [name, field] of schema[type]) event[name] = this.#field(field)
    // `schema` is typed by the event union, and only `Recorder.record` writes these words.
    return event as TraceEvent
  }

  #next(): number {
    return this.#words[this.#at++] ?? 0
  }

  #text(id: number): string {
    return this.#texts[id] ?? ''
  }

  #bytes(offset: number, length: number): Uint8Array {
    return this.#arena.slice(offset, offset + length)
  }

  #field(kind: FieldKind): unknown {
    switch (kind) {
      case 'flag':
        return this.#next() === 1
      case 'number':
        this.#at += 2
        return readNumber(this.#words, this.#at - 2)
      case 'text':
        return this.#text(this.#next())
      case 'json':
        return JSON.parse(this.#text(this.#next()))
      case 'bytes':
        return this.#bytes(this.#next(), this.#next())
      case 'headers':
        return readHeaders(this.#lists, this.#next(), this.#texts)
    }
  }

  #signature(): Signature {
    const id = this.#next()
    return this.#signatures[id] ?? { name: `function ${id}`, params: [], outs: [], returns: 'nothing' }
  }

  #enter(): TraceEvent {
    const signature = this.#signature()
    const span = this.#next() as SpanId
    const contextId = this.#next()
    const args = signature.params.map((param): Arg => ({ name: param.name, kind: 'number', value: this.#next() >>> 0 }))
    return { type: 'guest.enter', span, callback: signature.name, contextId, args }
  }

  #leave(): TraceEvent {
    const { name } = this.#signature()
    const span = this.#next() as SpanId
    const how = this.#next()
    const value = this.#next()
    const action = actions[this.#next() - 1]
    const returned = how === Left.trap ? 'trap' : how === Left.value ? value >>> 0 : 'nothing'
    return { type: 'guest.leave', span, callback: name, returned, ...(action === undefined ? {} : { action }) }
  }

  #guestLog(): TraceEvent {
    const level = logLevels[this.#next()] ?? 'info'
    const via = logSources[this.#next()] ?? 'host'
    const shown = this.#next() === 1
    return { type: 'log', level, message: utf8(this.#bytes(this.#next(), this.#next())), via, shown }
  }

  #hostCall(): TraceEvent {
    const signature = this.#signature()
    const code = this.#next()
    const reason = this.#reasons[this.#next() - 1]
    const args = signature.params.map((param) => {
      const arg = this.#slot(param, this.#at)
      this.#at += slotWords(param.kind)
      return arg
    })
    const out = signature.outs.map((slot): Arg => {
      const written = this.#words[this.#at] === 1
      const at = this.#at + 1
      this.#at += outWords
      return written ? this.#slot(slot, at) : { name: slot.name, kind: 'unreadable', reason: 'not-written' }
    })
    const status = statusText(signature, code)
    return {
      type: 'host.call',
      fn: signature.name,
      args,
      status,
      code,
      out,
      ...(reason === undefined ? {} : { reason }),
    }
  }

  #slot(slot: Slot, at: number): Arg {
    const { name } = slot
    const first = this.#words[at] ?? 0
    const second = this.#words[at + 1] ?? 0
    switch (slot.kind) {
      case 'number':
        return { name, kind: 'number', value: first >>> 0 }
      case 'enum': {
        const value = first >>> 0
        return { name, kind: 'enum', value, label: slot.labels?.[value] ?? String(value) }
      }
      case 'i64':
        return { name, kind: 'i64', value: BigInt.asIntN(64, (BigInt(second) << 32n) | BigInt(first >>> 0)) }
      case 'bytes':
      case 'pairs': {
        if (second < 0) return { name, kind: 'unreadable', reason: 'out-of-bounds' }
        const value = this.#bytes(first, second)
        const pairs = slot.kind === 'pairs' ? decodePairs(value) : undefined
        return pairs === undefined ? { name, kind: 'bytes', value } : { name, kind: 'pairs', value: pairs }
      }
    }
  }
}

function statusText(signature: Signature, code: number): string {
  if (code === unfinished) return 'trap'
  switch (signature.returns) {
    case 'status':
      return statusName(code)
    case 'errno':
      return errnoName(code)
    case 'number':
    case 'nothing':
      return ''
  }
}
