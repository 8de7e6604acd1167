import type { HeaderList } from '../../model/http.ts'
import type { Chunks } from './chunks.ts'
import type { TraceHash } from './hash.ts'
import { kindEnter, kindGuestLog, kindHostCall, kindLeave, type PlainEvent, plainFields, schema } from './schema.ts'
import { outWords, type Signature } from './signature.ts'

/** Words before an event's own: kind and plugin, stream, parent, sequence, time (low, high). */
export const headWords = 6

export type HashInput = {
  /** The words in which the event stands. */
  readonly words: Int32Array
  readonly arena: Chunks<Uint8Array<ArrayBuffer>>
  /** Events of the gateway half, by the number that stands in their word. */
  readonly events: readonly PlainEvent[]
  readonly signatures: readonly Signature[]
}

function hashBytes(hash: TraceHash, { arena }: HashInput, at: number, length: number): void {
  hash.bytes(arena.chunkOf(at), arena.placeOf(at), length)
}

/** Adds the event at `start` to the hash. Pointers, spans, frames and reasons are left out (design 4.6). */
export function hashEvent(hash: TraceHash, input: HashInput, start: number): void {
  const { words } = input
  const kind = (words[start] ?? 0) & 0xff
  hash.begin()
  hash.word(words[start] ?? 0)
  hash.word(words[start + 1] ?? 0)
  for (let at = start + 3; at < start + headWords; at++) hash.word(words[at] ?? 0)
  const at = start + headWords
  if (kind === kindHostCall) hashHostCall(hash, input, at)
  else if (kind === kindEnter) hashEnter(hash, input, at)
  else if (kind === kindLeave) {
    hash.text(input.signatures[words[at] ?? 0]?.name ?? '')
    hash.word(words[at + 2] ?? 0)
    hash.word(words[at + 3] ?? 0)
  } else if (kind === kindGuestLog) {
    for (let index = 0; index < 3; index++) hash.word(words[at + index] ?? 0)
    hashBytes(hash, input, words[at + 3] ?? 0, words[at + 4] ?? 0)
  } else {
    const event = input.events[words[at] ?? 0]
    if (event !== undefined) hashFields(hash, event)
  }
  hash.end()
}

function hashEnter(hash: TraceHash, input: HashInput, at: number): void {
  const signature = input.signatures[input.words[at] ?? 0]
  hash.text(signature?.name ?? '')
  const count = signature?.params.length ?? 0
  for (let index = 0; index <= count; index++) hash.word(input.words[at + 2 + index] ?? 0)
}

function hashHostCall(hash: TraceHash, input: HashInput, start: number): void {
  const { words } = input
  const signature = input.signatures[words[start] ?? 0]
  if (signature === undefined) return
  hash.text(signature.name)
  hash.word(words[start + 1] ?? 0)
  let at = start + 3
  for (const param of signature.params) at = hashSlot(hash, input, at, param.kind)
  for (const out of signature.outs) {
    hash.word(words[at] ?? 0)
    if (words[at] === 1) hashSlot(hash, input, at + 1, out.kind)
    at += outWords
  }
}

function hashSlot(hash: TraceHash, input: HashInput, at: number, kind: Signature['params'][number]['kind']): number {
  const first = input.words[at] ?? 0
  const second = input.words[at + 1] ?? 0
  if (kind === 'number' || kind === 'enum') {
    hash.word(first)
    return at + 1
  }
  if (kind === 'i64') {
    hash.word(first)
    hash.word(second)
  } else if (second < 0) hash.word(-1)
  else hashBytes(hash, input, first, second)
  return at + 2
}

const number = new Float64Array(1)
const numberWords = new Int32Array(number.buffer)

function hashFields(hash: TraceHash, event: PlainEvent): void {
  const fields = plainFields(event)
  for (const [name, kind, unhashed] of schema[event.type]) {
    const value = fields[name]
    switch (kind) {
      case 'flag':
        hash.word(value === true ? 1 : 0)
        break
      case 'number':
        number[0] = typeof value === 'number' ? value : 0
        hash.word(numberWords[0] ?? 0)
        hash.word(numberWords[1] ?? 0)
        break
      case 'text':
        if (unhashed !== true) hash.text(typeof value === 'string' ? value : '')
        break
      case 'json':
        if (unhashed !== true) hash.text(JSON.stringify(value))
        break
      case 'bytes':
        if (value instanceof Uint8Array) hash.bytes(value, 0, value.length)
        else hash.word(0)
        break
      case 'headers':
        hashHeaders(hash, Array.isArray(value) ? value : [])
        break
    }
  }
}

function hashHeaders(hash: TraceHash, headers: HeaderList): void {
  hash.word(headers.length)
  for (const [name, value] of headers) {
    hash.text(name)
    hash.text(value)
  }
}
