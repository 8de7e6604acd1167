import { type Call, type Command, command, holding, index, int, isWord, keys, membersOf, refuse } from '../command.ts'
import { matchesGlob } from '../glob.ts'
import { copyOf } from '../keyspace.ts'
import { formatDouble } from '../numbers.ts'
import { array, bulk, bulks, error, errors, integer, nothing, okReply, type Reply, status } from '../reply.ts'
import { sortedMembers } from '../sorted-set.ts'

function remove(call: Call, args: readonly string[]): Reply {
  return integer(args.filter((key) => call.db.delete(key, call.now)).length)
}

function rename(call: Call, from: string, to: string, onlyNew: boolean): Reply {
  const value = call.db.find(from, call.now)
  if (value === undefined) return errors.noSuchKey
  if (from === to) return onlyNew ? integer(0) : okReply
  if (onlyNew && call.db.has(to, call.now)) return integer(0)
  const expiresAt = call.db.expiresAt(from, call.now)
  call.db.delete(to, call.now)
  call.db.delete(from, call.now)
  call.db.set(to, value, expiresAt)
  return onlyNew ? integer(1) : okReply
}

function copy(call: Call, [from = '', to = '', ...words]: readonly string[]): Reply {
  let replace = false
  let database = call.session.database
  for (let at = 0; at < words.length; at++) {
    if (isWord(words[at], 'replace')) replace = true
    else if (isWord(words[at], 'db') && at + 1 < words.length) {
      database = int(words[++at])
      if (call.server.database(database) === undefined) return error('ERR DB index is out of range')
    } else return errors.syntax
  }
  const target = call.server.database(database)
  if (target === call.db && from === to) return error('ERR source and destination objects are the same')
  const value = call.db.find(from, call.now)
  if (value === undefined || target === undefined || (!replace && target.has(to, call.now))) return integer(0)
  target.delete(to, call.now)
  target.set(to, copyOf(value), call.db.expiresAt(from, call.now))
  return integer(1)
}

type ScanOptions = { readonly pattern: string; readonly count: number; readonly type: string | undefined }

function scanOptions(words: readonly string[], withType: boolean): ScanOptions {
  let pattern = '*'
  let count = 10
  let type: string | undefined
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1]
    if (value === undefined) refuse(errors.syntax)
    if (isWord(words[at], 'match')) pattern = value
    else if (isWord(words[at], 'count')) {
      count = index(value)
      if (count < 1) refuse(errors.syntax)
    } else if (withType && isWord(words[at], 'type')) type = value.toLowerCase()
    else refuse(errors.syntax)
  }
  return { pattern, count, type }
}

function cursorOf(text: string | undefined): number {
  if (text === undefined || !/^\d+$/.test(text)) refuse(error('ERR invalid cursor'))
  return Number(text)
}

/** The cursor is a place in the list; a whole round gives every key that was there all the time. */
function page(
  all: readonly string[],
  cursor: number,
  count: number,
): { readonly next: string; readonly part: readonly string[] } {
  const part = all.slice(cursor, cursor + count)
  const end = cursor + part.length
  return { next: end >= all.length ? '0' : String(end), part }
}

function scan(call: Call, [cursorText, ...words]: readonly string[]): Reply {
  const cursor = cursorOf(cursorText)
  const { pattern, count, type } = scanOptions(words, true)
  const { next, part } = page(call.db.keys(call.now), cursor, count)
  const found = part.filter((key) => {
    if (pattern !== '*' && !matchesGlob(pattern, key)) return false
    return type === undefined || call.db.find(key, call.now)?.type === type
  })
  return array([bulk(next), bulks(found)])
}

/** A small sorted set keeps whole numbers as integers, and ZSCAN shows them as it finds them. */
const packed = (score: number): string =>
  Number.isInteger(score) && Math.abs(score) <= 2 ** 62 ? BigInt(score).toString() : formatDouble(score)

/** HSCAN, SSCAN, ZSCAN: small collections come whole, as from a real server. */
function scanInside(pairs: (call: Call, key: string) => readonly (readonly string[])[] | undefined): Command['run'] {
  return (call, [key = '', cursorText, ...words]) => {
    cursorOf(cursorText)
    const items = pairs(call, key)
    if (items === undefined) return array([bulk('0'), bulks([])])
    const { pattern } = scanOptions(words, false)
    const found = items.filter(([name = '']) => pattern === '*' || matchesGlob(pattern, name))
    return array([bulk('0'), bulks(found.flat())])
  }
}

function randomKey(call: Call): Reply {
  const all = call.db.keys(call.now)
  const key = all[call.server.random(all.length)]
  return key === undefined ? nothing : bulk(key)
}

/** FLUSHDB and FLUSHALL take ASYNC or SYNC, which makes no difference here. */
function flush(words: readonly string[], clear: () => void): Reply {
  const [word] = words
  if (words.length > 1 || (word !== undefined && !isWord(word, 'async') && !isWord(word, 'sync'))) return errors.syntax
  clear()
  return okReply
}

export const keyCommands: readonly Command[] = [
  command('del', -2, ['write'], keys.all, remove),
  command('unlink', -2, ['write', 'fast'], keys.all, remove),
  command('exists', -2, ['readonly', 'fast'], keys.all, (call, args) =>
    integer(args.filter((key) => call.db.has(key, call.now)).length),
  ),
  command('touch', -2, ['readonly', 'fast'], keys.all, (call, args) =>
    integer(args.filter((key) => call.db.has(key, call.now)).length),
  ),
  command('type', 2, ['readonly', 'fast'], keys.one, (call, [key = '']) =>
    status(call.db.find(key, call.now)?.type ?? 'none'),
  ),
  command('keys', 2, ['readonly'], keys.none, (call, [pattern = '']) =>
    bulks(call.db.keys(call.now).filter((key) => pattern === '*' || matchesGlob(pattern, key))),
  ),
  command('scan', -2, ['readonly'], keys.none, scan),
  command(
    'hscan',
    -3,
    ['readonly'],
    keys.one,
    scanInside((call, key) => {
      const hash = holding(call, key, 'hash')
      return hash && [...hash.fields]
    }),
  ),
  command(
    'sscan',
    -3,
    ['readonly'],
    keys.one,
    scanInside((call, key) => {
      const set = holding(call, key, 'set')
      return set && membersOf(set).map((member) => [member])
    }),
  ),
  command(
    'zscan',
    -3,
    ['readonly'],
    keys.one,
    scanInside((call, key) => {
      const set = holding(call, key, 'zset')
      if (set === undefined) return undefined
      const small = set.scores.size <= 128 && [...set.scores.keys()].every((member) => member.length <= 64)
      return sortedMembers(set).map(([member, score]) => [member, small ? packed(score) : formatDouble(score)])
    }),
  ),
  command('randomkey', 1, ['readonly', 'random'], keys.none, randomKey),
  command('dbsize', 1, ['readonly', 'fast'], keys.none, (call) => integer(call.db.keys(call.now).length)),
  command('rename', 3, ['write'], keys.two, (call, [from = '', to = '']) => rename(call, from, to, false)),
  command('renamenx', 3, ['write', 'fast'], keys.two, (call, [from = '', to = '']) => rename(call, from, to, true)),
  command('copy', -3, ['write'], keys.two, copy),
  command('move', 3, ['write', 'fast'], keys.one, (call, [key = '', where]) => {
    const database = int(where)
    const target = call.server.database(database)
    if (target === undefined) return error('ERR DB index is out of range')
    if (target === call.db) return error('ERR source and destination objects are the same')
    const value = call.db.find(key, call.now)
    if (value === undefined || target.has(key, call.now)) return integer(0)
    target.set(key, value, call.db.expiresAt(key, call.now))
    call.db.delete(key, call.now)
    return integer(1)
  }),
  command('flushdb', -1, ['write'], keys.none, (call, words) => flush(words, () => call.db.clear())),
  command('flushall', -1, ['write'], keys.none, (call, words) => flush(words, () => call.server.clear())),
]
