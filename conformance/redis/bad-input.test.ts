/** What no good client sends, the mock beside a real redis-server: broken RESP, values that are too long, scripts that do not end. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeCommand } from '../../src/sandbox/upstream/redis/query.ts'
import { RedisServer } from '../../src/sandbox/upstream/redis/server.ts'
import { findRedisServer, type RealServer, startRedis } from './real-server.ts'

const program = findRedisServer()
const e = (line: string): string => encodeCommand(line.split(' '))

/** Bytes of one connection; a command behind them tells what goes on from what is closed. */
const broken: readonly string[] = [
  '*1\r\n$134217729\r\n',
  '*1\r\n$600000000\r\n',
  '*1\r\n$-1\r\n',
  '*1\r\nfoo\r\n',
  '*abc\r\n',
  '*1\r\n$abc\r\n',
  '*-5\r\n',
  '*0\r\n',
  '*-9223372036854775809\r\n',
  '*2147483648\r\n',
  '*1\r\n$ 4\r\nping\r\n',
  '*+1\r\n$4\r\nping\r\n',
  '*1\r\n$04\r\nping\r\n',
  '*1\r\n:4\r\n',
  '*1\r\n$4\r\nPINGxx',
  '*3\r\n$3\r\nset\r\n$1\r\nk\r\n$3\r\nabcde',
  '*1\r\n$0\r\n\r\n',
  '>1\r\n$4\r\nping\r\n',
  'foo "bar\r\n',
  "x 'a\r\n",
  '"a"b\r\n',
  "set k 'v'x\r\n",
  'set k "\\x41\\n\\q"\r\nget k\r\n',
  '\r\n\r\n',
  'ping\n',
  'nosuch a b\r\n',
  '*2\r\n$6\r\nno\r\nsu\r\n$3\r\na\0b\r\n',
  'POST / HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
  `${e('get k')}*1\r\n$4\r\npost\r\n`,
  'a'.repeat(65_600),
  `*${'1'.repeat(65_600)}`,
  `*1\r\n$${'1'.repeat(65_600)}`,
  'quit\r\n',
]

/** Nothing is answered, not even what follows: the server waits for the end of a line that it cannot see. */
const waiting: readonly string[] = ['\0\0\r\n', 'ping\0\r\n', '*1\r\n\0\r\n', '*1\0\r\n', '*1\r\n$4\0\r\n']

/** On a server with a password, before it was given. */
const before: readonly string[] = [
  '*11\r\n',
  '*10\r\n',
  '*1\r\n$16385\r\n',
  '*1\r\n$16384\r\n',
  '*2\r\n$4\r\nauth\r\n$6\r\nsecret\r\n*11\r\n',
  'get k\r\n',
]

/** With `proto-max-bulk-len 128mb`, as the mock has it. */
const long: readonly string[] = [
  'setrange k 134217727 x',
  'strlen k',
  'append k x',
  'append k xy',
  'strlen k',
  'setrange k 134217728 x',
  'setrange k 134217720 12345678',
  'setrange k 134217721 12345678',
  'setrange k 536870912 x',
  'setrange k 9223372036854775807 x',
  'setrange k 134217728 ',
  'setbit b 1073741824 1',
  'setbit b 4294967296 1',
  'setbit b -1 1',
  'getbit k 1073741823',
  'config get proto-max-bulk-len',
  'del k',
]

const named = (bytes: string) => [JSON.stringify(bytes).slice(0, 60), bytes] as const
const behind = e('echo the-end')

function atMock(bytes: string, password = ''): string {
  const mock = new RedisServer({ username: '', password, data: [], random: () => 0 })
  const { replies } = mock.receive(mock.connect(), bytes, 1e12)
  return replies.map(({ reply }) => reply).join('')
}

describe.skipIf(program === undefined)('beside a real server', () => {
  let open: RealServer | undefined
  let locked: RealServer | undefined
  beforeAll(async () => {
    open = await startRedis(program ?? '', ['--proto-max-bulk-len', '128mb', '--busy-reply-threshold', '20'])
    locked = await startRedis(program ?? '', ['--requirepass', 'secret'])
  })
  afterAll(async () => {
    await open?.stop()
    await locked?.stop()
  })

  test.each([...broken, ...waiting].map(named))('%s', async (_name, bytes) => {
    await open?.allOf(e('flushall'))
    expect(atMock(bytes + behind)).toBe(await open?.allOf(bytes + behind))
  })

  test.each(before)('before the password: %j', async (bytes) => {
    expect(atMock(bytes + behind, 'secret')).toBe(await locked?.allOf(bytes + behind))
  })

  test('values that are too long', async () => {
    await open?.allOf(e('flushall'))
    const bytes = long.map(e).join('')
    expect(atMock(bytes).split('\r\n')).toEqual((await open?.allOf(bytes))?.split('\r\n'))
  })

  test('a script that is stopped answers as after SCRIPT KILL, and SCRIPT KILL finds nothing to stop', async () => {
    const [busy, other] = [await open?.connect(), await open?.connect()]
    const script = encodeCommand(['eval', 'local n = 0\nwhile true do n = n + 1 end', '0'])
    const asked = busy?.ask(script, 1)
    let said: readonly string[] | undefined
    do said = await other?.ask(e('script kill'), 1)
    while (said?.[0]?.startsWith('-NOTBUSY'))
    expect(atMock(script)).toBe((await asked)?.[0])
    expect(atMock(e('script kill'))).toBe((await other?.ask(e('script kill'), 1))?.[0])
    busy?.close()
    other?.close()
  }, 120_000)
})

describe('the mock', () => {
  test.each([
    ['walks over one string again and again', 'while true do string.find(string.rep("a", 20000), ".-.-.-b") end'],
    ['tries every way of a pattern', 'return string.find(string.rep("a", 5000), ".*.*.*.*.*.*b")'],
    ['fills its memory', 'local t = {} while true do t[#t + 1] = string.rep("x", 1000000) .. #t end'],
    ['catches its end', 'while true do pcall(function() while true do end end) end'],
    [
      'copies a long value for a bit',
      'redis.call("setbit", "k", 1000000000, 1) for i = 1, 1e9 do redis.call("setbit", "k", i, 1) end',
    ],
    [
      'sorts',
      'local t = {} for i = 1, 100000 do t[i] = -i end while true do table.sort(t, function(a, b) return a < b end) end',
    ],
  ])(
    'a script that %s is stopped and said to be',
    (_what, source) => {
      const notes: string[] = []
      const mock = new RedisServer({ username: '', password: '', data: [], random: () => 0 })
      mock.told = (note) => notes.push(note)
      const { replies } = mock.receive(mock.connect(), encodeCommand(['eval', source, '0']), 1e12)
      expect(replies[0]?.reply).toMatch(/^-ERR Script killed by user with SCRIPT KILL\.\.\. script: /)
      expect(notes).toEqual([expect.stringContaining('took too many steps')])
    },
    120_000,
  )

  test('many long values meet the memory of the server', () => {
    const mock = new RedisServer({ username: '', password: '', data: [], random: () => 0 })
    const bytes = [1, 2, 3, 4, 5].map((n) => e(`setrange k${n} 134217727 x`)).join('')
    const { replies } = mock.receive(mock.connect(), bytes, 1e12)
    expect(replies.map(({ reply }) => reply).slice(3)).toEqual([
      ':134217728\r\n',
      "-OOM command not allowed when used memory > 'maxmemory'.\r\n",
    ])
  })
})
