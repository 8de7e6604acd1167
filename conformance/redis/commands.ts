/** Random commands: mostly well formed, on few keys, so that they meet each other; some with wrong words or too many. */
import fc from 'fast-check'

export type Words = readonly string[]

const key = fc.constantFrom('a', 'b', 'c', 'd', 'list', 'hash', 'set', 'zset', 'num')
const field = fc.constantFrom('f', 'g', 'h', '', '7', 'é'.normalize('NFC').slice(0, 1))
const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('x', 'y', 'hello world', '', 'Ünï', 'a\r\nb', '\0\x01\xff', 'abcdef') },
  { weight: 3, arbitrary: fc.integer({ min: -20, max: 20 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('9223372036854775807', '-9223372036854775808', '9223372036854775808') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('007', '+1', ' 1', '1 ', '-0', '1e3', '0x10', '3.14', '-1.5e-3', '.5', '5.'),
  },
)
const whole = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -6, max: 12 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('9223372036854775807', '-9223372036854775808', 'abc', '1.5', '', '-0') },
)
const count = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 4 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('-1', 'abc', '9223372036854775807') },
)
const float = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -50, max: 50 }).map((value) => String(value / 10)) },
  { weight: 3, arbitrary: fc.constantFrom('1', '2', '3', '-1', '0.1', '0.2', '1e2', '1.5e-5') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('inf', '-inf', '+inf', 'nan', 'abc', '', ' 1', '3e400', '1e17', '0x1p3', '-0'),
  },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map(String) },
)
/** Far enough that no test run sees it end; the past, which ends a key at once; and what is no time. */
const seconds = fc.constantFrom('1000', '5000', '86400', '100000000', '-1', '0', 'abc', '9223372036854775807', '1.5')
const moment = fc.constantFrom('4102444800', '1', '-5', 'abc', '9223372036854775')
const momentMs = fc.constantFrom('4102444800000', '4102444800123', '1', '-5', '9223372036854775807')
/** A key that is stored with its end in the past is counted by DBSIZE until the real server looks at it. */
const later = fc.constantFrom('4102444800', '-5', 'abc', '9223372036854775')
const laterMs = fc.constantFrom('4102444800000', '-5', '9223372036854775807')
const lexBound = fc.constantFrom('-', '+', '[x', '(x', '[a', '(y', 'x', '', '[', '[\xff')
const scoreBound = fc.oneof(
  float,
  float.map((value) => `(${value}`),
  fc.constantFrom('-inf', '+inf', '(-inf', '(', '(abc'),
)
const pattern = fc.constantFrom(
  '*',
  'a*',
  '?',
  '[ab]',
  '[^a]',
  'l*t',
  '*s*',
  '[a-c]',
  '\\a',
  '**',
  'zset',
  '[',
  'h[a',
  '',
)

type Word = fc.Arbitrary<string>
type Part = Word | fc.Arbitrary<Words>
const literal = (...words: string[]): fc.Arbitrary<Words> => fc.constant(words)
const some = (...parts: Part[]): fc.Arbitrary<Words> => fc.tuple(...parts).map((found) => found.flat())
const many = (part: Part, max = 3, min = 1): fc.Arbitrary<Words> =>
  fc.array<string | Words>(part, { minLength: min, maxLength: max }).map((found) => found.flat())
const maybe = (...parts: Part[]): fc.Arbitrary<Words> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant<Words>([]) }, { weight: 1, arbitrary: some(...parts) })
const either = (...parts: Part[]): Part => fc.oneof(...parts.map((part) => some(part)))

const setOption = either(
  literal('NX'),
  literal('xx'),
  literal('GET'),
  literal('KEEPTTL'),
  some(fc.constant('EX'), seconds),
  some(fc.constant('px'), seconds),
  some(fc.constant('EXAT'), later),
  some(fc.constant('PXAT'), laterMs),
  literal('what'),
)
const expiryOption = either(literal('NX'), literal('XX'), literal('GT'), literal('LT'), literal('ZZ'))
const scanOption = either(some(fc.constant('match'), pattern), literal('type', 'string'), literal('odd'))
const rangeOption = either(
  literal('WITHSCORES'),
  literal('REV'),
  literal('BYSCORE'),
  literal('BYLEX'),
  some(fc.constant('LIMIT'), whole, whole),
)
const addOption = either(literal('NX'), literal('XX'), literal('GT'), literal('LT'), literal('CH'), literal('INCR'))
const anyBound = fc.oneof(whole, scoreBound, lexBound)
const bitOffset = fc.constantFrom('0', '1', '7', '8', '19', '-1', 'x', '4294967296')
const bitUnit = fc.constantFrom('BIT', 'byte', 'nibble')
const streamId = fc.constantFrom(
  '-',
  '+',
  '0',
  '1',
  '2',
  '5',
  '1-1',
  '5-3',
  '5-0',
  '(1-1',
  '(5',
  '0-0',
  '$',
  '>',
  '1-',
  'x',
  '18446744073709551615-18446744073709551615',
)
/** No `*`: the clock of the real server goes on. */
const addedId = fc.constantFrom(
  '1-1',
  '1-2',
  '2',
  '5-*',
  '5-*',
  '6-*',
  '7',
  '7-1',
  '8',
  '9-*',
  '0-0',
  '0-*',
  'x',
  '1-x',
  '-1',
)
const trimOption = either(
  some(fc.constantFrom('MAXLEN', 'maxlen'), maybe(fc.constantFrom('=', '~')), count),
  some(fc.constant('MINID'), maybe(fc.constantFrom('=', '~')), streamId),
  literal('NOMKSTREAM'),
  some(fc.constant('LIMIT'), count),
)
const algebraOption = either(
  some(fc.constant('WEIGHTS'), float, float),
  some(fc.constant('weights'), float),
  some(fc.constant('AGGREGATE'), fc.constantFrom('sum', 'MIN', 'max', 'avg')),
  literal('WITHSCORES'),
)
/** Mostly as many keys as are announced. */
const counted = fc.oneof(
  some(literal('1'), key),
  some(literal('2'), key, key),
  some(literal('3'), key, key, key),
  some(count, many(key)),
)
const briefly = fc.constantFrom('0.001', '0.001', '-1', 'x', 'inf')
const side = fc.constantFrom('LEFT', 'right', 'up')

/** Name and the words after it. */
const shapes: readonly (readonly [name: string, ...parts: Part[]])[] = [
  ['get', key],
  ['set', key, text, many(setOption, 2, 0)],
  ['set', key, text],
  ['setnx', key, text],
  ['setex', key, seconds, text],
  ['psetex', key, seconds, text],
  ['getset', key, text],
  ['getdel', key],
  [
    'getex',
    key,
    maybe(either(some(fc.constant('EX'), seconds), literal('PERSIST'), some(fc.constant('PXAT'), laterMs))),
  ],
  ['mget', many(key)],
  ['mset', many(some(key, text))],
  ['msetnx', many(some(key, text))],
  ['incr', key],
  ['decr', key],
  ['incrby', key, whole],
  ['decrby', key, whole],
  ['incrbyfloat', key, float],
  ['append', key, text],
  ['strlen', key],
  ['setbit', key, bitOffset, fc.constantFrom('0', '1', '1', '2', 'x')],
  ['getbit', key, bitOffset],
  ['bitcount', key, maybe(whole, whole, maybe(bitUnit))],
  ['bitcount', key, whole],
  ['bitpos', key, fc.constantFrom('0', '1', '0', '1', '2', 'x'), maybe(whole, maybe(whole, maybe(bitUnit)))],
  ['bitop', fc.constantFrom('and', 'OR', 'xor', 'nor'), key, many(key)],
  ['bitop', fc.constant('not'), key, many(key, 2)],
  ['multi'],
  ['exec'],
  ['exec'],
  ['discard'],
  ['watch', many(key, 2)],
  ['unwatch'],
  ['getrange', key, whole, whole],
  ['setrange', key, whole, text],
  ['substr', key, whole, whole],
  ['del', many(key)],
  ['unlink', many(key, 2)],
  ['exists', many(key)],
  ['touch', many(key)],
  ['type', key],
  ['keys', pattern],
  ['scan', fc.constant('0'), fc.constantFrom('count'), fc.constantFrom('1000', '1000', '0', 'x'), maybe(scanOption)],
  ['hscan', key, fc.constant('0'), maybe(some(fc.constant('match'), pattern))],
  ['sscan', key, fc.constant('0'), maybe(some(fc.constant('match'), pattern))],
  ['zscan', key, fc.constant('0'), maybe(some(fc.constant('match'), pattern))],
  ['dbsize'],
  ['rename', key, key],
  ['renamenx', key, key],
  ['copy', key, key, many(either(literal('replace'), some(fc.constant('db'), whole)), 2, 0)],
  ['move', key, whole],
  ['expire', key, seconds, many(expiryOption, 2, 0)],
  ['pexpire', key, seconds, many(expiryOption, 2, 0)],
  ['expireat', key, moment, many(expiryOption, 2, 0)],
  ['pexpireat', key, momentMs, many(expiryOption, 2, 0)],
  ['ttl', key],
  ['pttl', key],
  ['expiretime', key],
  ['pexpiretime', key],
  ['persist', key],
  ['lpush', key, many(text)],
  ['rpush', key, many(text)],
  ['lpushx', key, many(text)],
  ['rpushx', key, many(text)],
  ['lpop', key, maybe(count)],
  ['rpop', key, maybe(count)],
  ['llen', key],
  ['lindex', key, whole],
  ['lrange', key, whole, whole],
  ['ltrim', key, whole, whole],
  ['linsert', key, fc.constantFrom('BEFORE', 'after', 'x'), text, text],
  ['lrem', key, whole, text],
  ['lset', key, whole, text],
  [
    'lpos',
    key,
    text,
    many(
      either(some(fc.constant('rank'), whole), some(fc.constant('count'), count), some(fc.constant('maxlen'), count)),
      2,
      0,
    ),
  ],
  ['rpoplpush', key, key],
  ['lmove', key, key, side, side],
  ['hset', key, many(some(field, text))],
  ['hmset', key, many(some(field, text))],
  ['hsetnx', key, field, text],
  ['hget', key, field],
  ['hmget', key, many(field)],
  ['hdel', key, many(field)],
  ['hlen', key],
  ['hstrlen', key, field],
  ['hexists', key, field],
  ['hkeys', key],
  ['hvals', key],
  ['hgetall', key],
  ['hincrby', key, field, whole],
  // A value of more than 64 bytes makes a hash table of it, whose order is nobody's to foresee.
  ['hincrbyfloat', key, field, float.filter((value) => value !== '3e400')],
  ['sadd', key, many(text)],
  ['srem', key, many(text)],
  ['sismember', key, text],
  ['smismember', key, many(text)],
  ['scard', key],
  ['smembers', key],
  ['sinter', many(key)],
  ['sunion', many(key)],
  ['sdiff', many(key)],
  ['sinterstore', key, many(key)],
  ['sunionstore', key, many(key)],
  ['sdiffstore', key, many(key)],
  ['sintercard', count, many(key), maybe(some(fc.constant('limit'), whole))],
  ['smove', key, key, text],
  ['zadd', key, many(addOption, 2, 0), many(some(float, text))],
  ['zadd', key, many(some(float, text))],
  ['zincrby', key, float, text],
  ['zscore', key, text],
  ['zmscore', key, many(text)],
  ['zcard', key],
  ['zcount', key, scoreBound, scoreBound],
  ['zlexcount', key, lexBound, lexBound],
  ['zrank', key, text],
  ['zrevrank', key, text],
  ['zrem', key, many(text)],
  ['zrange', key, anyBound, anyBound, many(rangeOption, 3, 0)],
  ['zrevrange', key, whole, whole, maybe(literal('withscores'))],
  ['zrangebyscore', key, scoreBound, scoreBound, many(rangeOption, 2, 0)],
  ['zrevrangebyscore', key, scoreBound, scoreBound, many(rangeOption, 2, 0)],
  ['zrangebylex', key, lexBound, lexBound, many(rangeOption, 1, 0)],
  ['zrevrangebylex', key, lexBound, lexBound, many(rangeOption, 1, 0)],
  ['zremrangebyrank', key, whole, whole],
  ['zremrangebyscore', key, scoreBound, scoreBound],
  ['zremrangebylex', key, lexBound, lexBound],
  ['zunion', counted, many(algebraOption, 2, 0)],
  ['zinter', counted, many(algebraOption, 2, 0)],
  ['zdiff', counted, maybe(literal('withscores'))],
  ['zunionstore', key, counted, many(algebraOption, 2, 0)],
  ['zinterstore', key, counted, many(algebraOption, 2, 0)],
  ['zdiffstore', key, counted],
  ['zintercard', counted, maybe(some(fc.constant('limit'), whole))],
  ['zrangestore', key, key, anyBound, anyBound, many(rangeOption, 2, 0)],
  ['zmpop', counted, fc.constantFrom('MIN', 'max', 'x'), maybe(some(fc.constant('count'), count))],
  ['lmpop', counted, side, maybe(some(fc.constant('count'), count))],
  ['xadd', key, many(trimOption, 2, 0), addedId, many(some(field, text))],
  ['xadd', key, addedId, many(some(field, text))],
  ['xread', maybe(some(fc.constant('count'), whole)), fc.constant('streams'), key, streamId],
  ['xlen', key],
  ['xrange', key, streamId, streamId, maybe(some(fc.constant('count'), whole))],
  ['xrevrange', key, streamId, streamId, maybe(some(fc.constant('count'), whole))],
  ['xdel', key, many(streamId)],
  ['xtrim', key, many(trimOption, 2, 0)],
  ['zpopmin', key, maybe(count)],
  ['zpopmax', key, maybe(count)],
  ['ping', maybe(text)],
  ['echo', text],
  ['select', fc.constantFrom('0', '0', '0', '1', '15', '16', '-1', 'x', '99999999999')],
  ['auth', text, maybe(text)],
  ['client', fc.constantFrom('getname', 'setname'), maybe(field)],
  ['flushdb', maybe(fc.constantFrom('async', 'sync', 'now'))],
  ['hello', fc.constantFrom('1', '2', '3', '3', 'x'), maybe(text)],
  ['nonsense', many(text, 3, 0)],
]

/** Each costs a moment at the real server, so they are rare; with a word more it might wait for ever. */
const waiting: typeof shapes = [
  [
    'xread',
    fc.constant('block'),
    fc.constantFrom('1', '1', '-1', 'x'),
    fc.constant('STREAMS'),
    key,
    key,
    streamId,
    streamId,
  ],
  ['blpop', many(key), briefly],
  ['brpop', many(key), briefly],
  ['bzpopmin', many(key), briefly],
  ['bzpopmax', many(key), briefly],
  ['blmove', key, key, side, side, briefly],
  ['brpoplpush', key, key, briefly],
  ['blmpop', briefly, counted, side],
  ['bzmpop', briefly, counted, fc.constantFrom('MIN', 'max')],
]

const anyOf = (of: typeof shapes): fc.Arbitrary<Words> =>
  fc.oneof(...of.map(([name, ...parts]) => some(literal(name), ...parts)))

const wellFormed = anyOf(shapes)

/** A word too many or too few, now and then, and names in capitals. */
const command: fc.Arbitrary<Words> = fc.oneof(
  { weight: 120, arbitrary: wellFormed },
  { weight: 1, arbitrary: anyOf(waiting) },
  { weight: 10, arbitrary: wellFormed.map(([name = '', ...rest]) => [name.toUpperCase(), ...rest]) },
  { weight: 10, arbitrary: wellFormed.map((words) => (words.length > 1 ? words.slice(0, -1) : words)) },
  { weight: 10, arbitrary: fc.tuple(wellFormed, text).map(([words, more]) => [...words, more]) },
)

export const sequence = fc.array(command, { minLength: 1, maxLength: 40, size: 'max' })
/** The protocol that a sequence begins with. */
export const protocol = fc.constantFrom('2', '3')

const piece = fc.oneof(
  fc.constantFrom(
    '*1\r\n',
    '*2\r\n',
    '*0\r\n',
    '*-1\r\n',
    '*x\r\n',
    '$4\r\n',
    '$-1\r\n',
    '$x\r\n',
    'ping',
    '\r\n',
    '\n',
    '*',
  ),
  fc.constantFrom(
    'ping "a b"',
    "ping 'a\\'b'",
    'ping "\\x41\\n\\q"',
    'ping "open',
    'ping "a"b',
    ' ping  x ',
    '*1\r\n$4\r\nping\r\n',
  ),
  fc.constantFrom(
    '*2\r\n$4\r\nping\r\n$3\r\nabc\r\n',
    '$4\r\nping\r\n',
    ':1\r\n',
    'set a b\r\n',
    'quit\r\n',
    '*2147483648\r\n',
  ),
)
/** What a client might send that speaks the protocol badly. */
export const bytes = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''))
