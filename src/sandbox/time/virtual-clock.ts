import type { StreamId, VirtualNs } from '../../model/brand.ts'

/**
 * What an entry of the queue belongs to: one exchange, a plugin's timer, or work that any exchange may wait for
 * (callouts). The hang detector decides with it whether something can still happen to a stream (design 4.6).
 */
export type EventOwner = StreamId | 'tick' | 'shared'

/** A planned event; `cancel` keeps it from running. */
export type Timer = { cancel(): void }

/** A place in the queue; without `run` it is cancelled or done. */
class Entry implements Timer {
  readonly time: number
  readonly sequence: number
  readonly owner: EventOwner
  run: (() => void) | undefined
  private readonly clock: VirtualClock

  constructor(clock: VirtualClock, time: number, sequence: number, owner: EventOwner, run: () => void) {
    this.clock = clock
    this.time = time
    this.sequence = sequence
    this.owner = owner
    this.run = run
  }

  cancel(): void {
    if (this.run === undefined) return
    this.run = undefined
    this.clock.noteCancelled(this)
  }
}

/** Events that may run without time passing or input arriving; more is a self-feeding loop (design 4.6). */
const defaultInstantBound = 100_000

/** Cancelled entries that may stand in the queue beside as many as will run. */
const mostCancelled = 64

/** The only source of time in a run: one queue of events in (time, sequence) order. */
export class VirtualClock {
  /** Absolute virtual nanoseconds since 1970 at the start of the run. */
  readonly startNs: bigint
  private readonly startMs: number
  private current = 0
  private sequence = 0
  private readonly heap: Entry[] = []
  private live = 0
  private ranAtInstant = 0
  private readonly instantBound: number

  constructor(startNs: bigint, instantBound = defaultInstantBound) {
    this.startNs = startNs
    this.startMs = Number(startNs / 1_000_000n)
    this.instantBound = instantBound
  }

  /** Nanoseconds since the run began. */
  get now(): VirtualNs {
    return this.current as VirtualNs
  }

  /** Absolute nanoseconds since 1970. */
  nowNs(): bigint {
    return this.startNs + BigInt(Math.floor(this.current))
  }

  /** Absolute milliseconds since 1970, with fraction. */
  nowMs(): number {
    return this.startMs + this.current / 1e6
  }

  /** Entries that will still run. */
  get pending(): number {
    return this.live
  }

  /** Entries in the queue, cancelled ones that still stand there counted. */
  get queued(): number {
    return this.heap.length
  }

  /** Runs `action` `delay` nanoseconds from now, after everything already planned for that instant. */
  after(delay: number, owner: EventOwner, action: () => void): Timer {
    const entry = new Entry(this, this.current + Math.max(0, delay), this.sequence++, owner, action)
    this.push(entry)
    this.live++
    return entry
  }

  /** One entry of the queue will not run. A timeout that was planned last and ends last leaves at once. */
  noteCancelled(entry: unknown): void {
    this.live--
    const { heap } = this
    if (heap[heap.length - 1] === entry) heap.pop()
    else if (this.heap.length > 2 * this.live + mostCancelled) this.compact()
  }

  /** Timeouts that were cancelled long before their time would pile up otherwise: one for every request of a run. */
  private compact(): void {
    const kept = this.heap.filter(({ run }) => run !== undefined)
    this.heap.length = 0
    for (const entry of kept) this.push(entry)
  }

  /** Time used up by a guest (a clock reading, a sleep). What came due runs after the guest call (design 4.6). */
  spend(nanoseconds: number): void {
    if (nanoseconds <= 0) return
    this.current += nanoseconds
    this.ranAtInstant = 0
  }

  /** Input from outside the queue (a step, a new exchange) starts the loop bound anew. */
  noteInput(): void {
    this.ranAtInstant = 0
  }

  /** When the next event is due, in nanoseconds since the run began. */
  nextTime(): number | undefined {
    this.dropCancelled()
    return this.heap[0]?.time
  }

  /** Whether an event is queued that could move this stream: its own, or work shared by all. */
  canMove(stream: StreamId): boolean {
    for (const { run, owner } of this.heap)
      if (run !== undefined && (owner === stream || owner === 'shared')) return true
    return false
  }

  /**
   * Runs the next event and moves time to it. `loop`: the bound for one instant was met; every event of this instant
   * was dropped, and their number is told.
   */
  runNext(): { readonly ran: EventOwner } | { readonly loop: number } | undefined {
    this.dropCancelled()
    const entry = this.heap[0]
    if (entry === undefined) return undefined
    if (entry.time > this.current) {
      this.current = entry.time
      this.ranAtInstant = 0
    }
    if (++this.ranAtInstant > this.instantBound) return { loop: this.dropInstant() }
    this.pop()
    const { run } = entry
    entry.run = undefined
    this.live--
    run?.()
    return { ran: entry.owner }
  }

  /** Moves time to `time` if it lies ahead; call after everything due before it has run. */
  moveTo(time: number): void {
    if (time <= this.current) return
    this.current = time
    this.ranAtInstant = 0
  }

  private dropInstant(): number {
    let dropped = 0
    for (;;) {
      this.dropCancelled()
      const entry = this.heap[0]
      if (entry === undefined || entry.time > this.current) break
      this.pop()
      entry.run = undefined
      this.live--
      dropped++
    }
    this.ranAtInstant = 0
    return dropped
  }

  private dropCancelled(): void {
    while (this.heap[0] !== undefined && this.heap[0].run === undefined) this.pop()
  }

  private push(entry: Entry): void {
    const { heap } = this
    let index = heap.length
    heap.push(entry)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent]
      if (above === undefined || before(above, entry)) break
      heap[index] = above
      index = parent
    }
    heap[index] = entry
  }

  private pop(): void {
    const { heap } = this
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      let smaller = heap[child]
      const right = heap[child + 1]
      if (smaller !== undefined && right !== undefined && before(right, smaller)) {
        smaller = right
        child++
      }
      if (smaller === undefined || before(last, smaller)) break
      heap[index] = smaller
      index = child
    }
    heap[index] = last
  }
}

const before = (a: Entry, b: Entry): boolean => a.time < b.time || (a.time === b.time && a.sequence < b.sequence)
