import type { SeededRandom } from './seeded-random.ts'

/** A second, then longer up to ten (Envoy's default for FAIL_RELOAD). */
const usual = { base: 1e9, most: 10e9 }

/**
 * How long after the last reload a plugin under FAIL_RELOAD is not loaded again: Envoy asks its jittered exponential
 * strategy at every request that meets the dead VM, so that the bound doubles with each of them and never falls back.
 */
export class ReloadBackOff {
  private bound: number
  private readonly most: number
  private readonly random: SeededRandom

  constructor(random: SeededRandom, { base, most } = usual) {
    this.random = random
    this.bound = base
    this.most = most
  }

  /** Nanoseconds. */
  next(): number {
    const { bound, most } = this
    this.bound = bound < most / 2 ? 2 * bound : most
    return this.random.next() * bound
  }
}
