/** Sorted sets joined with each other; plain sets count as sorted ones of score 1. Texts and order of Redis 7.0's t_zset.c. */
import { type Call, type Command, command, index, isWord, keys, membersOf, newSortedSet, refuse } from '../command.ts'
import { parseDouble } from '../numbers.ts'
import { bulk, bulks, double, error, errors, integer, pairsOf, type Reply } from '../reply.ts'
import { type Scored, sortedMembers } from '../sorted-set.ts'

type Operation = 'union' | 'inter' | 'diff'
type Source = { readonly scores: ReadonlyMap<string, number>; weight: number }
type Aggregate = (a: number, b: number) => number

/** Infinities of both signs have no sum, and infinity no product with zero: both are 0 here. */
const number = (value: number): number => (Number.isNaN(value) ? 0 : value)

const aggregates: Readonly<Record<string, Aggregate>> = {
  sum: (a, b) => number(a + b),
  min: Math.min,
  max: Math.max,
}

/** Members in order, with their scores if wanted. */
export const listed = (members: readonly Scored[], withScores: boolean): Reply =>
  withScores
    ? pairsOf(members.map(([member, score]) => [bulk(member), double(score)]))
    : bulks(members.map(([member]) => member))

type Wanted = { readonly name: string; readonly operation: Operation; readonly form: 'list' | 'store' | 'count' }
type Asked = { sources: Source[]; aggregate: Aggregate; withScores: boolean; limit: number }

/** `words`: the number of keys, the keys, the options. */
function read(call: Call, { name, operation, form }: Wanted, [countText, ...words]: readonly string[]): Asked {
  const count = index(countText)
  if (count < 1) refuse(error(`ERR at least 1 input key is needed for '${name}' command`))
  if (count > words.length) refuse(errors.syntax)
  const sources = words.slice(0, count).map((key): Source => ({ scores: scoresOf(call, key), weight: 1 }))
  const asked: Asked = { sources, aggregate: number2, withScores: false, limit: 0 }
  const weighed = operation !== 'diff' && form !== 'count'
  for (let at = count; at < words.length; at++) {
    const left = words.length - at
    if (weighed && left >= count + 1 && isWord(words[at], 'weights')) {
      for (const source of sources) {
        source.weight = parseDouble(words[++at] ?? '') ?? refuse(error('ERR weight value is not a float'))
      }
    } else if (weighed && left >= 2 && isWord(words[at], 'aggregate')) {
      const how = (words[++at] ?? '').toLowerCase()
      asked.aggregate = (Object.hasOwn(aggregates, how) ? aggregates[how] : undefined) ?? refuse(errors.syntax)
    } else if (form === 'list' && isWord(words[at], 'withscores')) asked.withScores = true
    else if (form === 'count' && left >= 2 && isWord(words[at], 'limit')) {
      const negative = error("ERR LIMIT can't be negative")
      asked.limit = index(words[++at], negative)
      if (asked.limit < 0) refuse(negative)
    } else refuse(errors.syntax)
  }
  return asked
}

const number2: Aggregate = (a, b) => number(a + b)

function scoresOf(call: Call, key: string): ReadonlyMap<string, number> {
  const found = call.db.find(key, call.now)
  if (found === undefined) return new Map()
  if (found.type === 'zset') return found.scores
  if (found.type === 'set') return new Map(membersOf(found).map((member) => [member, 1]))
  return refuse(errors.wrongType)
}

/** From the smallest source to the largest, which shows in sums of floats. */
const bySize = (sources: readonly Source[]): readonly Source[] =>
  [...sources].sort((a, b) => a.scores.size - b.scores.size)

function combined(operation: Operation, { sources, aggregate }: Asked): Map<string, number> {
  const result = new Map<string, number>()
  if (operation === 'diff') {
    const [first, ...others] = sources
    for (const [member, score] of first?.scores ?? []) {
      if (!others.some(({ scores }) => scores.has(member))) result.set(member, score)
    }
    return result
  }
  const [smallest, ...others] = bySize(sources)
  if (smallest === undefined) return result
  const weighed = (score: number, { weight }: Source) => number(weight * score)
  if (operation === 'union') {
    for (const source of [smallest, ...others]) {
      for (const [member, score] of source.scores) {
        const old = result.get(member)
        const value = weighed(score, source)
        result.set(member, old === undefined ? value : aggregate(old, value))
      }
    }
    return result
  }
  for (const [member, score] of smallest.scores) {
    if (!others.every(({ scores }) => scores.has(member))) continue
    const values = others.map((other) => weighed(other.scores.get(member) ?? 0, other))
    result.set(member, values.reduce(aggregate, weighed(score, smallest)))
  }
  return result
}

/** Stores what a command found, or takes the key away; a small set keeps whole numbers as integers, which have no −0. */
export function storeSorted(call: Call, key: string, members: Iterable<Scored>): Reply {
  const set = newSortedSet()
  for (const [member, score] of members) set.scores.set(member, score === 0 ? 0 : score)
  call.db.delete(key, call.now)
  if (set.scores.size > 0) call.db.set(key, set)
  return integer(set.scores.size)
}

function listing(name: string, operation: Operation): Command {
  return command(name, -3, ['readonly'], keys.none, (call, words) => {
    const asked = read(call, { name, operation, form: 'list' }, words)
    const found = sortedMembers({ type: 'zset', scores: combined(operation, asked) })
    return listed(found, asked.withScores)
  })
}

function storing(name: string, operation: Operation): Command {
  return command(name, -4, ['write'], keys.one, (call, [target = '', ...words]) =>
    storeSorted(call, target, combined(operation, read(call, { name, operation, form: 'store' }, words))),
  )
}

export const sortedSetAlgebra: readonly Command[] = [
  listing('zunion', 'union'),
  listing('zinter', 'inter'),
  listing('zdiff', 'diff'),
  storing('zunionstore', 'union'),
  storing('zinterstore', 'inter'),
  storing('zdiffstore', 'diff'),
  command('zintercard', -3, ['readonly'], keys.none, (call, words) => {
    const asked = read(call, { name: 'zintercard', operation: 'inter', form: 'count' }, words)
    const { size } = combined('inter', asked)
    return integer(asked.limit === 0 ? size : Math.min(size, asked.limit))
  }),
]
