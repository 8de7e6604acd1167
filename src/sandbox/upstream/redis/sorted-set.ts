/** Sorted sets: the order of their members, and the ranges commands name. */
import { refuse } from './command.ts'
import type { SortedSetValue } from './keyspace.ts'
import { parseDouble } from './numbers.ts'
import { error } from './reply.ts'

export type Scored = readonly [member: string, score: number]

/** By score, then by the bytes of the member. */
export function sortedMembers(set: SortedSetValue): readonly Scored[] {
  return [...set.scores].sort(([a, x], [b, y]) => (x < y ? -1 : x > y ? 1 : a < b ? -1 : a > b ? 1 : 0))
}

/** What of the sorted members a range takes. */
export type Range = (member: Scored) => boolean

type Bound = { readonly value: number; readonly open: boolean }

/** Read more loosely than a score: nothing is zero, spaces may lead, too large is infinite. */
function scoreBound(text: string): Bound | undefined {
  const open = text.startsWith('(')
  const written = (open ? text.slice(1) : text).replace(/^[ \t-\r]+/, '')
  const value = written === '' ? 0 : (parseDouble(written) ?? outOfRange(written))
  return value === undefined ? undefined : { value, open }
}

/** What `strtod` gives for a number that no double holds. */
function outOfRange(text: string): number | undefined {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined
}

const above = (score: number, { value, open }: Bound): boolean => (open ? score > value : score >= value)
const below = (score: number, { value, open }: Bound): boolean => (open ? score < value : score <= value)

/** `1 5`, `(1 5`, `-inf +inf`. */
export function scoreRange(least: string, most: string): Range {
  const from = scoreBound(least)
  const to = scoreBound(most)
  if (from === undefined || to === undefined) return refuse(error('ERR min or max is not a float'))
  return ([, score]) => above(score, from) && below(score, to)
}

const lexBound = /^[[(]/

/** `- +`, `[a (b`; the members all have one score. */
export function lexRange(least: string, most: string): Range {
  for (const bound of [least, most]) {
    if (bound !== '-' && bound !== '+' && !lexBound.test(bound))
      refuse(error('ERR min or max not valid string range item'))
  }
  const isAbove = (member: string): boolean =>
    least === '-' || (least !== '+' && (least.startsWith('[') ? member >= least.slice(1) : member > least.slice(1)))
  const isBelow = (member: string): boolean =>
    most === '+' || (most !== '-' && (most.startsWith('[') ? member <= most.slice(1) : member < most.slice(1)))
  return ([member]) => isAbove(member) && isBelow(member)
}
