/**
 * Parts of services that are large and rarely asked for. A run never waits (design 4.3): whoever starts it looks afterwards
 * what it missed, loads that, and makes the same run again (entry/libraries.ts).
 */
export type Parts = {
  readonly httpbin: typeof import('./httpbin/extras/all.ts')
  readonly redis: typeof import('./redis/all.ts')
  readonly handler: import('./handler/engine.ts').HandlerEngine
}
export type PartName = keyof Parts

const loaded: { -readonly [Name in PartName]?: Parts[Name] } = {}
const missed = new Set<PartName>()

/** The part, if it is there; if not, the run is known to have missed it. */
export function part<Name extends PartName>(name: Name): Parts[Name] | undefined {
  const found = loaded[name]
  if (found === undefined) missed.add(name)
  return found
}

export function providePart<Name extends PartName>(name: Name, given: Parts[Name]): void {
  loaded[name] = given
  missed.delete(name)
}

/** What runs asked for in vain since the last time it was provided. */
export const missedParts = (): readonly PartName[] => [...missed]
