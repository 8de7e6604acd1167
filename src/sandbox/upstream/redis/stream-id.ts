/** Ids of stream entries: milliseconds and a number, both 64 bits without sign. */
import { refuse } from './command.ts'
import { error } from './reply.ts'

export type StreamId = readonly [ms: bigint, seq: bigint]

const most = 2n ** 64n - 1n
export const leastId: StreamId = [0n, 0n]
export const greatestId: StreamId = [most, most]
const invalid = error('ERR Invalid stream ID specified as stream command argument')

export const shownId = ([ms, seq]: StreamId): string => `${ms}-${seq}`

export const compareIds = (a: StreamId, b: StreamId): number =>
  a[0] === b[0] ? (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0) : a[0] < b[0] ? -1 : 1

/** `string2ull`: digits, or what `strtoull` makes of a number with a sign is not taken. */
function unsigned(text: string): bigint {
  if (!/^(?:0|[1-9]\d{0,19})$/.test(text)) return refuse(invalid)
  const value = BigInt(text)
  return value > most ? refuse(invalid) : value
}

/** `5-1`, `5` (with `missing` as its number), and `-`, `+` where `ends` allows them. */
export function parseId(text: string, missing: bigint, ends = true): StreamId {
  if (ends && text === '-') return leastId
  if (ends && text === '+') return greatestId
  const dash = text.indexOf('-')
  if (text.length > 127) return refuse(invalid)
  return dash < 0 ? [unsigned(text), missing] : [unsigned(text.slice(0, dash)), unsigned(text.slice(dash + 1))]
}

/** The next one; `undefined` behind the greatest. */
export function after([ms, seq]: StreamId): StreamId | undefined {
  if (seq < most) return [ms, seq + 1n]
  return ms < most ? [ms + 1n, 0n] : undefined
}

export function before([ms, seq]: StreamId): StreamId | undefined {
  if (seq > 0n) return [ms, seq - 1n]
  return ms > 0n ? [ms - 1n, most] : undefined
}
