import {
  type Call,
  type Command,
  command,
  dropIfEmpty,
  holding,
  holdingOrNew,
  index,
  isWord,
  keys,
  newSortedSet,
  refuse,
} from '../command.ts'
import { parseDouble } from '../numbers.ts'
import { array, bulk, double, emptyArray, error, errors, integer, nothing, type Reply } from '../reply.ts'
import { lexRange, type Range, type Scored, scoreRange, sortedMembers } from '../sorted-set.ts'
import { slice } from './lists.ts'
import { listed, storeSorted } from './sorted-set-algebra.ts'

const score = (text: string): number => parseDouble(text) ?? refuse(errors.notFloat)

type AddOptions = { nx: boolean; xx: boolean; gt: boolean; lt: boolean; ch: boolean; incr: boolean }

function addOptions(words: readonly string[]): { readonly options: AddOptions; readonly rest: readonly string[] } {
  const options: AddOptions = { nx: false, xx: false, gt: false, lt: false, ch: false, incr: false }
  let at = 0
  for (; at < words.length; at++) {
    const word = (words[at] ?? '').toLowerCase()
    if (word !== 'nx' && word !== 'xx' && word !== 'gt' && word !== 'lt' && word !== 'ch' && word !== 'incr') break
    options[word] = true
  }
  return { options, rest: words.slice(at) }
}

function add(call: Call, [key = '', ...words]: readonly string[]): Reply {
  const { options, rest } = addOptions(words)
  const { nx, xx, gt, lt, ch, incr } = options
  if (rest.length === 0 || rest.length % 2 === 1) return errors.syntax
  if (nx && xx) return error('ERR XX and NX options at the same time are not compatible')
  if ((gt && nx) || (lt && nx) || (gt && lt))
    return error('ERR GT, LT, and/or NX options at the same time are not compatible')
  if (incr && rest.length > 2) return error('ERR INCR option supports a single increment-element pair')
  const pairs = Array.from(
    { length: rest.length / 2 },
    (_, pair): Scored => [rest[2 * pair + 1] ?? '', score(rest[2 * pair] ?? '')],
  )
  const there = holding(call, key, 'zset')
  if (there === undefined && xx) return incr ? nothing : integer(0)
  const set = there ?? holdingOrNew(call, key, 'zset', newSortedSet)
  let added = 0
  let changed = 0
  let last: number | undefined
  for (const [member, given] of pairs) {
    const old = set.scores.get(member)
    if (old === undefined ? xx : nx) continue
    const value = incr && old !== undefined ? old + given : given
    if (Number.isNaN(value)) {
      dropIfEmpty(call, key, set)
      return error('ERR resulting score is not a number (NaN)')
    }
    if (old !== undefined && ((gt && value <= old) || (lt && value >= old))) continue
    if (old === undefined) added++
    else if (old !== value) changed++
    // A small set keeps whole numbers as integers, which have no -0; the reply of this command still shows it.
    set.scores.set(member, value === 0 ? 0 : value)
    last = value
  }
  dropIfEmpty(call, key, set)
  if (incr) return last === undefined ? nothing : double(last)
  return integer(ch ? added + changed : added)
}

type Pick = (all: readonly Scored[]) => readonly Scored[]

const byScore =
  (within: Range, reverse = false): Pick =>
  (all) =>
    reverse ? all.filter(within).reverse() : all.filter(within)

function count(call: Call, key: string, pick: Pick): Reply {
  const set = holding(call, key, 'zset')
  return integer(set === undefined ? 0 : pick(sortedMembers(set)).length)
}

function rank(reverse: boolean): Command['run'] {
  return (call, [key = '', member = '']) => {
    const set = holding(call, key, 'zset')
    if (set === undefined) return nothing
    const at = sortedMembers(set).findIndex(([name]) => name === member)
    return at < 0 ? nothing : integer(reverse ? set.scores.size - 1 - at : at)
  }
}

function removeRange(call: Call, key: string, pick: Pick): Reply {
  const set = holding(call, key, 'zset')
  if (set === undefined) return integer(0)
  const gone = pick(sortedMembers(set))
  for (const [member] of gone) set.scores.delete(member)
  dropIfEmpty(call, key, set)
  return integer(gone.length)
}

type RangeOptions = {
  by: 'rank' | 'score' | 'lex'
  reverse: boolean
  withScores: boolean
  offset: number
  limit: number
}

/** The words behind the two ends of a range; which are known depends on the command. */
function rangeOptions(words: readonly string[], start: RangeOptions, free: boolean, stores: boolean): RangeOptions {
  const options = { ...start }
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (!stores && isWord(word, 'withscores')) options.withScores = true
    else if (isWord(word, 'limit') && at + 2 < words.length) {
      options.offset = index(words[++at])
      options.limit = index(words[++at])
    } else if (free && isWord(word, 'rev') && !options.reverse) options.reverse = true
    else if (free && isWord(word, 'byscore') && options.by === 'rank') options.by = 'score'
    else if (free && isWord(word, 'bylex') && options.by === 'rank') options.by = 'lex'
    else refuse(errors.syntax)
  }
  return options
}

const plain: RangeOptions = { by: 'rank', reverse: false, withScores: false, offset: 0, limit: -1 }

function storeRange(call: Call, [target = '', ...words]: readonly string[]): Reply {
  const members: Scored[] = []
  const refused = range(plain, true, members)(call, words)
  return refused.kind === 'error' ? refused : storeSorted(call, target, members)
}

/** `into`: takes what was found, for those that store it. */
function range(start: RangeOptions, free: boolean, into?: Scored[]): Command['run'] {
  return (call, [key = '', first = '', second = '', ...words]) => {
    const options = rangeOptions(words, start, free, into !== undefined)
    const { by, reverse, withScores, offset, limit } = options
    if (by === 'rank' && limit !== -1)
      return error('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX')
    if (by === 'lex' && withScores) return error('ERR syntax error, WITHSCORES not supported in combination with BYLEX')
    if (by === 'rank') return byRank(call, key, index(first), index(second), reverse, withScores, into)
    const [least, most] = reverse ? [second, first] : [first, second]
    const pick = by === 'lex' ? lexRange(least, most, reverse) : byScore(scoreRange(least, most), reverse)
    const set = holding(call, key, 'zset')
    if (set === undefined) return emptyArray
    const found = pick(sortedMembers(set))
    if (offset < 0) return emptyArray
    const taken = found.slice(offset, limit < 0 ? undefined : offset + limit)
    into?.push(...taken)
    return listed(taken, withScores)
  }
}

function byRank(
  call: Call,
  key: string,
  start: number,
  end: number,
  reverse: boolean,
  withScores: boolean,
  into?: Scored[],
): Reply {
  const set = holding(call, key, 'zset')
  if (set === undefined) return emptyArray
  const all = [...sortedMembers(set)]
  if (reverse) all.reverse()
  const found = slice(start, end, all.length)
  const taken = found === undefined ? [] : all.slice(found[0], found[1] + 1)
  into?.push(...taken)
  return listed(taken, withScores)
}

function pop(greatest: boolean): Command['run'] {
  return (call, [key = '', countText, ...more]) => {
    if (more.length > 0) return errors.syntax
    const wanted = countText === undefined ? 1 : index(countText, errors.notPositive)
    if (wanted < 0) return errors.notPositive
    const set = holding(call, key, 'zset')
    if (set === undefined) return emptyArray
    const all = [...sortedMembers(set)]
    if (greatest) all.reverse()
    const taken = all.slice(0, wanted)
    for (const [member] of taken) set.scores.delete(member)
    dropIfEmpty(call, key, set)
    // Without a count RESP3, too, has member and score one after the other.
    return countText === undefined
      ? array(taken.flatMap(([member, value]) => [bulk(member), double(value)]))
      : listed(taken, true)
  }
}

export const sortedSets: readonly Command[] = [
  command('zadd', -4, ['write', 'fast'], keys.one, add),
  command('zincrby', 4, ['write', 'fast'], keys.one, (call, [key = '', by = '', member = '']) =>
    add(call, [key, 'incr', by, member]),
  ),
  command('zscore', 3, ['readonly', 'fast'], keys.one, (call, [key = '', member = '']) => {
    const found = holding(call, key, 'zset')?.scores.get(member)
    return found === undefined ? nothing : double(found)
  }),
  command('zmscore', -3, ['readonly', 'fast'], keys.one, (call, [key = '', ...members]) => {
    const scores = holding(call, key, 'zset')?.scores
    return array(
      members.map((member) => {
        const found = scores?.get(member)
        return found === undefined ? nothing : double(found)
      }),
    )
  }),
  command('zcard', 2, ['readonly', 'fast'], keys.one, (call, [key = '']) =>
    integer(holding(call, key, 'zset')?.scores.size ?? 0),
  ),
  command('zcount', 4, ['readonly', 'fast'], keys.one, (call, [key = '', least = '', most = '']) =>
    count(call, key, byScore(scoreRange(least, most))),
  ),
  command('zlexcount', 4, ['readonly', 'fast'], keys.one, (call, [key = '', least = '', most = '']) =>
    count(call, key, lexRange(least, most)),
  ),
  command('zrank', 3, ['readonly', 'fast'], keys.one, rank(false)),
  command('zrevrank', 3, ['readonly', 'fast'], keys.one, rank(true)),
  command('zrem', -3, ['write', 'fast'], keys.one, (call, [key = '', ...members]) => {
    const set = holding(call, key, 'zset')
    if (set === undefined) return integer(0)
    const gone = members.filter((member) => set.scores.delete(member)).length
    dropIfEmpty(call, key, set)
    return integer(gone)
  }),
  command('zrange', -4, ['readonly'], keys.one, range(plain, true)),
  command('zrangestore', -5, ['write'], keys.two, storeRange),
  command('zrevrange', -4, ['readonly'], keys.one, range({ ...plain, reverse: true }, false)),
  command('zrangebyscore', -4, ['readonly'], keys.one, range({ ...plain, by: 'score' }, false)),
  command('zrevrangebyscore', -4, ['readonly'], keys.one, range({ ...plain, by: 'score', reverse: true }, false)),
  command('zrangebylex', -4, ['readonly'], keys.one, range({ ...plain, by: 'lex' }, false)),
  command('zrevrangebylex', -4, ['readonly'], keys.one, range({ ...plain, by: 'lex', reverse: true }, false)),
  command('zremrangebyrank', 4, ['write'], keys.one, (call, [key = '', start, end]) => {
    const [first, last] = [index(start), index(end)]
    return removeRange(call, key, (all) => {
      const found = slice(first, last, all.length)
      return found === undefined ? [] : all.slice(found[0], found[1] + 1)
    })
  }),
  command('zremrangebyscore', 4, ['write'], keys.one, (call, [key = '', least = '', most = '']) => {
    const within = scoreRange(least, most)
    return removeRange(call, key, (all) => all.filter(within))
  }),
  command('zremrangebylex', 4, ['write'], keys.one, (call, [key = '', least = '', most = '']) => {
    return removeRange(call, key, lexRange(least, most))
  }),
  command('zpopmin', -2, ['write', 'fast'], keys.one, pop(false)),
  command('zpopmax', -2, ['write', 'fast'], keys.one, pop(true)),
]
