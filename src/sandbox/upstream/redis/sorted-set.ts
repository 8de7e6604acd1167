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

/**
 * `- +`, `[a (b`. Meant for members of one score; with several, a server looks for the first member that is in range
 * and stops at the first that is not, and so does this. `reverse`: from the other end.
 */
export function lexRange(least: string, most: string, reverse = false): (all: readonly Scored[]) => readonly Scored[] {
  for (const bound of [least, most]) {
    if (bound !== '-' && bound !== '+' && !lexBound.test(bound))
      refuse(error('ERR min or max not valid string range item'))
  }
  const isAbove = (member: string): boolean =>
    least === '-' || (least !== '+' && (least.startsWith('[') ? member >= least.slice(1) : member > least.slice(1)))
  const isBelow = (member: string): boolean =>
    most === '+' || (most !== '-' && (most.startsWith('[') ? member <= most.slice(1) : member < most.slice(1)))
  return (all) => {
    const [first, last] = [all[0]?.[0], all.at(-1)?.[0]]
    if (first === undefined || last === undefined || !isAbove(last) || !isBelow(first) || isEmptyLex(least, most))
      return []
    const ordered = reverse ? [...all].reverse() : all
    const [enters, stays] = reverse ? [isBelow, isAbove] : [isAbove, isBelow]
    const start = ordered.findIndex(([member]) => enters(member))
    if (start < 0) return []
    const end = ordered.findIndex(([member], at) => at >= start && !stays(member))
    return ordered.slice(start, end < 0 ? undefined : end)
  }
}

/** Ends in the wrong order, or one point that is left out. */
function isEmptyLex(least: string, most: string): boolean {
  if (least === '-' || most === '+') return false
  if (least === '+' || most === '-') return true
  const [from, to] = [least.slice(1), most.slice(1)]
  return from > to || (from === to && (least.startsWith('(') || most.startsWith('(')))
}
