import { ChunkPool, Chunks } from './chunks.ts'
import { dropped, headWords } from './codes.ts'

/** Nanoseconds since the run began. Asked for every event. */
export type Clock = { readonly now: number }

const chunks = new ChunkPool(14, 256, (length) => new Int32Array(length))
const startsMask = (1 << chunks.bits) - 1

/**
 * Events one behind the other. What hardly changes from one to the next stands beside them: when they happened (noted
 * when time has passed), and their places in the run (which are their numbers until some are not kept).
 */
export class EventWords extends Chunks<Int32Array<ArrayBuffer>> {
  /** Guest entry under way, the parent of what begins now; 0: none. */
  span = 0
  kept = 0
  /** Events that were not kept. */
  notKept = 0
  /** Events are kept: recording is on, and the trace not full. */
  open: boolean
  readonly #clock: Clock
  readonly #most: number
  /** Where kept events begin, in pieces that stay where they are; the last is being filled. */
  readonly #startPieces: Int32Array<ArrayBuffer>[] = []
  #starts: Int32Array<ArrayBuffer> = chunks.none
  /** How many kept events there are when more must be done than to note one. */
  #pause = 0
  /** First event of an instant, and the instant, in turn. */
  readonly #times: number[] = []
  #time = -1
  /** Places in the run of events kept behind one that was not. */
  readonly #late: number[] = []

  /** `most`: events to be kept; 0: none is. */
  constructor(clock: Clock, most: number) {
    super(chunks)
    this.#clock = clock
    this.#most = most
    this.open = most > 0
  }

  /** Events so far, those that were not kept counted. */
  get seq(): number {
    return this.kept + this.notKept
  }

  /** Nanoseconds on the virtual clock, whole ones. */
  get time(): number {
    return Math.floor(this.#clock.now)
  }

  /**
   * Writes the head of an event: `head` is kind and plugin, with `dropped` if it is not to be kept. `room` words may
   * follow, from the returned place of `current` on; `used` stands there.
   */
  begin(head: number, stream: number, room: number): number {
    this.reserve(headWords + room)
    const { current, used } = this
    current[used] = head
    current[used + 1] = stream
    current[used + 2] = this.span
    if ((head & dropped) === 0) this.#keep(this.base + used)
    else this.notKept++
    this.used = used + headWords
    return used + headWords
  }

  /** Of the event that has this place in `current`, its head not counted. */
  positionOf(place: number): number {
    return this.base + place - headWords
  }

  /** Whether a kept event stands behind the one at this position. */
  keptBehind(at: number): boolean {
    return this.kept > 0 && (this.#starts[(this.kept - 1) & startsMask] ?? 0) > at
  }

  override release(): void {
    super.release()
    for (const piece of this.#startPieces) chunks.giveBack(piece)
    this.#startPieces.length = 0
    this.#starts = chunks.none
  }

  #keep(at: number): void {
    const index = this.kept
    if (index === this.#pause) this.#makeRoom(index)
    this.#starts[index & startsMask] = at
    this.kept = index + 1
    if (this.notKept !== 0) this.#late.push(index + this.notKept)
    const { now } = this.#clock
    if (now !== this.#time) this.#passTime(index, now)
  }

  /** For the next event: a new piece when this one is full, and no more events than asked for. */
  #makeRoom(index: number): void {
    if ((index & startsMask) === 0) {
      this.#starts = chunks.take()
      this.#startPieces.push(this.#starts)
    }
    if (index + 1 >= this.#most) this.open = false
    const next = (index | startsMask) + 1
    this.#pause = index + 1 < this.#most && this.#most <= next ? this.#most - 1 : next
  }

  #passTime(index: number, now: number): void {
    this.#time = now
    this.#times.push(index, Math.floor(now))
  }

  /** Of kept events: where each begins. */
  get starts(): Uint32Array<ArrayBuffer> {
    const joined = new Uint32Array(this.kept)
    this.#startPieces.forEach((piece, index) => {
      const from = index * piece.length
      joined.set(piece.subarray(0, Math.min(piece.length, this.kept - from)), from)
    })
    return joined
  }

  get times(): Float64Array<ArrayBuffer> {
    return Float64Array.from(this.#times)
  }

  get late(): Uint32Array<ArrayBuffer> {
    return Uint32Array.from(this.#late)
  }
}

/** When kept events happened and which place in the run they have, from `times` and `late` of the words. */
export class EventPlaces {
  readonly #times: Float64Array
  readonly #late: Uint32Array
  /** Events before the first that was not kept. */
  readonly #whole: number
  #step = 0

  constructor(times: Float64Array, late: Uint32Array, kept: number) {
    this.#times = times
    this.#late = late
    this.#whole = kept - late.length
  }

  seq(index: number): number {
    return index < this.#whole ? index : (this.#late[index - this.#whole] ?? 0)
  }

  /** Nanoseconds since the run began. */
  time(index: number): number {
    if (!this.#holds(this.#step, index))
      this.#step = this.#holds(this.#step + 2, index) ? this.#step + 2 : this.#find(index)
    return this.#times[this.#step + 1] ?? 0
  }

  #holds(step: number, index: number): boolean {
    const first = this.#times[step]
    return first !== undefined && first <= index && index < (this.#times[step + 2] ?? Number.POSITIVE_INFINITY)
  }

  #find(index: number): number {
    let low = 0
    let high = this.#times.length / 2 - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#times[2 * middle] ?? 0) <= index) low = middle
      else high = middle - 1
    }
    return 2 * low
  }
}
