import type { EnvFunction } from '../host/call.ts'

/**
 * Arguments and results of one call. Values live in arrays, and the meaning sees them under their names: storing by name
 * costs more than all the rest.
 */
export type Frame = {
  readonly values: unknown[]
  readonly args: object
  readonly results: unknown[]
  readonly out: object
  busy: boolean
}

/** One per function for all guests: the engine then knows where each meaning finds its arguments. */
const frames = new WeakMap<EnvFunction, Frame>()

export function frameOf(fn: EnvFunction): Frame {
  const known = frames.get(fn)
  if (known !== undefined) return known
  const made = makeFrame(fn)
  frames.set(fn, made)
  return made
}

export function makeFrame(fn: EnvFunction): Frame {
  const values: unknown[] = fn.params.map((param) => (param.kind === 'i64' ? 0n : 0))
  const results: unknown[] = fn.outs.map(() => undefined)
  const names = (all: readonly { readonly name: string }[]): readonly string[] => all.map(({ name }) => name)
  return { values, args: named(names(fn.params), values), results, out: named(names(fn.outs), results), busy: false }
}

/** An object whose properties are the elements of `values`. */
function named(names: readonly string[], values: unknown[]): object {
  const object = {}
  names.forEach((name, index) => {
    Object.defineProperty(object, name, {
      enumerable: true,
      get: () => values[index],
      set: (value: unknown) => {
        values[index] = value
      },
    })
  })
  return object
}
