/**
 * Deterministic bytes: each purpose has its own stream f(seed, purpose), so that one extra call somewhere does not
 * change everything (design 4.6).
 */
export type SeededRandom = {
  fill(bytes: Uint8Array): void
  /** A number in [0, 1). */
  next(): number
}

/** sfc32 seeded by an FNV-1a hash of the purpose; statistical quality is all that is needed here. */
export function seededRandom(seed: number, purpose: string): SeededRandom {
  let hash = 0x811c9dc5
  for (let index = 0; index < purpose.length; index++) {
    hash = Math.imul(hash ^ purpose.charCodeAt(index), 0x01000193) >>> 0
  }
  let a = seed >>> 0
  let b = hash
  let c = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0
  let counter = 1
  const word = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return sum >>> 0
  }
  for (let index = 0; index < 12; index++) word()
  return {
    fill: (bytes) => {
      for (let index = 0; index < bytes.length; index += 4) {
        const value = word()
        for (let byte = 0; byte < 4 && index + byte < bytes.length; byte++) bytes[index + byte] = value >>> (8 * byte)
      }
    },
    next: () => word() / 0x1_0000_0000,
  }
}
