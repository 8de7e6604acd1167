/**
 * The Redis mock beside a real redis-server: the same commands, the same bytes. `npm run redis:fuzz` tries more, with
 * PROXYGROUND_REDIS_RUNS and PROXYGROUND_REDIS_SEED.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandTable, notThereYet } from '../../src/sandbox/upstream/redis/commands/table.ts'
import { encodeCommand } from '../../src/sandbox/upstream/redis/query.ts'
import { scriptName } from '../../src/sandbox/upstream/redis/script.ts'
import { RedisServer } from '../../src/sandbox/upstream/redis/server.ts'
import { bytes, protocol, sequence } from './commands.ts'
import { differences, withoutServer } from './compare.ts'
import { findRedisServer, type RealConnection, type RealServer, startRedis } from './real-server.ts'
import { scripts } from './scripts.ts'
import { sequences } from './sequences.ts'

const program = findRedisServer()
const runs = Number(process.env.PROXYGROUND_REDIS_RUNS ?? 500)
const seed = Number(process.env.PROXYGROUND_REDIS_SEED ?? 20261121)

describe.skipIf(program === undefined)('the Redis mock beside a real redis-server', () => {
  let server: RealServer | undefined
  let connection: RealConnection | undefined

  beforeAll(async () => {
    server = await startRedis(program ?? '')
    connection = await server.connect()
  })
  afterAll(async () => {
    connection?.close()
    await server?.stop()
  })

  test(`answers ${runs} random sequences byte for byte`, { timeout: runs * 200 }, async () => {
    const real = connection
    if (real === undefined) throw new Error('no connection')
    await fc.assert(
      fc.asyncProperty(sequence, protocol, async (commands, version) => {
        expect(await differences(real, commands, version)).toEqual([])
      }),
      { seed, numRuns: runs },
    )
  })

  test.each(sequences)('%s', async (_, commands) => {
    if (connection === undefined) throw new Error('no connection')
    expect(await differences(connection, commands)).toEqual([])
  })

  test('reads whatever bytes clients send as the real one does', { timeout: runs * 200 }, async () => {
    const mock = new RedisServer({ username: '', password: '', data: [], random: () => 0 })
    await fc.assert(
      fc.asyncProperty(bytes, async (sent) => {
        const ours = mock.receive(mock.connect(), `${sent}\r\nping end\r\n`, 0)
        const real = await server?.connect()
        // A reply more than ours is waited for only where the mock says that the connection closes.
        const theirs = await real?.ask(`${sent}\r\nping end\r\n`, ours.replies.length + (ours.closes ? 1 : 0))
        real?.close()
        expect(theirs).toEqual(ours.replies.map(({ reply }) => reply))
      }),
      { seed, numRuns: Math.ceil(runs / 10) },
    )
  })

  test('every command of the real one is there, or is told apart from a mistyped name', async () => {
    const [list = ''] = (await connection?.ask(encodeCommand(['command', 'list']), 1)) ?? []
    const theirs = list.split('\r\n').filter((line) => /^[a-z_-]+$/.test(line))
    expect(theirs.length).toBeGreaterThan(200)
    expect(theirs.filter((name) => !commandTable.has(name)).sort()).toEqual([...notThereYet].sort())
  })

  test.each(scripts.map(([source, keys = [], args = []]) => ({ source, keys, args })))(
    'runs a script as the real one does: $source',
    async ({ source, keys, args }) => {
      const real = connection
      if (real === undefined) throw new Error('no connection')
      const run = ['eval', source, String(keys.length), ...keys, ...args]
      // Twice: limiters and loads go on from what the first run left.
      const commands = [
        ['set', 'text', 'abc'],
        ['set', 'num', '5', 'ex', '1000'],
        ['rpush', 'list', 'a', 'b'],
        ['hset', 'hash', 'f', 'v'],
        run,
        run,
        ['evalsha', scriptName(source), '0'],
        ['get', 'k'],
      ]
      expect(await differences(real, commands)).toEqual([])
    },
  )

  test.each([
    [['get', 'a']],
    [
      ['auth', 'wrong'],
      ['get', 'a'],
    ],
    [
      ['auth', 'secret'],
      ['set', 'a', '1'],
      ['get', 'a'],
    ],
    [['auth', 'default', 'secret'], ['ping']],
    [['auth', 'someone', 'secret'], ['ping']],
    [['auth', 'a', 'b', 'c'], ['auth'], ['nonsense'], ['get'], ['ping']],
    [['hello', '3'], ['hello', '3', 'auth', 'default', 'secret'], ['hgetall', 'h'], ['get', 'a'], ['reset'], ['ping']],
    [['hello', '2'], ['hello', '2', 'auth', 'default', 'x'], ['hello', '2', 'auth', 'default', 'secret'], ['dbsize']],
    [['auth', 'secret'], ['select', '3'], ['reset'], ['get', 'a']],
  ])('asks for the password as the real one does: %j', async (...commands) => {
    const guarded = await startRedis(program ?? '', ['--requirepass', 'secret'])
    const real = await guarded.connect()
    const mock = new RedisServer({ username: '', password: 'secret', data: [], random: () => 0 })
    const sent = commands.map(encodeCommand).join('')
    const theirs = await real.ask(sent, commands.length)
    real.close()
    await guarded.stop()
    const ours = mock.receive(mock.connect(), sent, 0).replies.map(({ reply }) => reply)
    expect(ours.map(withoutServer)).toEqual(theirs.map(withoutServer))
  })
})
