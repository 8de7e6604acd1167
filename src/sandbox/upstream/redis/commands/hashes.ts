import {
  type Call,
  type Command,
  command,
  dropIfEmpty,
  holding,
  holdingOrNew,
  keys,
  long,
  newHash,
  refuse,
} from '../command.ts'
import { addLongDouble, formatLongDouble, parseLongDouble } from '../long-double.ts'
import { fitsLong, parseLong } from '../numbers.ts'
import {
  array,
  bulk,
  bulkOrNull,
  bulks,
  error,
  errors,
  integer,
  mapOf,
  nothing,
  okReply,
  type Reply,
} from '../reply.ts'

const fieldsOf = (call: Call, key: string): ReadonlyMap<string, string> =>
  holding(call, key, 'hash')?.fields ?? new Map<string, string>()

function set(name: string, reply: (added: number) => Reply): Command['run'] {
  return (call, [key = '', ...pairs]) => {
    if (pairs.length % 2 === 1) return error(`ERR wrong number of arguments for '${name}' command`)
    const hash = holdingOrNew(call, key, 'hash', newHash)
    const before = hash.fields.size
    for (let at = 0; at < pairs.length; at += 2) hash.fields.set(pairs[at] ?? '', pairs[at + 1] ?? '')
    return reply(hash.fields.size - before)
  }
}

function count(call: Call, [key = '', field = '', by]: readonly string[]): Reply {
  const step = long(by)
  const old = fieldsOf(call, key).get(field)
  const start = old === undefined ? 0n : (parseLong(old) ?? refuse(error('ERR hash value is not an integer')))
  if (!fitsLong(start + step)) return errors.overflow
  holdingOrNew(call, key, 'hash', newHash).fields.set(field, String(start + step))
  return integer(start + step)
}

function countFloat(call: Call, [key = '', field = '', by = '']: readonly string[]): Reply {
  const step = parseLongDouble(by) ?? refuse(errors.notFloat)
  if (step === 'infinite') return error('ERR value is NaN or Infinity')
  const old = fieldsOf(call, key).get(field)
  const start = parseLongDouble(old ?? '0') ?? refuse(error('ERR hash value is not a float'))
  const sum = start === 'infinite' ? 'infinite' : addLongDouble(start, step)
  if (sum === 'infinite') return error('ERR increment would produce NaN or Infinity')
  const shown = formatLongDouble(sum)
  holdingOrNew(call, key, 'hash', newHash).fields.set(field, shown)
  return bulk(shown)
}

function remove(call: Call, [key = '', ...names]: readonly string[]): Reply {
  const hash = holding(call, key, 'hash')
  if (hash === undefined) return integer(0)
  const gone = names.filter((name) => hash.fields.delete(name)).length
  dropIfEmpty(call, key, hash)
  return integer(gone)
}

export const hashes: readonly Command[] = [
  command('hset', -4, ['write', 'fast'], keys.one, set('hset', integer)),
  command(
    'hmset',
    -4,
    ['write', 'fast'],
    keys.one,
    set('hmset', () => okReply),
  ),
  command('hsetnx', 4, ['write', 'fast'], keys.one, (call, [key = '', field = '', value = '']) => {
    if (fieldsOf(call, key).has(field)) return integer(0)
    holdingOrNew(call, key, 'hash', newHash).fields.set(field, value)
    return integer(1)
  }),
  command('hget', 3, ['readonly', 'fast'], keys.one, (call, [key = '', field = '']) =>
    bulkOrNull(fieldsOf(call, key).get(field)),
  ),
  command('hmget', -3, ['readonly', 'fast'], keys.one, (call, [key = '', ...names]) => {
    const fields = fieldsOf(call, key)
    return array(names.map((name) => (fields.has(name) ? bulkOrNull(fields.get(name)) : nothing)))
  }),
  command('hdel', -3, ['write', 'fast'], keys.one, remove),
  command('hlen', 2, ['readonly', 'fast'], keys.one, (call, [key = '']) => integer(fieldsOf(call, key).size)),
  command('hstrlen', 3, ['readonly', 'fast'], keys.one, (call, [key = '', field = '']) =>
    integer(fieldsOf(call, key).get(field)?.length ?? 0),
  ),
  command('hexists', 3, ['readonly', 'fast'], keys.one, (call, [key = '', field = '']) =>
    integer(fieldsOf(call, key).has(field) ? 1 : 0),
  ),
  command('hkeys', 2, ['readonly'], keys.one, (call, [key = '']) => bulks(fieldsOf(call, key).keys())),
  command('hvals', 2, ['readonly'], keys.one, (call, [key = '']) => bulks(fieldsOf(call, key).values())),
  command('hgetall', 2, ['readonly', 'random'], keys.one, (call, [key = '']) =>
    mapOf([...fieldsOf(call, key)].map(([field, value]) => [bulk(field), bulk(value)])),
  ),
  command('hincrby', 4, ['write', 'fast'], keys.one, count),
  command('hincrbyfloat', 4, ['write', 'fast'], keys.one, countFloat),
]
