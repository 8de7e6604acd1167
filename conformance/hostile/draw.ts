/** Draws from a seed, for inputs that nobody would write by hand. */
import { seededRandom } from '../../src/sandbox/gateway/seeded-random.ts'

export type Draw = {
  /** Whole number from 0, below `limit`. */
  below(limit: number): number
  chance(probability: number): boolean
  from<T>(list: readonly T[]): T
  bytes(length: number): Uint8Array
}

export function drawing(seed: number, purpose: string): Draw {
  const random = seededRandom(seed, purpose)
  const below = (limit: number): number => Math.floor(random.next() * limit)
  return {
    below,
    chance: (probability) => random.next() < probability,
    from: (list) => {
      const found = list[below(list.length)]
      if (found === undefined) throw new Error('Nothing to draw from')
      return found
    },
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  }
}

const edges = [0, 1, 2, 3, 4, 7, 8, 9, 16, 255, 256, 1024, 65_535, 65_536, 0x7fff_fffe, 0x7fff_ffff]

/** A number of 32 bits, mostly one at which something ends. */
export function number32(draw: Draw): number {
  if (draw.chance(0.2)) return draw.below(2 ** 32)
  const edge = draw.from(edges)
  return (draw.chance(0.3) ? -edge : edge) >>> 0
}

/** The bytes with a few changes: flipped, cut, doubled, grown. */
export function mutated(draw: Draw, bytes: Uint8Array): Uint8Array {
  let result = bytes.slice()
  for (let change = draw.below(4); change >= 0; change--) {
    const at = draw.below(result.length + 1)
    const kind = draw.below(5)
    if (kind === 0 && at < result.length) result[at] = draw.below(256)
    else if (kind === 1 && at < result.length) result[at] = draw.from([0, 1, 0x7f, 0x80, 0xff])
    else if (kind === 2) result = result.slice(0, at)
    else {
      const piece = kind === 3 ? draw.bytes(draw.below(9)) : result.slice(at, at + draw.below(64))
      const grown = new Uint8Array(result.length + piece.length)
      grown.set(result.subarray(0, at))
      grown.set(piece, at)
      grown.set(result.subarray(at), at + piece.length)
      result = grown
    }
  }
  return result
}
