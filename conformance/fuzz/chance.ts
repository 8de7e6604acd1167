import { seededRandom } from '../../src/sandbox/gateway/seeded-random.ts'

/** Draws of one program: the same seed and number always give the same program. */
export class Chance {
  private readonly random: { next(): number }

  constructor(seed: number, number: number, what = 'program') {
    this.random = seededRandom(seed, `${what} ${number}`)
  }

  /** True this often (0 to 1). */
  happens(probability: number): boolean {
    return this.random.next() < probability
  }

  /** A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number {
    return low + Math.floor(this.random.next() * (high - low + 1))
  }

  of<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.random.next() * choices.length)] ?? choices[0]
  }

  list<T>(low: number, high: number, make: () => T): T[] {
    return Array.from({ length: this.between(low, high) }, make)
  }
}
