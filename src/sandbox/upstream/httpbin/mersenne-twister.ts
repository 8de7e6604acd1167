/** Python's `random.Random(seed)`: MT19937 seeded with init_by_array, so that `/bytes?seed=` gives the same bytes. */
const size = 624
const period = 397

export class MersenneTwister {
  private readonly state = new Uint32Array(size)
  private index = size

  constructor(seed: bigint) {
    const positive = seed < 0n ? -seed : seed
    const key: number[] = []
    for (let rest = positive; rest > 0n; rest >>= 32n) key.push(Number(rest & 0xffffffffn))
    this.initByArray(key.length === 0 ? [0] : key)
  }

  private initByArray(key: readonly number[]): void {
    const state = this.state
    state[0] = 19650218
    for (let i = 1; i < size; i++) state[i] = Math.imul(1812433253, mixed(state[i - 1])) + i
    let i = 1
    let j = 0
    for (let round = Math.max(size, key.length); round > 0; round--) {
      state[i] = ((state[i] ?? 0) ^ Math.imul(mixed(state[i - 1]), 1664525)) + (key[j] ?? 0) + j
      i = this.wrap(i + 1)
      j = (j + 1) % key.length
    }
    for (let round = size - 1; round > 0; round--) {
      state[i] = ((state[i] ?? 0) ^ Math.imul(mixed(state[i - 1]), 1566083941)) - i
      i = this.wrap(i + 1)
    }
    state[0] = 0x80000000
  }

  private wrap(i: number): number {
    if (i < size) return i
    this.state[0] = this.state[size - 1] ?? 0
    return 1
  }

  private twist(): void {
    const state = this.state
    for (let i = 0; i < size; i++) {
      const y = ((state[i] ?? 0) & 0x80000000) | ((state[(i + 1) % size] ?? 0) & 0x7fffffff)
      state[i] = (state[(i + period) % size] ?? 0) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
    }
    this.index = 0
  }

  /** The next 32 bits. */
  next(): number {
    if (this.index >= size) this.twist()
    let y = this.state[this.index++] ?? 0
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    y ^= y >>> 18
    return y >>> 0
  }

  /** `randint(0, 255)`: nine bits, drawn again until they are below 256. */
  byte(): number {
    for (;;) {
      const value = this.next() >>> 23
      if (value < 256) return value
    }
  }
}

const mixed = (value: number | undefined) => {
  const word = value ?? 0
  return word ^ (word >>> 30)
}
