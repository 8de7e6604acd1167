import type { PluginIndex, SpanId, StreamId } from '../../model/brand.ts'
import type { LookAt } from '../../model/guest-look.ts'
import type { CallReason, EffectiveAction, TracePlugin } from '../../model/trace.ts'
import type { KeptText } from '../abi/kept-text.ts'
import type { TraceData } from '../entry/api.ts'
import type { Mark, TraceBuffers } from './buffers.ts'
import { actions, dropped, headWords, logSources, unfinished } from './codes.ts'
import type { Clock, EventWords } from './event-words.ts'
import { GuestLooks } from './guest-looks.ts'
import { type GatewayEvent, plainRoom, writePlain } from './plain-events.ts'
import { alwaysKept, kindEnter, kindGuestLog, kindHostCall, kindLeave } from './schema.ts'
import { outWords, type Signature } from './signature.ts'
import { StreamEvents } from './stream-events.ts'
import { TraceStore } from './trace-store.ts'

export type RecorderOptions = {
  /** Virtual nanoseconds since the run began. */
  readonly clock: Clock
  /** Virtual clock at the start of the run, nanoseconds since 1970. */
  readonly clockStart: bigint
  /** Events kept; the rest is counted and hashed only. Default 1,000,000. */
  readonly maxEvents?: number
  /** Bytes of bodies, arguments and texts kept. Default 64 MiB. */
  readonly maxBytes?: number
  /** `false`: nothing is recorded or hashed (benchmarks, load runs). */
  readonly enabled?: boolean
  /** The host call at which the guest is looked at, or every one; `looks` is then told what was seen. */
  readonly lookAt?: LookAt
}

/** Events that tell how things ended and are kept when the trace is full: not without end either. */
const maxBeyond = 10_000

/** Facts of one run, appended to typed buffers and decoded on demand by `openTrace` (design 4.4). */
export class Recorder {
  readonly enabled: boolean
  /** In a run that is repeated for a look only. */
  readonly looks: GuestLooks | undefined
  readonly #store: TraceStore
  readonly #buffers: TraceBuffers
  readonly #words: EventWords
  /** What every request tells. */
  readonly streams: StreamEvents
  /** Host calls under way that are not kept. */
  readonly #unkept: { readonly mark: Mark; readonly at: number }[] = []
  /** Kept events since the trace is full. */
  #beyond = 0
  #spans = 0
  #lastStart = 0
  #lastLength = -1
  #lastOffset = 0

  constructor(options: RecorderOptions) {
    this.enabled = options.enabled !== false
    this.looks = options.lookAt === undefined ? undefined : new GuestLooks(options.lookAt)
    this.#store = new TraceStore(options.clock, options.clockStart, {
      events: this.enabled ? (options.maxEvents ?? 1_000_000) : 0,
      bytes: options.maxBytes ?? 64 * 1024 * 1024,
    })
    this.#buffers = this.#store.buffers
    this.#words = this.#store.words
    this.streams = new StreamEvents(this, this.#buffers, this.#store.unformatted)
  }

  /** Must be called for each plugin of the project, in order, also when it did not load. */
  addPlugin(plugin: TracePlugin): void {
    this.#store.addPlugin(plugin)
  }

  /** A stack overflow or out of memory happened: where depends on the machine. */
  markMachineDependent(): void {
    this.#store.machineDependent = true
  }

  /** The guest entry under way. */
  get span(): SpanId | undefined {
    const { span } = this.#words
    return span === 0 ? undefined : (span as SpanId)
  }

  /** Events so far, dropped ones counted. */
  get length(): number {
    return this.#words.seq
  }

  /**
   * Appends an event of the gateway half (and traps). Header lists and byte arrays must not change afterwards. The
   * parent is the guest entry that is under way, if any. False: recording is off or full, and the event was not kept.
   */
  record(event: GatewayEvent, stream?: StreamId, plugin?: PluginIndex): boolean {
    if (!this.enabled) return false
    const words = this.#words
    const mark = this.isFull && !this.#staysWhenFull(event) ? this.#buffers.mark() : undefined
    const head = (((plugin ?? -1) + 1) << 8) | (mark === undefined ? 0 : dropped)
    const place = words.begin(head, stream ?? 0, plainRoom)
    // No room is made inside: the head stands in the same chunk.
    const { current } = words
    const code = writePlain(this.#buffers, event)
    current[place - headWords] = head | code
    const hasFacts = event.type === 'stream.end' && typeof event.accessLog !== 'string'
    const at = words.positionOf(place)
    if (mark === undefined) {
      if (hasFacts) this.#store.unformatted.push(at)
      return true
    }
    if (hasFacts) this.#store.format(at)
    this.#store.drop(at, mark)
    return false
  }

  #staysWhenFull(event: GatewayEvent): boolean {
    if (!alwaysKept.has(event.type) || this.#beyond >= maxBeyond) return false
    this.#beyond++
    return true
  }

  /** Number of a signature in this trace; ask once per VM and function. */
  describe(signature: Signature): number {
    return this.#store.describe(signature)
  }

  /**
   * A guest entry begins, with `count` arguments. Returns the span that was under way, to be given to `leave`.
   * Arguments one by one: an array per entry would cost more than the rest.
   */
  enter(
    signature: number,
    context: number,
    stream: number,
    plugin: number,
    count: number,
    a: number,
    b: number,
    c: number,
    d: number,
    e: number,
  ): number {
    const words = this.#words
    const outer = words.span
    const inner = ++this.#spans
    if (this.enabled) {
      const mark = this.isFull ? this.#buffers.mark() : undefined
      const place = words.begin(headOf(kindEnter, plugin, mark), stream, 8)
      const { current } = words
      current[place] = signature
      current[place + 1] = inner
      current[place + 2] = context
      current[place + 3] = a
      current[place + 4] = b
      current[place + 5] = c
      current[place + 6] = d
      current[place + 7] = e
      words.used = place + 3 + count
      if (mark !== undefined) this.#store.drop(words.positionOf(place), mark)
    }
    words.span = inner
    return outer
  }

  /** The guest entry ends. Returns a place for `setAction`, -1 if the event was not kept. */
  leave(signature: number, outer: number, stream: number, plugin: number, how: number, value: number): number {
    const words = this.#words
    const inner = words.span
    words.span = outer
    if (!this.enabled) return -1
    // Enter and leave stand side by side: the parent of both is the entry around them.
    const mark = this.isFull ? this.#buffers.mark() : undefined
    const place = words.begin(headOf(kindLeave, plugin, mark), stream, 5)
    const { current } = words
    current[place] = signature
    current[place + 1] = inner
    current[place + 2] = how
    current[place + 3] = value
    current[place + 4] = 0
    words.used = place + 5
    const at = words.positionOf(place)
    if (mark !== undefined) {
      this.#store.drop(at, mark)
      return -1
    }
    return at
  }

  /** What the chain made of a returned value; known only after `leave`. */
  setAction(leaveAt: number, action: EffectiveAction): void {
    if (leaveAt < 0) return
    // Nearly always the first of them.
    const words = this.#words
    const place = words.placeOf(leaveAt) + headWords + 4
    words.chunkOf(leaveAt)[place] = action === actions[0] ? 1 : actions.indexOf(action) + 1
  }

  /**
   * A host call begins: reserves its words, so that events inside it come after it. Returns the place of the first word
   * of its arguments in `callWords`, which must be asked for at once; write numbers there, bytes with `set…`, then
   * `endCall`. -1 when recording is off: then call nothing else.
   */
  beginCall(signature: number, stream: number, plugin: number): number {
    if (!this.enabled) return -1
    const words = this.#words
    const mark = this.isFull ? this.#buffers.mark() : undefined
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
    this.#lastOffset = offset
    words[at] = offset
    words[at + 1] = length
  }

  /** As `setBytes`, for bytes that were read or written as this text. */
  setText(words: Int32Array, at: number, bytes: Uint8Array, start: number, text: KeptText): void {
    const { length } = text.text
    if (text.trace !== this) {
      this.setBytes(words, at, bytes, start, length)
      // What is written to a full trace is taken back.
      if (this.isFull) return
      text.trace = this
      text.offset = this.#lastOffset
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

  /** A line a guest wrote. */
  guestLog(stream: number, plugin: number, level: number, via: number, shown: boolean, bytes: Uint8Array): void {
    if (!this.enabled) return
    const fromCall = logSources[via] === 'proxy_log'
    const buffers = this.#buffers
    const words = this.#words
    const mark = this.isFull ? buffers.mark() : undefined
    const place = words.begin(headOf(kindGuestLog, plugin, mark), stream, 5)
    // A log line is the argument of the host call that was recorded last: its bytes are there already.
    const same = mark === undefined && fromCall && this.#isLast(bytes)
    const { current } = words
    current[place] = level
    current[place + 1] = via
    current[place + 2] = shown ? 1 : 0
    current[place + 3] = same ? this.#lastOffset : buffers.copy(bytes, 0, bytes.length)
    current[place + 4] = bytes.length
    words.used = place + 5
    if (mark !== undefined) this.#store.drop(words.positionOf(place), mark)
  }

  /** Whether these are the bytes that were recorded last. Both are of one guest's memory: asking for it is a call out. */
  #isLast(bytes: Uint8Array): boolean {
    return this.#lastStart === bytes.byteOffset && bytes.length === this.#lastLength
  }

  /** A copy of everything so far, to be sent to another thread. `deadline`: the run was cut, so it has no hash. */
  data(outcome: 'complete' | 'deadline' = 'complete'): TraceData {
    return this.#store.data(outcome)
  }

  /** The trace was taken and is not needed here any more: its memory goes to the next one. */
  release(): void {
    this.#buffers.release()
  }

  /** From now on events are hashed and, but for the most telling, not kept. */
  get isFull(): boolean {
    return !this.#words.open
  }
}

const headOf = (kind: number, plugin: number, mark: Mark | undefined): number =>
  kind | ((plugin + 1) << 8) | (mark === undefined ? 0 : dropped)
