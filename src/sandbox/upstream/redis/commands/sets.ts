import {
  addMember,
  type Call,
  type Command,
  command,
  dropIfEmpty,
  holding,
  holdingOrNew,
  index,
  isWord,
  keys,
  long,
  membersOf,
  newSet,
  refuse,
} from '../command.ts'
import type { SetValue } from '../keyspace.ts'
import { array, bulk, bulks, emptyArray, error, errors, integer, nothing, type Reply, setOf } from '../reply.ts'

type Combine = (sets: readonly (SetValue | undefined)[]) => readonly string[]

const members = (set: SetValue | undefined): readonly string[] => (set === undefined ? [] : membersOf(set))

const union: Combine = (sets) => membersOf(newSet(sets.flatMap(members)))

const intersection: Combine = (sets) => {
  const present = sets.flatMap((set) => set ?? [])
  if (present.length < sets.length) return []
  // The smallest is walked through, as on a real server.
  const [smallest, ...others] = [...present].sort((a, b) => a.members.size - b.members.size)
  return members(smallest).filter((member) => others.every((other) => other.members.has(member)))
}

const difference: Combine = ([first, ...others]) =>
  members(first).filter((member) => others.every((other) => other?.members.has(member) !== true))

const setsOf = (call: Call, names: readonly string[]): readonly (SetValue | undefined)[] =>
  names.map((key) => holding(call, key, 'set'))

const combined =
  (combine: Combine): Command['run'] =>
  (call, names) =>
    setOf(combine(setsOf(call, names)))

function stored(combine: Combine): Command['run'] {
  return (call, [target = '', ...names]) => {
    const result = newSet(combine(setsOf(call, names)))
    call.db.delete(target, call.now)
    if (result.members.size > 0) call.db.set(target, result)
    return integer(result.members.size)
  }
}

/** SINTER and its kin look at every key before they answer, also behind an empty one. */
function intersectionSize(call: Call, [countText, ...rest]: readonly string[]): Reply {
  const count = index(countText, error('ERR numkeys should be greater than 0'))
  if (count < 1) return error('ERR numkeys should be greater than 0')
  if (count > rest.length) return error("ERR Number of keys can't be greater than number of args")
  const words = rest.slice(count)
  let limit = 0
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1]
    if (!isWord(words[at], 'limit') || value === undefined) return errors.syntax
    limit = index(value, error("ERR LIMIT can't be negative"))
    if (limit < 0) return error("ERR LIMIT can't be negative")
  }
  const size = intersection(setsOf(call, rest.slice(0, count))).length
  return integer(limit === 0 ? size : Math.min(size, limit))
}

function remove(call: Call, [key = '', ...names]: readonly string[]): Reply {
  const set = holding(call, key, 'set')
  if (set === undefined) return integer(0)
  const gone = names.filter((name) => set.members.delete(name)).length
  dropIfEmpty(call, key, set)
  return integer(gone)
}

function move(call: Call, [from = '', to = '', member = '']: readonly string[]): Reply {
  const source = holding(call, from, 'set')
  if (source === undefined) return integer(0)
  const target = holding(call, to, 'set')
  if (source === target) return integer(source.members.has(member) ? 1 : 0)
  if (!source.members.delete(member)) return integer(0)
  dropIfEmpty(call, from, source)
  addMember(target ?? holdingOrNew(call, to, 'set', newSet), member)
  return integer(1)
}

/** A member by the server's random numbers. */
const draw = (call: Call, from: readonly string[]): string => from[call.server.random(from.length)] ?? ''

function pop(call: Call, [key = '', countText, ...more]: readonly string[]): Reply {
  if (more.length > 0) return errors.syntax
  const count = countText === undefined ? undefined : index(countText, errors.notPositive)
  if (count !== undefined && count < 0) return errors.notPositive
  const set = holding(call, key, 'set')
  if (set === undefined) return count === undefined ? nothing : setOf([])
  const taken: string[] = []
  while (taken.length < (count ?? 1) && set.members.size > 0) {
    const member = draw(call, membersOf(set))
    set.members.delete(member)
    taken.push(member)
  }
  dropIfEmpty(call, key, set)
  return count === undefined ? bulk(taken[0] ?? '') : setOf(taken)
}

/** A negative count: so many draws, members may come again. */
function randomMembers(call: Call, [key = '', countText, ...more]: readonly string[]): Reply {
  if (more.length > 0) return errors.syntax
  const long_ = countText === undefined ? undefined : long(countText)
  if (long_ !== undefined && (long_ < -(2n ** 62n) || long_ > 2n ** 63n - 1n)) refuse(errors.outOfRange)
  const count = long_ === undefined ? undefined : Number(long_)
  const set = holding(call, key, 'set')
  if (set === undefined) return count === undefined ? nothing : emptyArray
  const all = [...membersOf(set)]
  if (count === undefined) return bulk(draw(call, all))
  if (count < 0) return bulks(Array.from({ length: -count }, () => draw(call, all)))
  const taken: string[] = []
  while (taken.length < count && all.length > 0) taken.push(...all.splice(call.server.random(all.length), 1))
  return bulks(taken)
}

export const sets: readonly Command[] = [
  command('sadd', -3, ['write', 'fast'], keys.one, (call, [key = '', ...names]) => {
    const set = holdingOrNew(call, key, 'set', newSet)
    return integer(names.filter((name) => addMember(set, name)).length)
  }),
  command('srem', -3, ['write', 'fast'], keys.one, remove),
  command('sismember', 3, ['readonly', 'fast'], keys.one, (call, [key = '', name = '']) =>
    integer(holding(call, key, 'set')?.members.has(name) === true ? 1 : 0),
  ),
  command('smismember', -3, ['readonly', 'fast'], keys.one, (call, [key = '', ...names]) => {
    const set = holding(call, key, 'set')
    return array(names.map((name) => integer(set?.members.has(name) === true ? 1 : 0)))
  }),
  command('scard', 2, ['readonly', 'fast'], keys.one, (call, [key = '']) =>
    integer(holding(call, key, 'set')?.members.size ?? 0),
  ),
  command('smembers', 2, ['readonly'], keys.one, (call, [key = '']) => setOf(members(holding(call, key, 'set')))),
  command('sinter', -2, ['readonly'], keys.all, combined(intersection)),
  command('sunion', -2, ['readonly'], keys.all, combined(union)),
  command('sdiff', -2, ['readonly'], keys.all, combined(difference)),
  command('sinterstore', -3, ['write'], keys.all, stored(intersection)),
  command('sunionstore', -3, ['write'], keys.all, stored(union)),
  command('sdiffstore', -3, ['write'], keys.all, stored(difference)),
  command('sintercard', -3, ['readonly'], keys.none, intersectionSize),
  command('smove', 4, ['write', 'fast'], keys.two, move),
  command('spop', -2, ['write', 'fast', 'random'], keys.one, pop),
  command('srandmember', -2, ['readonly', 'random'], keys.one, randomMembers),
]
