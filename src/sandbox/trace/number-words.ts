/** A JavaScript number in two words, as it is in memory. */
const number = new Float64Array(1)
const words = new Int32Array(number.buffer)

export function writeNumber(into: Int32Array, place: number, value: number): void {
  number[0] = value
  into[place] = words[0] ?? 0
  into[place + 1] = words[1] ?? 0
}

export function readNumber(from: Int32Array, place: number): number {
  words[0] = from[place] ?? 0
  words[1] = from[place + 1] ?? 0
  return number[0] ?? 0
}
