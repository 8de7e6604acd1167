import type { EnvFunction } from '../host/call.ts'
import type { Slot } from './adapter-arguments.ts'

/**
 * Arguments and results of one call. Values live in arrays, and the meaning sees them under their names: storing by name
 * costs more than all the rest.
 */
export type Frame = {
  /** As they come from wasm. */
  readonly slots: Slot[]
  /** Arguments and results in the order of the declaration. The adapter takes them from here: `args` and `out` are of
   * another class for each function, so that it would have to search for what is theirs. */
  readonly values: unknown[]
  readonly results: unknown[]
  readonly args: Values
  readonly out: Values
  busy: boolean
}

/** What a function's own kind of these gives names to. */
class Values {
  /** In the order of the declaration. */
  readonly inOrder: unknown[]

  constructor(inOrder: unknown[]) {
    this.inOrder = inOrder
  }
}

/** One per function for all guests: the engine then knows where each meaning finds its arguments. */
const shared = new WeakMap<EnvFunction, Frame>()
const makers = new WeakMap<EnvFunction, () => Frame>()

export function frameOf(fn: EnvFunction): Frame {
  const known = shared.get(fn)
  if (known !== undefined) return known
  const made = makeFrame(fn)
  shared.set(fn, made)
  return made
}

export function makeFrame(fn: EnvFunction): Frame {
  const known = makers.get(fn)
  if (known !== undefined) return known()
  const Args = named(fn.params)
  const Out = named(fn.outs)
  const make = (): Frame => {
    const slots = fn.type.params.map(() => 0)
    const values = places(fn.params.length)
    const results = places(fn.outs.length)
    return { slots, values, results, args: new Args(values), out: new Out(results), busy: false }
  }
  makers.set(fn, make)
  return make()
}

/** An array for values of any kind from the first: filled with numbers it would become another kind of array with each use. */
function places(count: number): unknown[] {
  const made: unknown[] = []
  for (let place = 0; place < count; place++) made.push(undefined)
  return made
}

/**
 * A class whose properties are the elements of `inOrder`. They stand on its prototype: an object that got accessors of its
 * own under names that another object has too would become a dictionary, and each look at it a search (a fifth of what a
 * request of ten host calls took).
 */
function named(declared: readonly { readonly name: string }[]): typeof Values {
  class Named extends Values {}
  declared.forEach(({ name }, index) => {
    Object.defineProperty(Named.prototype, name, {
      get(this: Values) {
        return this.inOrder[index]
      },
      set(this: Values, value: unknown) {
        this.inOrder[index] = value
      },
    })
  })
  return Named
}
