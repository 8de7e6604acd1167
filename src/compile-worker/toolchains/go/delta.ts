/**
 * The file that a difference to another one describes (scripts/toolchain-go/delta.mjs): how many steps there are and how long
 * their list is, the steps, and the bytes that are new. A step is how many of those come next, how many are then copied from
 * `from`, and how far from the end of the last copy those stand. Throws for what is no difference to this file.
 */
export function applyDifference(from: Uint8Array, difference: Uint8Array): Uint8Array {
  const numbers = numbersOf(difference)
  const count = numbers.next()
  const listed = numbers.next()
  const first = numbers.place()
  const steps = Array.from({ length: count }, () => ({
    fresh: numbers.next(),
    copied: numbers.next(),
    moved: numbers.next(),
  }))
  if (numbers.place() !== first + listed) throw new Error('The steps of a difference have another length.')
  const whole = new Uint8Array(steps.reduce((sum, { fresh, copied }) => sum + fresh + copied, 0))
  let at = 0
  let next = first + listed
  let place = 0
  for (const { fresh, copied, moved } of steps) {
    whole.set(difference.subarray(next, next + fresh), at)
    next += fresh
    at += fresh
    place += moved % 2 === 1 ? -(moved + 1) / 2 : moved / 2
    if (place < 0 || place + copied > from.length) throw new Error('A difference is one to another file.')
    whole.set(from.subarray(place, place + copied), at)
    place += copied
    at += copied
  }
  if (next !== difference.length) throw new Error('A difference has more bytes than its steps take.')
  return whole
}

/** Reads numbers of LEB128, one after the other. */
function numbersOf(bytes: Uint8Array): { next(): number; place(): number } {
  let at = 0
  return {
    next() {
      let value = 0
      for (let factor = 1; ; factor *= 0x80) {
        const byte = bytes[at++]
        if (byte === undefined) throw new Error('A difference ends in the middle of a number.')
        value += (byte & 0x7f) * factor
        if (byte < 0x80) return value
      }
    },
    place: () => at,
  }
}
