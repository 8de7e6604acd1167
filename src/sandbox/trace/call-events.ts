import type { CallReason } from '../../model/trace.ts'
import type { KeptText } from '../abi/kept-text.ts'
import type { Mark, TraceBuffers } from './buffers.ts'
import { dropped, headWords, unfinished } from './codes.ts'
import type { EventWords } from './event-words.ts'
import { kindHostCall } from './schema.ts'
import { outWords } from './signature.ts'
import type { TraceStore } from './trace-store.ts'

/** First word of an event of the VM half; `mark`: it is not to be kept. */
export const headOf = (kind: number, plugin: number, mark: Mark | undefined): number =>
  kind | ((plugin + 1) << 8) | (mark === undefined ? 0 : dropped)

/**
 * Host calls, written straight into the words as they go on: arguments when they are read, results when they are written.
 */
export class CallEvents {
  readonly #enabled: boolean
  readonly #store: TraceStore
  readonly #buffers: TraceBuffers
  readonly #words: EventWords
  /** Host calls under way that are not kept. */
  readonly #unkept: { readonly mark: Mark; readonly at: number }[] = []
  #lastStart = 0
  #lastLength = -1
  /** Where the bytes stand that were told last. */
  lastOffset = 0

  constructor(store: TraceStore, enabled: boolean) {
    this.#store = store
    this.#buffers = store.buffers
    this.#words = store.words
    this.#enabled = enabled
  }

  /**
   * A host call begins: reserves its words, so that events inside it come after it. Returns the place of the first word
   * of its arguments in `callWords`, which must be asked for at once; write numbers there, bytes with `set…`, then
   * `endCall`. -1 when recording is off: then call nothing else.
   */
  beginCall(signature: number, stream: number, plugin: number): number {
    if (!this.#enabled) return -1
    const words = this.#words
    const mark = !words.open ? this.#buffers.mark() : undefined
    const store = this.#store
    const room = 3 + store.callWords(signature)
    const place = words.begin(headOf(kindHostCall, plugin, mark), stream, room)
    if (mark !== undefined) this.#unkept.push({ mark, at: words.positionOf(place) })
    const { current } = words
    current[place] = signature
    current[place + 1] = unfinished
    current[place + 2] = 0
    // Other events stood here before. Arguments are always told; a result is not there yet.
    for (let word = 3 + store.argumentWords(signature); word < room; word += outWords) current[place + word] = 0
    words.used = place + room
    return place + 3
  }

  /** Of a call whose arguments nobody looks at: they are told as zeros. */
  clearArguments(words: Int32Array, at: number, signature: number): void {
    words.fill(0, at, at + this.#store.argumentWords(signature))
  }

  /** Where the words of the host call that has just begun stand, however many events come after it. */
  get callWords(): Int32Array {
    return this.#words.current
  }

  /** Bytes of guest memory, at a place of the words of a call; `length` -1: they could not be read. */
  setBytes(words: Int32Array, at: number, bytes: Uint8Array, start: number, length: number): void {
    const offset = length > 0 ? this.#buffers.copy(bytes, start, length) : 0
    this.#lastStart = start
    this.#lastLength = length
    this.lastOffset = offset
    words[at] = offset
    words[at + 1] = length
  }

  /** As `setBytes`, for bytes that were read or written as this text. */
  setText(words: Int32Array, at: number, bytes: Uint8Array, start: number, text: KeptText): void {
    const { length } = text.text
    if (text.trace !== this) {
      this.setBytes(words, at, bytes, start, length)
      // What is written to a full trace is taken back.
      if (!this.#words.open) return
      text.trace = this
      text.offset = this.lastOffset
      return
    }
    this.#lastLength = -1
    this.#buffers.grow(length)
    words[at] = text.offset
    words[at + 1] = length
  }

  /** As `setBytes`, for a copy of `whole`: a body that an event has told stands in the trace already. */
  setCopy(words: Int32Array, at: number, bytes: Uint8Array, start: number, whole: Uint8Array): void {
    const known = this.#buffers.knownBody(whole)
    if (known === undefined) {
      this.setBytes(words, at, bytes, start, whole.length)
      return
    }
    this.#lastLength = -1
    this.#buffers.grow(whole.length)
    words[at] = known
    words[at + 1] = whole.length
  }

  /** `at` is what `beginCall` returned. `reason` must not change afterwards; it becomes text only when the trace is read. */
  endCall(words: Int32Array, at: number, code: number, reason: CallReason | undefined): void {
    words[at - 2] = code
    if (((words[at - 3 - headWords] ?? 0) & dropped) === 0) {
      if (reason !== undefined) words[at - 1] = this.#store.reasons.push(reason)
      return
    }
    const unkept = this.#unkept.pop()
    if (unkept !== undefined) this.#store.drop(unkept.at, unkept.mark)
  }

  /** Whether these are the bytes that were recorded last. Both are of one guest's memory: asking for it is a call out. */
  isLast(bytes: Uint8Array): boolean {
    return this.#lastStart === bytes.byteOffset && bytes.length === this.#lastLength
  }
}
