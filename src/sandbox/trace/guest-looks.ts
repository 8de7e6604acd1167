import type { CallStacks, GuestFrame, GuestLook, LookAt } from '../../model/guest-look.ts'
import type { StackFrame } from '../../model/trace.ts'

/** A look at every call is for what a person reads beside a source, not for load. */
const mostCalls = 1_000

/** What a repeated run collects of its guests at host calls; outside trace and hash (design 4.4). */
export class GuestLooks {
  readonly #at: LookAt
  readonly #stacks: (readonly GuestFrame[])[] = []
  readonly #calls: { seq: number; stack: number }[] = []
  readonly #known = new Map<string, number>()
  #look: GuestLook | undefined

  constructor(at: LookAt) {
    this.#at = at
  }

  /** The call at this position of the trace is the one to be looked at. */
  wants(seq: number): boolean {
    return this.#at === seq
  }

  get wantsStacks(): boolean {
    return this.#at === 'every-call' && this.#calls.length < mostCalls
  }

  keep(look: GuestLook): void {
    this.#look = look
  }

  /** @param open makes the frames of a stack that was not seen before */
  addStack(seq: number, plugin: number, frames: readonly StackFrame[], open: () => readonly GuestFrame[]): void {
    const key = `${plugin} ${frames.map(({ offset }) => offset).join(' ')}`
    let stack = this.#known.get(key)
    if (stack === undefined) {
      stack = this.#stacks.length
      this.#known.set(key, stack)
      this.#stacks.push(open())
    }
    this.#calls.push({ seq, stack })
  }

  /** Absent what was not asked for, or never met. */
  get taken(): { readonly look?: GuestLook; readonly stacks?: CallStacks } {
    return {
      ...(this.#look === undefined ? {} : { look: this.#look }),
      ...(this.#at === 'every-call' ? { stacks: { stacks: this.#stacks, calls: this.#calls } } : {}),
    }
  }
}
