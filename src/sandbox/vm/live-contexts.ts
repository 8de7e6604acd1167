import type { GuestContext } from '../host/call.ts'

/**
 * The contexts of a guest that live, by their id. Mostly there is one stream at a time: it has a place of its own, because a
 * map that is filled and emptied with every stream has to be made anew again and again.
 */
export class LiveContexts {
  #latest: GuestContext | undefined
  readonly #others = new Map<number, GuestContext>()

  get(id: number): GuestContext | undefined {
    return this.#latest?.id === id ? this.#latest : this.#others.get(id)
  }

  add(context: GuestContext): void {
    if (context.kind === 'http' && this.#latest === undefined) this.#latest = context
    else this.#others.set(context.id, context)
  }

  remove(context: GuestContext): void {
    if (this.#latest === context) this.#latest = undefined
    else this.#others.delete(context.id)
  }
}
