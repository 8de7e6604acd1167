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
  newList,
  refuse,
} from '../command.ts'
import type { ListValue } from '../keyspace.ts'
import {
  array,
  bulk,
  bulkOrNull,
  bulks,
  emptyArray,
  error,
  errors,
  integer,
  nothing,
  nullArray,
  okReply,
  type Reply,
} from '../reply.ts'

export type End = 'left' | 'right'

function push(end: End, onlyThere: boolean): Command['run'] {
  return (call, [key = '', ...values]) => {
    const list = onlyThere ? holding(call, key, 'list') : holdingOrNew(call, key, 'list', newList)
    if (list === undefined) return integer(0)
    for (const value of values) pushOne(list, end, value)
    return integer(list.items.length)
  }
}

function pushOne(list: ListValue, end: End, value: string): void {
  if (end === 'left') list.items.unshift(value)
  else list.items.push(value)
}

const popOne = (list: ListValue, end: End): string | undefined =>
  end === 'left' ? list.items.shift() : list.items.pop()

function pop(name: string, end: End): Command['run'] {
  return (call, [key = '', countText, ...more]) => {
    if (more.length > 0) return error(`ERR wrong number of arguments for '${name}' command`)
    const count = countText === undefined ? undefined : index(countText, errors.notPositive)
    if (count !== undefined && count < 0) return errors.notPositive
    const list = holding(call, key, 'list')
    if (list === undefined) return count === undefined ? nothing : nullArray
    const taken: string[] = []
    while (taken.length < (count ?? 1)) {
      const value = popOne(list, end)
      if (value === undefined) break
      taken.push(value)
    }
    dropIfEmpty(call, key, list)
    return count === undefined ? bulkOrNull(taken[0]) : bulks(taken)
  }
}

/** Start and end of a range, both inside, negative from the end; `undefined`: nothing lies there. */
export function slice(start: number, end: number, length: number): readonly [from: number, to: number] | undefined {
  const from = start < 0 ? Math.max(0, start + length) : start
  const to = Math.min(end < 0 ? end + length : end, length - 1)
  return from > to || from >= length ? undefined : [from, to]
}

function range(call: Call, [key = '', start, end]: readonly string[]): Reply {
  const [first, last] = [index(start), index(end)]
  const list = holding(call, key, 'list')
  const found = list && slice(first, last, list.items.length)
  return list === undefined || found === undefined ? emptyArray : bulks(list.items.slice(found[0], found[1] + 1))
}

function trim(call: Call, [key = '', start, end]: readonly string[]): Reply {
  const [first, last] = [index(start), index(end)]
  const list = holding(call, key, 'list')
  if (list === undefined) return okReply
  const [from, to] = slice(first, last, list.items.length) ?? [0, -1]
  list.items.splice(to + 1)
  list.items.splice(0, from)
  dropIfEmpty(call, key, list)
  return okReply
}

function insert(call: Call, [key = '', where, pivot = '', value = '']: readonly string[]): Reply {
  const after = isWord(where, 'after')
  if (!after && !isWord(where, 'before')) return errors.syntax
  const list = holding(call, key, 'list')
  if (list === undefined) return integer(0)
  const at = list.items.indexOf(pivot)
  if (at < 0) return integer(-1)
  list.items.splice(after ? at + 1 : at, 0, value)
  return integer(list.items.length)
}

/** `count` above zero: from the left; below: from the right; zero: all. */
function removeEqual(call: Call, [key = '', countText, value = '']: readonly string[]): Reply {
  const count = index(countText)
  const list = holding(call, key, 'list')
  if (list === undefined) return integer(0)
  const { items } = list
  const most = count === 0 ? items.length : Math.abs(count)
  const matching = items.flatMap((item, at) => (item === value ? [at] : []))
  const gone = new Set(count < 0 ? matching.slice(-most) : matching.slice(0, most))
  const kept = items.filter((_, at) => !gone.has(at))
  items.splice(0, items.length, ...kept)
  dropIfEmpty(call, key, list)
  return integer(gone.size)
}

function at(list: ListValue, place: number): number | undefined {
  const found = place < 0 ? place + list.items.length : place
  return found >= 0 && found < list.items.length ? found : undefined
}

function setAt(call: Call, [key = '', place, value = '']: readonly string[]): Reply {
  const list = holding(call, key, 'list') ?? refuse(errors.noSuchKey)
  const found = at(list, index(place))
  if (found === undefined) return errors.indexOutOfRange
  list.items[found] = value
  return okReply
}

/** From the end of one list to the end of another, or of the same. */
export function move(call: Call, from: string, to: string, fromEnd: End, toEnd: End): Reply {
  const source = holding(call, from, 'list')
  if (source === undefined) return nothing
  const target = holding(call, to, 'list')
  const value = popOne(source, fromEnd) ?? ''
  pushOne(target ?? holdingOrNew(call, to, 'list', newList), toEnd, value)
  dropIfEmpty(call, from, source)
  return bulk(value)
}

/** LEFT or RIGHT. */
export function endOf(word: string | undefined): End {
  if (isWord(word, 'left')) return 'left'
  return isWord(word, 'right') ? 'right' : refuse(errors.syntax)
}

function natural(text: string, what: string): number {
  const negative = error(`ERR ${what} can't be negative`)
  const value = index(text, negative)
  return value < 0 ? refuse(negative) : value
}

function positions(call: Call, [key = '', value = '', ...words]: readonly string[]): Reply {
  let rank = 1
  let count: number | undefined
  let most = 0
  for (let at = 0; at < words.length; at += 2) {
    const given = words[at + 1]
    if (given === undefined) return errors.syntax
    if (isWord(words[at], 'rank')) {
      rank = index(given)
      if (rank === 0)
        return error(
          "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list",
        )
    } else if (isWord(words[at], 'count')) count = natural(given, 'COUNT')
    else if (isWord(words[at], 'maxlen')) most = natural(given, 'MAXLEN')
    else return errors.syntax
  }
  const list = holding(call, key, 'list')
  if (list === undefined) return count === undefined ? nothing : emptyArray
  const places = list.items.map((_, place) => place)
  const looked = (rank < 0 ? places.reverse() : places).slice(0, most === 0 ? places.length : most)
  const found = looked.filter((place) => list.items[place] === value).slice(Math.abs(rank) - 1)
  if (count === undefined) return found[0] === undefined ? nothing : integer(found[0])
  return array((count === 0 ? found : found.slice(0, count)).map(integer))
}

export const lists: readonly Command[] = [
  command('lpush', -3, ['write', 'fast'], keys.one, push('left', false)),
  command('rpush', -3, ['write', 'fast'], keys.one, push('right', false)),
  command('lpushx', -3, ['write', 'fast'], keys.one, push('left', true)),
  command('rpushx', -3, ['write', 'fast'], keys.one, push('right', true)),
  command('lpop', -2, ['write', 'fast'], keys.one, pop('lpop', 'left')),
  command('rpop', -2, ['write', 'fast'], keys.one, pop('rpop', 'right')),
  command('llen', 2, ['readonly', 'fast'], keys.one, (call, [key = '']) =>
    integer(holding(call, key, 'list')?.items.length ?? 0),
  ),
  command('lindex', 3, ['readonly'], keys.one, (call, [key = '', place]) => {
    const list = holding(call, key, 'list')
    if (list === undefined) return nothing
    const found = at(list, index(place))
    return found === undefined ? nothing : bulkOrNull(list.items[found])
  }),
  command('lrange', 4, ['readonly'], keys.one, range),
  command('ltrim', 4, ['write'], keys.one, trim),
  command('linsert', 5, ['write'], keys.one, insert),
  command('lrem', 4, ['write'], keys.one, removeEqual),
  command('lset', 4, ['write'], keys.one, setAt),
  command('lpos', -3, ['readonly'], keys.one, positions),
  command('rpoplpush', 3, ['write'], keys.two, (call, [from = '', to = '']) => move(call, from, to, 'right', 'left')),
  command('lmove', 5, ['write'], keys.two, (call, [from = '', to = '', fromEnd, toEnd]) =>
    move(call, from, to, endOf(fromEnd), endOf(toEnd)),
  ),
]
