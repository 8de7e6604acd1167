import type { ForeignFunction } from './foreign-function.ts'

type Libraries = typeof import('./with-libraries.ts')

let loaded: Libraries | undefined

/**
 * Gives the emulator the functions of `with-libraries.ts`. To be called before a run whose modules may call them, since a
 * run never waits (design 4.3): whoever starts a run in a worker does it when a module needs it, so that the first visit
 * does not load them; the library entry does it at once.
 */
export function provideLibraries(libraries: Libraries): void {
  loaded = libraries
}

export const hasLibraries = (): boolean => loaded !== undefined

/** A function of `with-libraries.ts` by name. */
export const fromLibraries =
  (name: keyof Libraries): ForeignFunction =>
  (call, argument) => {
    if (loaded === undefined) throw new Error(`The foreign function ${name} was called before its library was loaded`)
    return loaded[name](call, argument)
  }
