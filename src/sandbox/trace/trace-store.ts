import type { CallReason, TracePlugin } from '../../model/trace.ts'
import type { TraceData } from '../entry/api.ts'
import { type Mark, TraceBuffers } from './buffers.ts'
import { dropped, headWords, type TraceAbout } from './codes.ts'
import { hashEvent } from './event-hash.ts'
import { type Clock, EventPlaces, type EventWords } from './event-words.ts'
import { TraceHash } from './hash.ts'
import { accessLogField } from './plain-events.ts'
import { outWords, paramWords, type Signature } from './signature.ts'

/** What a trace consists of while it is recorded, how it is handed on, and its hash. */
export class TraceStore {
  readonly buffers: TraceBuffers
  readonly words: EventWords
  /** `reasons` of host calls: kept as they are, they become text only when the trace is read. */
  readonly reasons: CallReason[] = []
  /** Kept ends of streams whose access-log line is not formatted yet. */
  readonly unformatted: number[] = []
  machineDependent = false
  readonly #clockStart: bigint
  readonly #enabled: boolean
  readonly #signatures: Signature[] = []
  readonly #signatureIds = new Map<Signature, number>()
  readonly #argumentWords: number[] = []
  readonly #callWords: number[] = []
  readonly #plugins: TracePlugin[] = []
  /** Of the events that were dropped. */
  readonly #droppedHash = new TraceHash()

  /** `limits.events` 0: recording is off. */
  constructor(clock: Clock, clockStart: bigint, limits: { readonly events: number; readonly bytes: number }) {
    this.buffers = new TraceBuffers(clock, limits)
    this.words = this.buffers.words
    this.#clockStart = clockStart
    this.#enabled = limits.events > 0
  }

  addPlugin(plugin: TracePlugin): void {
    this.#plugins.push(plugin)
  }

  /** Number of a signature in this trace; ask once per VM and function. */
  describe(signature: Signature): number {
    const known = this.#signatureIds.get(signature)
    if (known !== undefined) return known
    const id = this.#signatures.length
    this.#signatures.push(signature)
    this.#signatureIds.set(signature, id)
    const argumentWords = paramWords(signature)
    this.#argumentWords.push(argumentWords)
    this.#callWords.push(argumentWords + signature.outs.length * outWords)
    return id
  }

  /** Words for parameters of a call, by number of the signature. */
  argumentWords(signature: number): number {
    return this.#argumentWords[signature] ?? 0
  }

  /** Words for parameters and results of a call, by number of the signature. */
  callWords(signature: number): number {
    return this.#callWords[signature] ?? 0
  }

  /** Puts the access-log line of a stream's end in the place of its facts. */
  format(at: number): void {
    const { words, texts, accessLog } = this.buffers
    const chunk = words.chunkOf(at)
    const field = words.placeOf(at) + headWords + accessLogField
    chunk[field] = texts.id(accessLog.line(chunk, field + 1))
  }

  /** A copy of everything so far, to be sent to another thread. `deadline`: the run was cut, so it has no hash. */
  data(outcome: 'complete' | 'deadline' = 'complete'): TraceData {
    const { words, arena, lists, texts } = this.buffers
    for (const at of this.unformatted) this.format(at)
    this.unformatted.length = 0
    const { starts, times, late } = words
    const about: TraceAbout = { signatures: this.#signatures, reasons: this.reasons }
    return {
      plugins: [...this.#plugins],
      clockStart: this.#clockStart,
      hash: outcome === 'deadline' || !this.#enabled ? '' : this.#hash(),
      machineDependent: this.machineDependent,
      dropped: words.notKept,
      length: words.kept,
      buffers: [words.join(), starts.buffer, arena.join(), lists.words.join(), times.buffer, late.buffer],
      strings: [JSON.stringify(about), ...texts.all],
    }
  }

  /** Hashes an event that is not kept and gives its place back, unless a kept one stands behind it. */
  drop(start: number, mark: Mark): void {
    const words = this.words
    const chunk = words.chunkOf(start)
    const place = words.placeOf(start)
    chunk[place] = (chunk[place] ?? 0) & ~dropped
    hashEvent(this.#droppedHash, this.#hashInput(chunk), place, mark.seq, mark.time)
    if (!words.keptBehind(start)) this.buffers.rewind(mark)
  }

  #hash(): string {
    const hash = new TraceHash()
    hash.add(this.#droppedHash)
    const words = this.words
    const { starts, times, late, kept } = words
    const places = new EventPlaces(times, late, kept)
    let input = this.#hashInput(words.current)
    for (let index = 0; index < kept; index++) {
      const start = starts[index] ?? 0
      const chunk = words.chunkOf(start)
      if (chunk !== input.words) input = this.#hashInput(chunk)
      hashEvent(hash, input, words.placeOf(start), places.seq(index), places.time(index))
    }
    return hash.hex()
  }

  #hashInput(words: Int32Array) {
    return { words, buffers: this.buffers, signatures: this.#signatures }
  }
}
