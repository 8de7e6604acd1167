import { type Call, type Command, command, keys, long } from '../command.ts'
import { error, integer, type Reply, shown } from '../reply.ts'
import { momentOf, type TimeUnit } from './expiry-time.ts'

type Conditions = { readonly nx: boolean; readonly xx: boolean; readonly gt: boolean; readonly lt: boolean }

/** NX, XX, GT, LT in any order; which may stand together is checked as the server does. */
function conditions(words: readonly string[]): Conditions | Reply {
  const given = { nx: false, xx: false, gt: false, lt: false }
  for (const word of words) {
    const name = word.toLowerCase()
    if (name !== 'nx' && name !== 'xx' && name !== 'gt' && name !== 'lt')
      return error(`ERR Unsupported option ${shown(word)}`)
    given[name] = true
  }
  if (given.nx && (given.xx || given.gt || given.lt)) {
    return error('ERR NX and XX, GT or LT options at the same time are not compatible')
  }
  if (given.gt && given.lt) return error('ERR GT and LT options at the same time are not compatible')
  return given
}

function expire(name: string, unit: TimeUnit): Command['run'] {
  return (call, [key = '', value, ...words]) => {
    const given = conditions(words)
    if ('kind' in given) return given
    const moment = momentOf(long(value), unit, call.now, name)
    if (!call.db.has(key, call.now)) return integer(0)
    const current = call.db.expiresAt(key, call.now)
    if (given.nx && current !== undefined) return integer(0)
    if (given.xx && current === undefined) return integer(0)
    // A key without end ends later than any moment.
    if (given.gt && (current === undefined || moment <= current)) return integer(0)
    if (given.lt && current !== undefined && moment >= current) return integer(0)
    if (moment <= call.now) call.db.delete(key, call.now)
    else call.db.setExpiry(key, moment)
    return integer(1)
  }
}

/** -2: no key; -1: no end. */
function left(show: (moment: number, now: number) => number): Command['run'] {
  return (call: Call, [key = '']) => {
    if (!call.db.has(key, call.now)) return integer(-2)
    const moment = call.db.expiresAt(key, call.now)
    return integer(moment === undefined ? -1 : show(moment, Math.floor(call.now)))
  }
}

const seconds = (milliseconds: number): number => Math.floor((milliseconds + 500) / 1000)

export const expiry: readonly Command[] = [
  command('expire', -3, ['write', 'fast'], keys.one, expire('expire', 's')),
  command('pexpire', -3, ['write', 'fast'], keys.one, expire('pexpire', 'ms')),
  command('expireat', -3, ['write', 'fast'], keys.one, expire('expireat', 's-at')),
  command('pexpireat', -3, ['write', 'fast'], keys.one, expire('pexpireat', 'ms-at')),
  command(
    'ttl',
    2,
    ['readonly', 'fast'],
    keys.one,
    left((moment, now) => seconds(moment - now)),
  ),
  command(
    'pttl',
    2,
    ['readonly', 'fast'],
    keys.one,
    left((moment, now) => moment - now),
  ),
  command(
    'expiretime',
    2,
    ['readonly', 'fast'],
    keys.one,
    left((moment) => seconds(moment)),
  ),
  command(
    'pexpiretime',
    2,
    ['readonly', 'fast'],
    keys.one,
    left((moment) => moment),
  ),
  command('persist', 2, ['write', 'fast'], keys.one, (call, [key = '']) => {
    if (call.db.expiresAt(key, call.now) === undefined) return integer(0)
    call.db.setExpiry(key, undefined)
    return integer(1)
  }),
]
