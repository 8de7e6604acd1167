import type { PluginIndex, SpanId, StreamId } from '../../model/brand.ts'
import type { LookAt } from '../../model/guest-look.ts'
import type { EffectiveAction, TracePlugin } from '../../model/trace.ts'
import type { TraceData } from '../entry/api.ts'
import type { TraceBuffers } from './buffers.ts'
import { CallEvents, headOf } from './call-events.ts'
import { actions, dropped, headWords, logSources } from './codes.ts'
import type { Clock, EventWords } from './event-words.ts'
import { GuestLooks } from './guest-looks.ts'
import { type GatewayEvent, plainRoom, writePlain } from './plain-events.ts'
import { alwaysKept, kindEnter, kindGuestLog, kindLeave } from './schema.ts'
import type { Signature } from './signature.ts'
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
  /** What host calls tell. */
  readonly calls: CallEvents
  /** Kept events since the trace is full. */
  #beyond = 0
  #spans = 0

  constructor(options: RecorderOptions) {
    this.enabled = options.enabled !== false
    this.looks = options.lookAt === undefined ? undefined : new GuestLooks(options.lookAt)
    this.#store = new TraceStore(options.clock, options.clockStart, {
      events: this.enabled ? (options.maxEvents ?? 1_000_000) : 0,
      bytes: options.maxBytes ?? 64 * 1024 * 1024,
    })
    this.#buffers = this.#store.buffers
    this.#words = this.#store.words
    this.calls = new CallEvents(this.#store, this.enabled)
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

  /** A line a guest wrote. */
  guestLog(stream: number, plugin: number, level: number, via: number, shown: boolean, bytes: Uint8Array): void {
    if (!this.enabled) return
    const fromCall = logSources[via] === 'proxy_log'
    const buffers = this.#buffers
    const words = this.#words
    const mark = this.isFull ? buffers.mark() : undefined
    const place = words.begin(headOf(kindGuestLog, plugin, mark), stream, 5)
    // A log line is the argument of the host call that was recorded last: its bytes are there already.
    const same = mark === undefined && fromCall && this.calls.isLast(bytes)
    const { current } = words
    current[place] = level
    current[place + 1] = via
    current[place + 2] = shown ? 1 : 0
    current[place + 3] = same ? this.calls.lastOffset : buffers.copy(bytes, 0, bytes.length)
    current[place + 4] = bytes.length
    words.used = place + 5
    if (mark !== undefined) this.#store.drop(words.positionOf(place), mark)
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
