import type { CallStacks, GuestFrame } from '../../model/guest-look.ts'
import type { StackFrame } from '../../model/trace.ts'

/** A look at every call is for what a person reads beside a source, not for load. */
const most = 1_000

/** Collects the stacks of a run's host calls; outside trace and hash. */
export class StackBook {
  readonly #stacks: (readonly GuestFrame[])[] = []
  readonly #calls: { seq: number; stack: number }[] = []
  readonly #known = new Map<string, number>()

  get full(): boolean {
    return this.#calls.length >= most
  }

  /** @param open makes the frames of a stack that was not seen before */
  add(seq: number, plugin: number, frames: readonly StackFrame[], open: () => readonly GuestFrame[]): void {
    const key = `${plugin} ${frames.map(({ offset }) => offset).join(' ')}`
    let stack = this.#known.get(key)
    if (stack === undefined) {
      stack = this.#stacks.length
      this.#known.set(key, stack)
      this.#stacks.push(open())
    }
    this.#calls.push({ seq, stack })
  }

  get taken(): CallStacks {
    return { stacks: this.#stacks, calls: this.#calls }
  }
}
