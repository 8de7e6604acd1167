/**
 * What may happen in another order than usual in a real gateway (design 4.3, 4.6): which reply is there first, where a body
 * is cut, which worker takes a request, whether a tick comes before what is due with it. Never the order of replies on one
 * connection, of queues, or of what a guest call caused. A schedule is the list of choices; 0 is always the usual one.
 */
import type { ScheduleChoice } from '../../model/schedule.ts'

/** The choices of a run, in order: 0 up to `options`, not included. */
export type Choose = (index: number, options: number) => number

/** Delays to choose from, nanoseconds: a little later than others, later than most, late. */
const delays = [0, 1e6, 15e6, 60e6] as const

export class Schedule {
  /** Every choice of this run. */
  readonly made: ScheduleChoice[] = []
  private readonly choose: Choose

  constructor(choose: Choose) {
    this.choose = choose
  }

  private take(what: ScheduleChoice['what'], of: string, options: number): number {
    const chosen = Math.min(options - 1, Math.max(0, this.choose(this.made.length, options)))
    this.made.push({ what, of, chosen })
    return chosen
  }

  /** How much later a service answers, at most a quarter of `limit` (0: no limit): it must not run into its timeout. */
  delay(of: string, limit: number): number {
    const later = delays[this.take('delay', of, delays.length)] ?? 0
    return limit > 0 ? Math.min(later, Math.floor(limit / 4)) : later
  }

  /** The pieces that this one arrives as. */
  cut(of: string, data: Uint8Array): readonly Uint8Array[] {
    if (data.length < 2) return [data]
    const at = [0, Math.floor(data.length / 2), 1, data.length - 1][this.take('cut', of, 4)] ?? 0
    return at === 0 ? [data] : [data.subarray(0, at), data.subarray(at)]
  }

  worker(of: string, count: number): number {
    return count < 2 ? 0 : this.take('worker', of, count)
  }

  /** Whether a tick comes after what is due at the same time, nanoseconds. */
  tick(of: string): number {
    return this.take('tick', of, 2)
  }
}

/** Choices as they were written down; usual ones after the last. */
export const replayed =
  (choices: readonly number[]): Choose =>
  (index) =>
    choices[index] ?? 0

/** Choices by a seed (any function that gives numbers from 0 to 1); most of them usual, so that few explain a difference. */
export const drawn =
  (next: () => number): Choose =>
  (_index, options) =>
    next() < 0.5 ? 0 : Math.floor(next() * options)
