import { describe, expect, test } from 'vitest'
import { encodeCommand } from './query.ts'
import { encodeReply } from './reply.ts'
import { RedisServer } from './server.ts'

const start = 1_767_225_600_000

function server(options: Partial<ConstructorParameters<typeof RedisServer>[0]> = {}) {
  const redis = new RedisServer({ username: '', password: '', data: [], random: () => 0, ...options })
  const session = redis.connect()
  const ask = (line: string, after = 0): string => encodeReply(redis.execute(session, line.split(' '), start + after))
  return { redis, session, ask }
}

describe('keys that end', () => {
  test('a key is there up to its last millisecond, and gone after it', () => {
    const { ask } = server()
    expect(ask('set a 1 px 100')).toBe('+OK\r\n')
    expect(ask('pttl a', 40)).toBe(':60\r\n')
    expect(ask('get a', 100)).toBe('$1\r\n1\r\n')
    expect(ask('get a', 101)).toBe('$-1\r\n')
    expect(ask('ttl a', 101)).toBe(':-2\r\n')
    expect(ask('dbsize', 101)).toBe(':0\r\n')
  })

  test('INCR keeps the end, SET takes it away, KEEPTTL does not', () => {
    const { ask } = server()
    ask('setex a 60 1')
    expect(ask('incr a', 10_000)).toBe(':2\r\n')
    expect(ask('ttl a', 10_000)).toBe(':50\r\n')
    ask('set a 5 keepttl', 20_000)
    expect(ask('ttl a', 20_000)).toBe(':40\r\n')
    ask('set a 6', 30_000)
    expect(ask('ttl a', 30_000)).toBe(':-1\r\n')
  })

  test('the limiter of the documents counts anew when its minute is over', () => {
    const { ask } = server()
    expect(ask('incr minute')).toBe(':1\r\n')
    expect(ask('expire minute 60')).toBe(':1\r\n')
    expect(ask('incr minute', 59_999)).toBe(':2\r\n')
    expect(ask('incr minute', 60_001)).toBe(':1\r\n')
    expect(ask('ttl minute', 60_001)).toBe(':-1\r\n')
  })
})

describe('order', () => {
  test('sets of whole numbers are listed in order, others as they were added', () => {
    const { ask } = server()
    ask('sadd n 10 9 -1')
    expect(ask('smembers n')).toBe('*3\r\n$2\r\n-1\r\n$1\r\n9\r\n$2\r\n10\r\n')
    ask('sadd n b a')
    expect(ask('smembers n')).toBe('*5\r\n$2\r\n-1\r\n$1\r\n9\r\n$2\r\n10\r\n$1\r\nb\r\n$1\r\na\r\n')
  })

  test('a scan goes on where it stopped', () => {
    const { ask } = server({ data: Array.from({ length: 25 }, (_, index) => [`k${index}`, '']) })
    expect(ask('scan 0')).toMatch(/^\*2\r\n\$2\r\n10\r\n\*10\r\n/)
    expect(ask('scan 10')).toMatch(/^\*2\r\n\$2\r\n20\r\n\*10\r\n/)
    expect(ask('scan 20')).toMatch(/^\*2\r\n\$1\r\n0\r\n\*5\r\n/)
  })
})

describe('who may ask', () => {
  test('a named user logs in with name and password only', () => {
    const { ask } = server({ username: 'ann', password: 'secret' })
    expect(ask('get a')).toBe('-NOAUTH Authentication required.\r\n')
    expect(ask('auth secret')).toBe('-WRONGPASS invalid username-password pair or user is disabled.\r\n')
    expect(ask('auth ann secret')).toBe('+OK\r\n')
    expect(ask('get a')).toBe('$-1\r\n')
  })
})

describe('scripts', () => {
  const evaluate = (redis: RedisServer, source: string, ...words: string[]): string =>
    encodeReply(redis.execute(redis.connect(), ['eval', source, ...words], start))

  test('that do not end are stopped, and do not stop the server', { timeout: 60_000 }, () => {
    const { redis } = server()
    expect(evaluate(redis, 'while true do end', '0')).toMatch(
      /^-ERR Script killed by user with SCRIPT KILL\.\.\. script: [0-9a-f]{40}, on @user_script:1\.\r\n$/,
    )
    expect(evaluate(redis, 'local function f() return f() end return f()', '0')).toMatch(/stack overflow/)
    expect(evaluate(redis, 'local s = "x" while true do s = s .. s end', '0')).toMatch(/not enough memory/)
    expect(evaluate(redis, 'return 1', '0')).toBe(':1\r\n')
  })

  test('see keys end on the virtual clock, and draw the same numbers in every run', () => {
    const { redis, ask } = server()
    ask('set k v px 100')
    expect(
      encodeReply(redis.execute(redis.connect(), ['eval', "return redis.call('exists', 'k')", '0'], start + 101)),
    ).toBe(':0\r\n')
    const draw = 'return {math.random(1000), math.random(1000)}'
    expect(evaluate(redis, draw, '0')).not.toBe(evaluate(redis, draw, '0'))
    expect(evaluate(server().redis, draw, '0')).toBe(evaluate(server().redis, draw, '0'))
  })

  test('are found by their name until they are flushed', () => {
    const { ask } = server()
    expect(ask('script load return')).toBe('$40\r\n63143b6f8007b98c53ca2149822777b3566f9241\r\n')
    expect(ask('script exists 63143b6f8007b98c53ca2149822777b3566f9241 0')).toBe('*2\r\n:1\r\n:0\r\n')
    expect(ask('evalsha 63143b6f8007b98c53ca2149822777b3566f9241 0')).toBe('$-1\r\n')
    ask('script flush')
    expect(ask('evalsha 63143b6f8007b98c53ca2149822777b3566f9241 0')).toBe(
      '-NOSCRIPT No matching script. Please use EVAL.\r\n',
    )
  })
})

describe('what is missing', () => {
  test('a command that Redis has and the mock has not says so, in other words than a mistyped one', () => {
    const { ask } = server()
    expect(ask('geoadd a 0')).toBe('-ERR not in Proxyground yet: the command GEOADD\r\n')
    expect(ask('geadd a 0')).toBe("-ERR unknown command 'geadd', with args beginning with: 'a' '0' \r\n")
  })
})

describe('bytes of a connection', () => {
  test('half a command waits for the other half', () => {
    const { redis, session } = server()
    const whole = encodeCommand(['ping', 'a\r\nb'])
    const first = redis.receive(session, `${encodeCommand(['echo', 'x'])}${whole.slice(0, 12)}`, start)
    expect(first.replies.map(({ reply }) => reply)).toEqual(['$1\r\nx\r\n'])
    const second = redis.receive(session, first.rest + whole.slice(12), start)
    expect(second).toEqual({
      replies: [{ argv: ['ping', 'a\r\nb'], reply: '$4\r\na\r\nb\r\n' }],
      rest: '',
      closes: false,
    })
  })
})

describe('commands that wait', () => {
  const replies = ({ replies: all }: { readonly replies: readonly { readonly reply: string }[] }) =>
    all.map(({ reply }) => reply)
  const waiting = (command: readonly string[]) => {
    const { redis, session, ask } = server()
    let woken = 0
    session.wake = () => woken++
    const first = redis.receiveOrWait(session, `${encodeCommand(command)}${encodeCommand(['ping'])}`, start)
    return { redis, session, first, woken: () => woken, other: (line: string) => redis.execute(redis.connect(), line.split(' '), start + 5), ask } // biome-ignore format: one line
  }

  test('nothing behind one is read until it has its answer', () => {
    const { redis, session, first, woken, other } = waiting(['blpop', 'a', 'b', '2'])
    expect(first).toEqual({ replies: [], rest: encodeCommand(['ping']), closes: false, until: start + 2000 })
    other('get a')
    expect(woken()).toBe(0)
    other('rpush b x y')
    expect(woken()).toBe(1)
    const then = redis.again(session, first.rest, start + 5)
    expect(replies(then)).toEqual(['*2\r\n$1\r\nb\r\n$1\r\nx\r\n', '+PONG\r\n'])
    expect(redis.execute(session, ['lrange', 'b', '0', '-1'], start + 6)).toMatchObject({ items: [{ value: 'y' }] })
  })

  test('its time over, it answers nothing; at once inside a transaction or a script', () => {
    const { redis, session, first, ask } = waiting(['brpoplpush', 'a', 'b', '0.1'])
    expect(redis.again(session, first.rest, start + 99).until).toBe(start + 100)
    expect(replies(redis.again(session, first.rest, start + 100))).toEqual(['*-1\r\n', '+PONG\r\n'])
    expect(ask('blpop a 0')).toBe('*-1\r\n')
    expect(replies(redis.receiveOrWait(session, 'multi\r\nblmove a b left left 0\r\nexec\r\n', start)).at(-1)).toBe('*1\r\n$-1\r\n') // biome-ignore format: one line
  })

  test('the last id of a stream is the one when the reader came', () => {
    const { redis, session, first, other } = waiting(['xread', 'block', '0', 'streams', 's', '$'])
    expect(first.until).toBe(Number.POSITIVE_INFINITY)
    other('xadd s 5-1 f v')
    expect(replies(redis.again(session, '', start + 5))).toEqual([
      '*1\r\n*2\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n5-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n',
    ])
  })

  test('who is gone takes nothing', () => {
    const { redis, session, woken, other } = waiting(['blpop', 'a', '0'])
    redis.disconnect(session)
    other('rpush a x')
    expect(woken()).toBe(0)
  })
})
