/** Commands that wait until there is something to take, at most for a time. */
import { type Call, type Command, command, dropIfEmpty, holding, keys, refuse, wait } from '../command.ts'
import { parseDouble } from '../numbers.ts'
import { array, bulk, bulks, double, error, nothing, nullArray, type Reply } from '../reply.ts'
import { sortedMembers } from '../sorted-set.ts'
import { popLists, popSortedSets, severalKeys } from './first-of-several.ts'
import { endOf, move } from './lists.ts'
import { readingOf, readStreams } from './streams.ts'

/** Seconds as a float, as milliseconds; 0: for ever. */
function timeout(text: string | undefined): number {
  const notTime = error('ERR timeout is not a float or out of range')
  const seconds = parseDouble(text ?? '') ?? refuse(notTime)
  // What 64 bits of milliseconds do not hold has become negative on a server.
  const negative = seconds < 0 || seconds * 1000 >= 2 ** 63
  return negative ? refuse(error('ERR timeout is negative')) : Math.ceil(seconds * 1000)
}

const orWait = (call: Call, found: Reply | undefined, ms: number): Reply => found ?? wait(call, ms, nullArray)

/** BLPOP, BRPOP. */
function popList(end: 'left' | 'right'): Command['run'] {
  return (call, words) => {
    const ms = timeout(words.at(-1))
    for (const key of words.slice(0, -1)) {
      const list = holding(call, key, 'list')
      if (list === undefined) continue
      const value = (end === 'left' ? list.items.shift() : list.items.pop()) ?? ''
      dropIfEmpty(call, key, list)
      return bulks([key, value])
    }
    return wait(call, ms, nullArray)
  }
}

/** BZPOPMIN, BZPOPMAX. */
function popSortedSet(greatest: boolean): Command['run'] {
  return (call, words) => {
    const ms = timeout(words.at(-1))
    for (const key of words.slice(0, -1)) {
      const set = holding(call, key, 'zset')
      if (set === undefined) continue
      const [member, score] = sortedMembers(set).at(greatest ? -1 : 0) ?? ['', 0]
      set.scores.delete(member)
      dropIfEmpty(call, key, set)
      return array([bulk(key), bulk(member), double(score)])
    }
    return wait(call, ms, nullArray)
  }
}

function moving(call: Call, from: string, to: string, ends: Parameters<typeof move>[3][], ms: number): Reply {
  const [fromEnd = 'left', toEnd = 'left'] = ends
  const found = move(call, from, to, fromEnd, toEnd)
  return found.kind === 'null' ? wait(call, ms, nullArray, nothing) : found
}

export const blocking: readonly Command[] = [
  command('blpop', -3, ['write'], [1, -2, 1], popList('left')),
  command('brpop', -3, ['write'], [1, -2, 1], popList('right')),
  command('bzpopmin', -3, ['write', 'fast'], [1, -2, 1], popSortedSet(false)),
  command('bzpopmax', -3, ['write', 'fast'], [1, -2, 1], popSortedSet(true)),
  command('blmove', 6, ['write'], keys.two, (call, [from = '', to = '', fromEnd, toEnd, time]) => {
    const ends = [endOf(fromEnd), endOf(toEnd)]
    return moving(call, from, to, ends, timeout(time))
  }),
  command('brpoplpush', 4, ['write'], keys.two, (call, [from = '', to = '', time]) =>
    moving(call, from, to, ['right', 'left'], timeout(time)),
  ),
  command('blmpop', -5, ['write'], keys.none, (call, [time, ...words]) => {
    const wanted = severalKeys(words, ['left', 'right'])
    const ms = timeout(time)
    return orWait(call, popLists(call, wanted), ms)
  }),
  command('bzmpop', -5, ['write'], keys.none, (call, [time, ...words]) => {
    const wanted = severalKeys(words, ['min', 'max'])
    const ms = timeout(time)
    return orWait(call, popSortedSets(call, wanted), ms)
  }),
  command('xread', -4, ['readonly'], keys.none, (call, words) => {
    const reading = readingOf(call, words)
    const found = readStreams(call, reading)
    if (found !== undefined) return found
    if (reading.block === undefined) return nullArray
    // `$` means what was last when the command came, also when it is looked at again.
    return wait(call, reading.block, nullArray, nullArray, ['xread', 'count', String(reading.count), 'block', '0', 'streams', ...reading.streams.map(([key]) => key), ...reading.streams.map(([, id]) => `${id[0]}-${id[1]}`)]) // biome-ignore format: one command
  }),
]
