/** WATCH over two connections, the mock beside a real redis-server: what makes EXEC do nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeCommand } from '../../src/sandbox/upstream/redis/query.ts'
import { RedisServer } from '../../src/sandbox/upstream/redis/server.ts'
import { findRedisServer, type RealServer, startRedis } from './real-server.ts'

const program = findRedisServer()

/** Each: what is there before, and what the other connection does while the first one watches `k`. */
const cases: readonly (readonly [before: string, meanwhile: string])[] = [
  ['', 'ping'],
  ['', 'set k v'],
  ['set k v', 'set k v'],
  ['set k v', 'get k'],
  ['set k v', 'set other v'],
  ['set k v', 'expire k 100'],
  ['set k v', 'persist k'],
  ['set k v', 'del k'],
  ['', 'del k'],
  ['set k 1', 'incr k'],
  ['set k 1', 'append k x'],
  ['rpush k a', 'lpush k b'],
  ['rpush k a', 'lset k 0 b'],
  ['rpush k a', 'lrem k 0 z'],
  ['sadd k a', 'sadd k a'],
  ['sadd k a', 'sadd k b'],
  ['hset k f 1', 'hset k f 2'],
  ['zadd k 1 a', 'zadd k 2 a'],
  ['zadd k 1 a', 'zadd k xx gt 0 a'],
  ['set k v', 'rename k other'],
  ['set other v', 'rename other k'],
  ['set k v', 'flushall'],
  ['', 'flushall'],
  ['set k v', 'eval return(redis.call("set","k","w")) 0'],
  ['set k v', 'select 1; set k w'],
  ['set k v', 'multi; set k w; discard'],
  ['set k v', 'multi; set k w; exec'],
  ['setbit k 3 1', 'setbit k 3 0'],
]

describe.skipIf(program === undefined)('WATCH', () => {
  let server: RealServer | undefined
  beforeAll(async () => {
    server = await startRedis(program ?? '')
  })
  afterAll(async () => {
    await server?.stop()
  })

  test.each(cases)('before: %s; meanwhile: %s', async (before, meanwhile) => {
    const words = (line: string) => line.split(' ')
    const watcher = [...(before === '' ? [] : [words(before)]), ['watch', 'k']]
    const other = meanwhile.split('; ').map(words)
    const then = [['multi'], ['incr', 'done'], ['exec'], ['get', 'done']]
    const [first, second] = [await server?.connect(), await server?.connect()]
    const bytes = (commands: readonly (readonly string[])[]) => commands.map(encodeCommand).join('')
    await first?.ask(bytes([['flushall']]), 1)
    await first?.ask(bytes(watcher), watcher.length)
    await second?.ask(bytes(other), other.length)
    const real = await first?.ask(bytes(then), then.length)
    first?.close()
    second?.close()
    const mock = new RedisServer({ username: '', password: '', data: [], random: () => 0 })
    const [one, two] = [mock.connect(), mock.connect()]
    mock.receive(one, bytes(watcher), 1e12)
    mock.receive(two, bytes(other), 1e12)
    expect(mock.receive(one, bytes(then), 1e12).replies.map(({ reply }) => reply)).toEqual(real)
  })
})

test('a key that ended while it was watched counts as changed', () => {
  const mock = new RedisServer({ username: '', password: '', data: [], random: () => 0 })
  const session = mock.connect()
  const send = (now: number, ...commands: readonly string[]) =>
    mock.receive(session, commands.map((line) => encodeCommand(line.split(' '))).join(''), now).replies.at(-1)?.reply
  send(1000, 'set k v px 50', 'watch k')
  expect(send(2000, 'multi', 'ping', 'exec')).toBe('*-1\r\n')
  expect(send(2000, 'watch k', 'multi', 'ping', 'exec')).toBe('*1\r\n+PONG\r\n')
})
