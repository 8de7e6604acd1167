import { type Call, type Command, command, holding, isWord, keys, long, makeRoom, refuse } from '../command.ts'
import { addLongDouble, formatLongDouble, parseLongDouble } from '../long-double.ts'
import { clampIndex, fitsLong, longestBulk, parseLong } from '../numbers.ts'
import { array, bulk, bulkOrNull, error, errors, integer, nothing, okReply, type Reply } from '../reply.ts'
import { expiryTime, type TimeUnit } from './expiry-time.ts'

const text = (call: Call, key: string): string | undefined => holding(call, key, 'string')?.bytes

/** Replaces the bytes; the time at which the key ends stays. */
function update(call: Call, key: string, bytes: string): void {
  const found = holding(call, key, 'string')
  if (found === undefined) call.db.set(key, { type: 'string', bytes })
  else found.bytes = bytes
}

type SetOptions = {
  readonly only?: 'nx' | 'xx'
  readonly get: boolean
  readonly keepTtl: boolean
  readonly expiry?: { readonly unit: TimeUnit; readonly value: string }
}

const units: Readonly<Record<string, TimeUnit>> = { ex: 's', px: 'ms', exat: 's-at', pxat: 'ms-at' }

/** The words after `SET key value`; each may stand once, and some exclude each other. */
function setOptions(words: readonly string[]): SetOptions {
  let only: 'nx' | 'xx' | undefined
  let get = false
  let keepTtl = false
  let expiry: SetOptions['expiry']
  for (let at = 0; at < words.length; at++) {
    const word = (words[at] ?? '').toLowerCase()
    const unit = Object.hasOwn(units, word) ? units[word] : undefined
    if ((word === 'nx' || word === 'xx') && (only === undefined || only === word)) only = word
    else if (word === 'get') get = true
    else if (word === 'keepttl' && expiry === undefined) keepTtl = true
    else if (unit !== undefined && !keepTtl && (expiry ?? { unit }).unit === unit && at + 1 < words.length) {
      // The same unit twice: the later one counts.
      expiry = { unit, value: words[++at] ?? '' }
    } else refuse(errors.syntax)
  }
  return { ...(only === undefined ? {} : { only }), get, keepTtl, ...(expiry === undefined ? {} : { expiry }) }
}

function set(call: Call, [key = '', value = '', ...words]: readonly string[]): Reply {
  const options = setOptions(words)
  makeRoom(call, value.length)
  const at =
    options.expiry === undefined ? undefined : expiryTime(options.expiry.value, options.expiry.unit, call.now, 'set')
  const old = options.get ? text(call, key) : undefined
  const there = call.db.has(key, call.now)
  if ((options.only === 'nx' && there) || (options.only === 'xx' && !there)) {
    return options.get ? bulkOrNull(old) : nothing
  }
  const kept = options.keepTtl ? call.db.expiresAt(key, call.now) : undefined
  call.db.set(key, { type: 'string', bytes: value }, at ?? kept)
  return options.get ? bulkOrNull(old) : okReply
}

function setWithTime(name: string, unit: TimeUnit): Command['run'] {
  return (call, [key = '', time = '', value = '']) => {
    call.db.set(key, { type: 'string', bytes: value }, expiryTime(time, unit, call.now, name))
    return okReply
  }
}

function getEx(call: Call, [key = '', ...words]: readonly string[]): Reply {
  const [word, value] = words
  const unit = word === undefined ? undefined : units[word.toLowerCase()]
  const persist = isWord(word, 'persist')
  if (word !== undefined && (persist ? words.length !== 1 : unit === undefined || words.length !== 2)) {
    return errors.syntax
  }
  const found = text(call, key)
  if (found === undefined) return nothing
  if (unit !== undefined) call.db.setExpiry(key, expiryTime(value ?? '', unit, call.now, 'getex'))
  else if (persist) call.db.setExpiry(key, undefined)
  return bulk(found)
}

function multiSet(onlyNew: boolean): Command['run'] {
  return (call, args) => {
    if (args.length % 2 === 1)
      return error(`ERR wrong number of arguments for '${onlyNew ? 'msetnx' : 'mset'}' command`)
    const pairs = Array.from({ length: args.length / 2 }, (_, pair) => [args[2 * pair] ?? '', args[2 * pair + 1] ?? ''])
    if (onlyNew && pairs.some(([key = '']) => call.db.has(key, call.now))) return integer(0)
    for (const [key = '', bytes = ''] of pairs) call.db.set(key, { type: 'string', bytes })
    return onlyNew ? integer(1) : okReply
  }
}

function count(call: Call, key: string, by: bigint): Reply {
  const old = parseLong(text(call, key) ?? '0') ?? refuse(errors.notInteger)
  const value = old + by
  if (!fitsLong(value)) return errors.overflow
  update(call, key, value.toString())
  return integer(value)
}

function countFloat(call: Call, [key = '', by = '']: readonly string[]): Reply {
  const old = parseLongDouble(text(call, key) ?? '0') ?? refuse(errors.notFloat)
  const step = parseLongDouble(by) ?? refuse(errors.notFloat)
  const sum = old === 'infinite' || step === 'infinite' ? 'infinite' : addLongDouble(old, step)
  if (sum === 'infinite') return error('ERR increment would produce NaN or Infinity')
  const shown = formatLongDouble(sum)
  update(call, key, shown)
  return bulk(shown)
}

/** GETRANGE: places from 0, negative from the end, both ends inside. */
function range(bytes: string, start: bigint, end: bigint): string {
  const length = BigInt(bytes.length)
  if (start < 0n && end < 0n && start > end) return ''
  const from = start < 0n ? (start + length < 0n ? 0n : start + length) : start
  const to = end < 0n ? (end + length < 0n ? 0n : end + length) : end >= length ? length - 1n : end
  return from > to || length === 0n ? '' : bytes.slice(Number(from), Number(to) + 1)
}

function setRange(call: Call, [key = '', offset, value = '']: readonly string[]): Reply {
  const at = clampIndex(long(offset))
  if (at < 0) return error('ERR offset is out of range')
  const old = text(call, key)
  if (value === '') return integer(old?.length ?? 0)
  if (at + value.length > longestBulk) return errors.stringTooLong
  makeRoom(call, at + value.length)
  const padded = (old ?? '').padEnd(at, '\0')
  const bytes = padded.slice(0, at) + value + padded.slice(at + value.length)
  update(call, key, bytes)
  return integer(bytes.length)
}

export const strings: readonly Command[] = [
  command('get', 2, ['readonly', 'fast'], keys.one, (call, [key = '']) => bulkOrNull(text(call, key))),
  command('set', -3, ['write'], keys.one, set),
  command('setnx', 3, ['write', 'fast'], keys.one, (call, [key = '', bytes = '']) => {
    if (call.db.has(key, call.now)) return integer(0)
    call.db.set(key, { type: 'string', bytes })
    return integer(1)
  }),
  command('setex', 4, ['write'], keys.one, setWithTime('setex', 's')),
  command('psetex', 4, ['write'], keys.one, setWithTime('psetex', 'ms')),
  command('getset', 3, ['write', 'fast'], keys.one, (call, [key = '', bytes = '']) => {
    const old = text(call, key)
    call.db.set(key, { type: 'string', bytes })
    return bulkOrNull(old)
  }),
  command('getdel', 2, ['write', 'fast'], keys.one, (call, [key = '']) => {
    const old = text(call, key)
    if (old !== undefined) call.db.delete(key, call.now)
    return bulkOrNull(old)
  }),
  command('getex', -2, ['write', 'fast'], keys.one, getEx),
  command('mget', -2, ['readonly', 'fast'], keys.all, (call, args) =>
    array(
      args.map((key) => {
        const found = call.db.find(key, call.now)
        return found?.type === 'string' ? bulk(found.bytes) : nothing
      }),
    ),
  ),
  command('mset', -3, ['write'], keys.pairs, multiSet(false)),
  command('msetnx', -3, ['write'], keys.pairs, multiSet(true)),
  command('incr', 2, ['write', 'fast'], keys.one, (call, [key = '']) => count(call, key, 1n)),
  command('decr', 2, ['write', 'fast'], keys.one, (call, [key = '']) => count(call, key, -1n)),
  command('incrby', 3, ['write', 'fast'], keys.one, (call, [key = '', by]) => count(call, key, long(by))),
  command('decrby', 3, ['write', 'fast'], keys.one, (call, [key = '', by]) => {
    const step = long(by)
    return step === -(2n ** 63n) ? error('ERR decrement would overflow') : count(call, key, -step)
  }),
  command('incrbyfloat', 3, ['write', 'fast'], keys.one, countFloat),
  command('append', 3, ['write', 'fast'], keys.one, (call, [key = '', more = '']) => {
    const bytes = (text(call, key) ?? '') + more
    if (bytes.length > longestBulk) return errors.stringTooLong
    makeRoom(call, bytes.length)
    update(call, key, bytes)
    return integer(bytes.length)
  }),
  command('strlen', 2, ['readonly', 'fast'], keys.one, (call, [key = '']) => integer(text(call, key)?.length ?? 0)),
  command('getrange', 4, ['readonly'], keys.one, (call, [key = '', start, end]) => {
    const [from, to] = [long(start), long(end)]
    return bulk(range(text(call, key) ?? '', from, to))
  }),
  command('substr', 4, ['readonly'], keys.one, (call, [key = '', start, end]) => {
    const [from, to] = [long(start), long(end)]
    return bulk(range(text(call, key) ?? '', from, to))
  }),
  command('setrange', 4, ['write'], keys.one, setRange),
]
