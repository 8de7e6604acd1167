import type { PluginIndex, SpanId, StreamId, VirtualNs } from '../../model/brand.ts'
import type { CallReason, EffectiveAction, StackFrame, TracePlugin } from '../../model/trace.ts'
import type { TraceData } from '../entry/api.ts'
import { readAccessLogLine } from './access-log-facts.ts'
import { type Mark, TraceBuffers } from './buffers.ts'
import { actions, dropped, headWords, logSources, type TraceAbout, unfinished } from './codes.ts'
import { hashEvent } from './event-hash.ts'
import { TraceHash } from './hash.ts'
import { accessLogField, type GatewayEvent, plainRoom, writePlain } from './plain-events.ts'
import { alwaysKept, kindEnter, kindGuestLog, kindHostCall, kindLeave } from './schema.ts'
import { outWords, paramWords, type Signature } from './signature.ts'

export type RecorderOptions = {
  /** Virtual nanoseconds since the run began; asked once per event, so keep it cheap (a field, not a BigInt). */
  readonly now: () => VirtualNs
  /** Virtual clock at the start of the run, nanoseconds since 1970. */
  readonly clockStart: bigint
  /** Events kept; the rest is counted and hashed only. Default 1,000,000. */
  readonly maxEvents?: number
  /** Bytes of bodies, arguments and texts kept. Default 64 MiB. */
  readonly maxBytes?: number
  /** `false`: nothing is recorded or hashed (benchmarks, load runs). */
  readonly enabled?: boolean
  /** Position of the host call whose guest stack is wanted; `keepStack` is then told it. */
  readonly stackAt?: number
}

/** Events that tell how things ended and are kept when the trace is full: not without end either. */
const maxBeyond = 10_000

/** Facts of one run, appended to typed buffers and decoded on demand by `openTrace` (design 4.4). */
export class Recorder {
  readonly enabled: boolean
  readonly stackAt: number | undefined
  readonly #now: () => VirtualNs
  readonly #clockStart: bigint
  readonly #maxEvents: number
  readonly #maxBytes: number
  readonly #buffers = new TraceBuffers()
  readonly #signatures: Signature[] = []
  readonly #signatureIds = new Map<Signature, number>()
  readonly #paramWords: number[] = []
  readonly #plugins: TracePlugin[] = []
  /** Kept ends of streams whose access-log line is not formatted yet. */
  #unformatted: number[] = []
  readonly #reasons: CallReason[] = []
  /** Of the events that were dropped. */
  readonly #droppedHash = new TraceHash()
  /** One per host call under way that is not kept. */
  readonly #marks: Mark[] = []
  #starts = new Uint32Array(1024)
  #kept = 0
  /** Kept events since the trace is full. */
  #beyond = 0
  #seq = 0
  #span = 0
  #spans = 0
  /** Nothing below this word is given back: a kept event stands there. */
  #keptWords = 0
  #machineDependent = false
  #stack: readonly StackFrame[] | undefined
  #lastStart = 0
  #lastLength = -1
  #lastOffset = 0
  #time = -1
  #timeLow = 0
  #timeHigh = 0

  constructor(options: RecorderOptions) {
    this.enabled = options.enabled !== false
    this.stackAt = options.stackAt
    this.#now = options.now
    this.#clockStart = options.clockStart
    this.#maxEvents = options.maxEvents ?? 1_000_000
    this.#maxBytes = options.maxBytes ?? 64 * 1024 * 1024
  }

  /** Must be called for each plugin of the project, in order, also when it did not load. */
  addPlugin(plugin: TracePlugin): void {
    this.#plugins.push(plugin)
  }

  /** A stack overflow or out of memory happened: where depends on the machine. */
  markMachineDependent(): void {
    this.#machineDependent = true
  }

  /** The guest's frames, innermost first, at the host call that `stackAt` names. Outside trace and hash (design 4.4). */
  keepStack(frames: readonly StackFrame[]): void {
    this.#stack = frames
  }

  get stack(): readonly StackFrame[] | undefined {
    return this.#stack
  }

  /** The guest entry under way. */
  get span(): SpanId | undefined {
    return this.#span === 0 ? undefined : (this.#span as SpanId)
  }

  /** Events so far, dropped ones counted. */
  get length(): number {
    return this.#seq
  }

  /**
   * Appends an event of the gateway half (and traps). Header lists and byte arrays must not change afterwards. The
   * parent is the guest entry that is under way, if any. False: recording is off or full, and the event was not kept.
   */
  record(event: GatewayEvent, stream?: StreamId, plugin?: PluginIndex): boolean {
    if (!this.enabled) return false
    const buffers = this.#buffers
    const mark = this.isFull && !this.#staysWhenFull(event) ? buffers.mark() : undefined
    const at = this.#begin(0, stream ?? 0, plugin ?? -1, plainRoom, mark !== undefined)
    const { words } = buffers
    // No room is made inside: the head stands in the same chunk.
    const head = words.placeOf(at)
    words.current[head] = (words.current[head] ?? 0) | writePlain(buffers, event)
    const hasFacts = event.type === 'stream.end' && typeof event.accessLog !== 'string'
    if (mark === undefined) {
      this.#keptWords = buffers.words.length
      if (hasFacts) this.#unformatted.push(at)
      return true
    }
    if (hasFacts) this.#format(at)
    this.#drop(at, mark)
    return false
  }

  /** Puts the access-log line of a stream's end in the place of its facts. */
  #format(at: number): void {
    const { words, texts } = this.#buffers
    const chunk = words.chunkOf(at)
    const field = words.placeOf(at) + headWords + accessLogField
    chunk[field] = texts.id(readAccessLogLine(this.#buffers, chunk, field + 1))
  }

  #staysWhenFull(event: GatewayEvent): boolean {
    if (!alwaysKept.has(event.type) || this.#beyond >= maxBeyond) return false
    this.#beyond++
    return true
  }

  /** Number of a signature in this trace; ask once per VM and function. */
  describe(signature: Signature): number {
    const known = this.#signatureIds.get(signature)
    if (known !== undefined) return known
    const id = this.#signatures.length
    this.#signatures.push(signature)
    this.#signatureIds.set(signature, id)
    this.#paramWords.push(paramWords(signature))
    return id
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
    const outer = this.#span
    const inner = ++this.#spans
    if (this.enabled) {
      const mark = this.isFull ? this.#buffers.mark() : undefined
      const at = this.#begin(kindEnter, stream, plugin, 8, mark !== undefined)
      const buffers = this.#buffers
      buffers.push(signature)
      buffers.push(inner)
      buffers.push(context)
      const { current, used } = buffers.words
      current[used] = a
      current[used + 1] = b
      current[used + 2] = c
      current[used + 3] = d
      current[used + 4] = e
      buffers.words.used = used + count
      if (mark === undefined) this.#keptWords = buffers.words.length
      else this.#drop(at, mark)
    }
    this.#span = inner
    return outer
  }

  /** The guest entry ends. Returns a place for `setAction`, -1 if the event was not kept. */
  leave(signature: number, outer: number, stream: number, plugin: number, how: number, value: number): number {
    const inner = this.#span
    this.#span = outer
    if (!this.enabled) return -1
    // Enter and leave stand side by side: the parent of both is the entry around them.
    const mark = this.isFull ? this.#buffers.mark() : undefined
    const at = this.#begin(kindLeave, stream, plugin, 5, mark !== undefined)
    const buffers = this.#buffers
    buffers.push(signature)
    buffers.push(inner)
    buffers.push(how)
    buffers.push(value)
    buffers.push(0)
    if (mark !== undefined) {
      this.#drop(at, mark)
      return -1
    }
    this.#keptWords = buffers.words.length
    return at
  }

  /** What the chain made of a returned value; known only after `leave`. */
  setAction(leaveAt: number, action: EffectiveAction): void {
    if (leaveAt >= 0) this.setWord(leaveAt + headWords + 4, actions.indexOf(action) + 1)
  }

  /**
   * A host call begins: reserves its words, so that events inside it come after it. Returns its place; fill it with
   * `setArg…`, then `setOut…`, then `endCall`. -1 when recording is off: then call nothing else.
   */
  beginCall(signature: number, stream: number, plugin: number): number {
    if (!this.enabled) return -1
    const full = this.isFull
    if (full) this.#marks.push(this.#buffers.mark())
    const params = this.#paramWords[signature] ?? 0
    const outs = (this.#signatures[signature]?.outs.length ?? 0) * outWords
    const at = this.#begin(kindHostCall, stream, plugin, 3 + params + outs, full)
    const buffers = this.#buffers
    buffers.push(signature)
    buffers.push(unfinished)
    buffers.push(0)
    const { words } = buffers
    // After a rewind the words of a dropped event stand here.
    for (let rest = params + outs; rest > 0; rest--) words.current[words.used++] = 0
    if (!full) this.#keptWords = words.length
    return at + headWords + 3
  }

  /** A number or one half of an i64, at a word of a call. */
  setWord(at: number, value: number): void {
    const { words } = this.#buffers
    words.chunkOf(at)[words.placeOf(at)] = value
  }

  /** Bytes of guest memory; `length` -1: they could not be read. */
  setBytes(at: number, bytes: Uint8Array, start: number, length: number): void {
    const offset = length > 0 ? this.#buffers.copy(bytes, start, length) : 0
    this.#lastStart = bytes.byteOffset + start
    this.#lastLength = length
    this.#lastOffset = offset
    const { words } = this.#buffers
    const chunk = words.chunkOf(at)
    const place = words.placeOf(at)
    chunk[place] = offset
    chunk[place + 1] = length
  }

  /** `reason` must not change afterwards; it becomes text only when the trace is read. */
  endCall(at: number, code: number, reason: CallReason | undefined): void {
    const start = at - headWords - 3
    const { words } = this.#buffers
    const chunk = words.chunkOf(start)
    const place = words.placeOf(start)
    chunk[place + headWords + 1] = code
    if (((chunk[place] ?? 0) & dropped) === 0) {
      if (reason !== undefined) chunk[place + headWords + 2] = this.#reasons.push(reason)
      return
    }
    const mark = this.#marks.pop()
    if (mark !== undefined) this.#drop(start, mark)
  }

  /** A line a guest wrote. */
  guestLog(stream: number, plugin: number, level: number, via: number, shown: boolean, bytes: Uint8Array): void {
    if (!this.enabled) return
    const fromCall = logSources[via] === 'proxy_log'
    const mark = this.isFull ? this.#buffers.mark() : undefined
    const at = this.#begin(kindGuestLog, stream, plugin, 5, mark !== undefined)
    const buffers = this.#buffers
    buffers.push(level)
    buffers.push(via)
    buffers.push(shown ? 1 : 0)
    // A log line is the argument of the host call that was recorded last: its bytes are there already.
    const same = mark === undefined && bytes.byteOffset === this.#lastStart && bytes.length === this.#lastLength
    buffers.push(same && fromCall ? this.#lastOffset : buffers.copy(bytes, 0, bytes.length))
    buffers.push(bytes.length)
    if (mark === undefined) this.#keptWords = buffers.words.length
    else this.#drop(at, mark)
  }

  /** A copy of everything so far, to be sent to another thread. `deadline`: the run was cut, so it has no hash. */
  data(outcome: 'complete' | 'deadline' = 'complete'): TraceData {
    const { words, arena, lists, texts } = this.#buffers
    for (const at of this.#unformatted) this.#format(at)
    this.#unformatted = []
    const about: TraceAbout = { signatures: this.#signatures, reasons: this.#reasons }
    return {
      plugins: [...this.#plugins],
      clockStart: this.#clockStart,
      hash: outcome === 'deadline' || !this.enabled ? '' : this.#hash(),
      machineDependent: this.#machineDependent,
      dropped: this.#seq - this.#kept,
      length: this.#kept,
      buffers: [words.join(), this.#starts.slice(0, this.#kept).buffer, arena.join(), lists.words.join()],
      strings: [JSON.stringify(about), ...texts.all],
    }
  }

  /** From now on events are hashed and, but for the most telling, not kept. */
  get isFull(): boolean {
    return this.#kept >= this.#maxEvents || this.#buffers.size >= this.#maxBytes
  }

  #begin(kind: number, stream: number, plugin: number, room: number, drop: boolean): number {
    const buffers = this.#buffers
    buffers.words.reserve(headWords + room)
    const now = this.#now()
    if (now !== this.#time) {
      this.#time = now
      this.#timeLow = now | 0
      if (now > 0x7fffffff) this.#timeLow = (now % 4294967296) | 0
      this.#timeHigh = Math.floor(now / 4294967296)
    }
    const { current, used, base } = buffers.words
    const at = base + used
    current[used] = kind | ((plugin + 1) << 8) | (drop ? dropped : 0)
    current[used + 1] = stream
    current[used + 2] = this.#span
    current[used + 3] = this.#seq++
    current[used + 4] = this.#timeLow
    current[used + 5] = this.#timeHigh
    buffers.words.used = used + headWords
    if (!drop) {
      if (this.#kept === this.#starts.length) {
        const grown = new Uint32Array(this.#kept * 2)
        grown.set(this.#starts)
        this.#starts = grown
      }
      this.#starts[this.#kept++] = at
    }
    return at
  }

  /** Hashes an event that is not kept and gives its place back, unless a kept one stands behind it. */
  #drop(start: number, mark: Mark): void {
    const { words } = this.#buffers
    const chunk = words.chunkOf(start)
    const place = words.placeOf(start)
    chunk[place] = (chunk[place] ?? 0) & ~dropped
    hashEvent(this.#droppedHash, this.#hashInput(chunk), place)
    if (this.#keptWords <= start) this.#buffers.rewind(mark)
  }

  #hash(): string {
    const hash = new TraceHash()
    hash.add(this.#droppedHash)
    const { words } = this.#buffers
    let input = this.#hashInput(words.current)
    for (let index = 0; index < this.#kept; index++) {
      const start = this.#starts[index] ?? 0
      const chunk = words.chunkOf(start)
      if (chunk !== input.words) input = this.#hashInput(chunk)
      hashEvent(hash, input, words.placeOf(start))
    }
    return hash.hex()
  }

  #hashInput(words: Int32Array) {
    return { words, buffers: this.#buffers, signatures: this.#signatures }
  }
}
