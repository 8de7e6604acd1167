import { describe, expect, test } from 'vitest'
import { guest } from './test-guest.ts'
import { callbacks, eventsOf, logLines, runTest, type TestRun } from './test-run.ts'

const cluster = 'outbound|6379||redis.static'
const gateway = (redis = '{ kind: redis }', more = ''): string =>
  `gateway: { ${more} clusters: { "${cluster}": ${redis}, down: { kind: unreachable }, silent: { kind: hang }, web: { kind: echo } } }`
const get = '  - request: { url: http://a/get }\n'
const text = new TextDecoder()

const commands = (run: TestRun): string[] => eventsOf(run, 'redis.command').map(({ argv }) => argv.join(' '))
const replies = (run: TestRun): string[] =>
  eventsOf(run, 'redis.reply').map(({ outcome, reply }) => (outcome === 'reply' ? text.decode(reply) : outcome))
/** Arguments of each `proxy_on_redis_call_response`. */
const answered = (run: TestRun) =>
  eventsOf(run, 'guest.enter')
    .filter(({ callback }) => callback === 'proxy_on_redis_call_response')
    .map(({ args }) => args.map((arg) => ('value' in arg ? arg.value : undefined)))
const findings = (run: TestRun): string[] =>
  run.findings.map(({ rule, params }) => `${rule} ${params.variant ?? ''}`.trim())

/** Asks in request_headers, holds the request, resumes it when the last answer is there. */
const asking = (name: string, words: string[][], init: string[] = []) =>
  guest(
    (g) => ({
      configure: [g.redisInit(name, ...init), g.answer(1)],
      request_headers: [...words.map((each) => g.redis(name, ...each)), g.answer(4)],
      redis_call_response: [g.logRedisStatus(), g.logBuffer(9), g.useStream(), g.resume(0)],
      // A second resume of a running stream is Ok and does nothing.
    }),
    '0_2_100',
  )

describe('a command and its answer', () => {
  const run = runTest({
    gateway: gateway('{ kind: redis, data: { n: 41 } }'),
    plugins: { a: asking(cluster, [['incr', 'n']]) },
    steps: `${get}    expect: { status: 200, redis: { command: INCR, key: n } }\n`,
  })

  test('the answer comes in a root callback after the flush, and the bytes are in buffer 9', () => {
    expect(run.report.failures).toEqual([])
    expect(callbacks(run)[0]).toBe('A.request_headers(6,1) StopAllIterationAndWatermark')
    expect(answered(run)).toEqual([[1, 7, 0, 5]])
    expect(logLines(run)).toEqual(['0', ':42\r\n'])
    const [sent, reply] = ['redis.command', 'redis.reply'].map((type) =>
      run.records.find(({ event }) => event.type === type),
    )
    expect((reply?.at ?? 0) - (sent?.at ?? 0)).toBe(3e6)
  })

  test('the trace and the report name the command, the stream and the plugin', () => {
    expect(run.report.steps[0]?.redis).toEqual([{ command: 'incr', args: ['n'] }])
    expect(run.records.find(({ event }) => event.type === 'redis.command')).toMatchObject({
      stream: 1,
      plugin: 0,
      event: { token: 7, cluster, argv: ['incr', 'n'] },
    })
    expect(run.records.find(({ event }) => event.type === 'redis.reply')).toMatchObject({ stream: 1, plugin: 0 })
  })
})

test('tokens are 7, 11, 15; answers come in the order of the commands', () => {
  const run = runTest({
    gateway: gateway(),
    plugins: {
      a: guest((g) => ({
        configure: [g.redisInit(cluster), g.answer(1)],
        request_headers: [
          g.redis(cluster, 'set', 'a', '1'),
          g.logToken(),
          g.redis(cluster, 'incr', 'a'),
          g.logToken(),
          g.redis(cluster, 'get', 'b'),
        ],
        redis_call_response: [g.logBuffer(9)],
      })),
    },
    steps: `${get}  - advance: 10ms\n`,
  })
  expect(logLines(run)).toEqual(['7', ';', '+OK\r\n', ':2\r\n', '$-1\r\n'])
  expect(eventsOf(run, 'redis.reply').map(({ token }) => token)).toEqual([7, 11, 15])
})

test('a buffer that is full, or of size 0, is sent at once, but never inside the guest call', () => {
  const at = (options: string): number | undefined => {
    const run = runTest({ gateway: gateway(), plugins: { a: asking(cluster + options, [['ping']]) }, steps: get })
    return run.records.find(({ event }) => event.type === 'redis.reply')?.at
  }
  const start = at('?buffer_flush_timeout=0&max_buffer_size_before_flush=0') ?? -1
  expect(at('?buffer_flush_timeout=7')).toBe(start + 7e6)
  expect(at('?max_buffer_size_before_flush=10')).toBe(start)
  expect(at('?db=x')).toBe(start + 3e6)
})

test('keys end on the virtual clock', () => {
  const run = runTest({
    gateway: gateway(),
    plugins: {
      a: asking(cluster, [
        ['incr', 'minute'],
        ['expire', 'minute', '60', 'nx'],
      ]),
    },
    steps: `${get}${get}  - advance: 61s\n${get}`,
  })
  expect(replies(run)).toEqual([':1\r\n', ':1\r\n', ':2\r\n', ':0\r\n', ':1\r\n', ':1\r\n'])
})

describe('login', () => {
  test('the gateway logs in and selects the database when it connects', () => {
    const run = runTest({
      gateway: gateway('{ kind: redis, password: secret, data: { a: zero } }'),
      plugins: { a: asking(`${cluster}?db=2`, [['get', 'a']], ['', 'secret']) },
      steps: get,
    })
    expect(commands(run)).toEqual(['get a'])
    expect(replies(run)).toEqual(['$-1\r\n'])
  })

  test('a refused login shows at the first command, and the finding says why', () => {
    const run = runTest({
      gateway: gateway('{ kind: redis, password: secret }'),
      plugins: { a: asking(cluster, [['get', 'a']], ['', 'wrong']) },
      steps: get,
    })
    expect(replies(run)).toEqual(['-NOAUTH Authentication required.\r\n'])
    expect(logLines(run)[0]).toBe('0')
    expect(findings(run)).toContain('redis-answer no-auth')
  })
})

describe('what goes wrong', () => {
  test('an unknown cluster is BadArgument at both functions, with the known names', () => {
    const name = 'outbound|6379||redis.dns?db=1'
    const run = runTest({
      gateway: gateway(),
      plugins: {
        a: guest((g) => ({
          configure: [g.redisInit(name), g.logStatus(), g.answer(1)],
          request_headers: [g.redis(name, 'get', 'a'), g.logStatus()],
        })),
      },
      steps: get,
    })
    expect(logLines(run)).toEqual(['2', '2'])
    expect(findings(run).filter((each) => each === 'callout-refused other-registry')).toHaveLength(2)
    expect(run.findings[0]?.params).toMatchObject({ cluster: 'outbound|6379||redis.dns' })
  })

  test('the port of a static service is explained', () => {
    const run = runTest({
      gateway: 'gateway: { clusters: { "outbound|80||redis.static": { kind: redis } } }',
      plugins: { a: asking('outbound|6379||redis.static', [['get', 'a']]) },
      steps: get,
    })
    expect(findings(run)).toContain('callout-refused static-port')
  })

  test('a command before init is InternalFailure and says so', () => {
    const run = runTest({
      gateway: gateway(),
      plugins: { a: guest((g) => ({ request_headers: [g.redis(cluster, 'get', 'a'), g.logStatus()] })) },
      steps: get,
    })
    expect(logLines(run)).toEqual([':'])
    expect(findings(run)).toContain('callout-refused not-initialised')
  })

  test.each([
    ['down', 'connect-failure'],
    ['web', 'protocol-error'],
    ['silent', 'timeout'],
  ])('cluster %s: status 1 without bytes, outcome %s', (name, outcome) => {
    const run = runTest({
      gateway: gateway(),
      plugins: {
        a: asking(name, [
          ['get', 'a'],
          ['get', 'b'],
        ]),
      },
      steps: get,
    })
    expect(replies(run)).toEqual([outcome, outcome])
    expect(answered(run)[0]).toEqual([1, 7, 1, 0])
    expect(logLines(run).slice(0, 2)).toEqual(['1', ''])
    expect(findings(run)).toContain(`redis-answer ${outcome}`)
  })

  test('bytes that are no command wait for the timeout; the next command has a new connection', () => {
    const run = runTest({
      gateway: gateway(),
      plugins: {
        a: guest(
          (g) => ({
            configure: [g.redisInit(cluster), g.answer(1)],
            request_headers: [g.redisBytes(cluster, '*2\r\n$3\r\nget\r\n'), g.answer(4)],
            redis_call_response: [g.useStream(), g.resume(0)],
          }),
          '0_2_100',
        ),
        b: asking(cluster, [['ping']]),
      },
      steps: get,
    })
    expect(eventsOf(run, 'redis.command').map(({ argv }) => argv)).toEqual([[], ['ping']])
    expect(replies(run)).toEqual(['timeout', '+PONG\r\n'])
  })

  test('a protocol error is the answer to that command, and ends the connection for those behind it', () => {
    const run = runTest({
      gateway: gateway(),
      plugins: {
        a: guest((g) => ({
          configure: [g.redisInit(cluster), g.answer(1)],
          request_headers: [g.redisBytes(cluster, '*1\r\nping\r\n'), g.redis(cluster, 'get', 'a')],
        })),
      },
      steps: `${get}  - advance: 1s\n`,
    })
    expect(replies(run)).toEqual(["-ERR Protocol error: expected '$', got 'p'\r\n", 'reset'])
  })

  test('a reply in RESP3 is nothing that the gateway reads: status 1, and a new connection speaks RESP2 again', () => {
    const run = runTest({
      gateway: gateway(),
      plugins: {
        a: asking(cluster, [
          ['hello', '3'],
          ['get', 'a'],
        ]),
        b: asking(cluster, [['hgetall', 'none']]),
      },
      steps: get,
    })
    expect(replies(run)).toEqual(['protocol-error', 'protocol-error', '*0\r\n'])
    expect(logLines(run).slice(0, 2)).toEqual(['1', ''])
    expect(findings(run)).toContain('redis-answer protocol-error')
  })

  test('a command that the mock lacks is told apart from a mistyped one', () => {
    const run = runTest({
      gateway: gateway(),
      plugins: {
        a: asking(cluster, [
          ['geoadd', 's', '1', '1', 'a'],
          ['ste', 'a', '1'],
        ]),
      },
      steps: get,
    })
    expect(findings(run)).toEqual(expect.arrayContaining(['redis-answer not-there', 'redis-answer error']))
  })
})

describe('the stream and its answer', () => {
  test('header status 1 of 0_2_100 does not hold a POST until Redis has answered', () => {
    const run = runTest({
      gateway: gateway(),
      plugins: {
        a: guest(
          (g) => ({
            configure: [g.redisInit(cluster), g.answer(1)],
            request_headers: [g.redis(cluster, 'get', 'a'), g.answer(1)],
            request_body: [],
            redis_call_response: [],
          }),
          '0_2_100',
        ),
      },
      steps: '  - request: { url: http://a/post, method: POST, body: hello }\n  - advance: 1s\n',
    })
    expect(findings(run)).toContain('header-stop-released')
  })

  test('an answer that comes when the request is over is noted', () => {
    const run = runTest({
      gateway: gateway(),
      plugins: {
        a: guest((g) => ({
          configure: [g.redisInit(cluster), g.answer(1)],
          request_headers: [g.redis(cluster, 'get', 'a')],
          redis_call_response: [g.useStream(), g.logStatus()],
        })),
      },
      steps: `${get}  - advance: 1s\n`,
    })
    expect(logLines(run)).toEqual(['2'])
    expect(findings(run)).toEqual(expect.arrayContaining(['redis-answer-too-late', 'unknown-context']))
  })

  test('a request whose answer does not resume it hangs, and the finding names the answer', () => {
    const run = runTest({
      gateway: gateway(),
      plugins: {
        a: guest(
          (g) => ({
            configure: [g.redisInit(cluster), g.answer(1)],
            request_headers: [g.redis(cluster, 'get', 'a'), g.answer(4)],
            redis_call_response: [],
          }),
          '0_2_100',
        ),
      },
      steps: get,
    })
    expect(run.findings.find(({ rule }) => rule === 'hung')?.params).toMatchObject({
      variant: 'answered',
      cluster,
      answer: '(nil)',
    })
  })

  test('a plugin that fails to load Redis in plain Envoy says which gateway has it', () => {
    const run = runTest({
      gateway: gateway('{ kind: redis }', 'profile: envoy-1.40,'),
      plugins: { a: asking(cluster, [['ping']]) },
      steps: get,
    })
    expect(run.report.passed).toBe(false)
    expect(findings(run)[0]).toMatch(/^module-rejected/)
  })
})

test('an HTTP request to a Redis cluster is not answered in HTTP', () => {
  const run = runTest({
    gateway: `gateway: { clusters: { r: { kind: redis } }, routes: [{ name: r, cluster: r }] }`,
    steps: `${get}    expect: { status: 503 }\n`,
  })
  expect(run.report.failures).toEqual([])
})

test('each worker has its own connection, the data is one', () => {
  const run = runTest({
    gateway: gateway('{ kind: redis }', 'workers: 2,'),
    plugins: {
      a: asking(cluster, [
        ['incr', 'n'],
        ['client', 'id'],
      ]),
    },
    steps: `${get}${get}${get}`,
  })
  expect(replies(run)).toEqual([':1\r\n', ':1\r\n', ':2\r\n', ':2\r\n', ':3\r\n', ':1\r\n'])
})

describe('steps that ask Redis', () => {
  const steps = `  - redis: { command: [get, k] }
    expect: { received: '"v"' }
  - redis: { cluster: redis.static, database: 3, command: [incrby, n, 5] }
    expect: { received: (integer) 5 }
`
  const run = runTest({ gateway: gateway('{ kind: redis, data: { k: v } }'), steps })

  test('are asked past the gateway and compared with what redis-cli prints', () => {
    expect(run.report.failures).toEqual([])
    expect(run.report.steps).toEqual([
      { kind: 'redis', received: { text: '"v"' } },
      { kind: 'redis', received: { text: '(integer) 5' } },
    ])
  })

  test('leave their keys in the report', () => {
    expect(run.report.redis).toEqual([
      { cluster, database: 0, key: 'k', type: 'string', value: ['v'] },
      { cluster, database: 3, key: 'n', type: 'string', value: ['5'] },
    ])
  })

  test('log in like redis-cli, and fail like it', () => {
    const guarded = runTest({
      gateway: gateway('{ kind: redis, password: secret }'),
      steps: `  - redis: { command: [ping] }
    expect: { received: (error) NOAUTH Authentication required. }
  - redis: { command: [ping], password: secret }
    expect: { received: PONG }
  - redis: { command: [ping], cluster: down }
    expect: { received: { contains: Connection refused } }
`,
    })
    expect(guarded.report.failures).toEqual([])
  })

  test('a cluster that is not there is a problem of the scenario', () => {
    expect(() => runTest({ steps: '  - redis: { command: [ping] }\n' })).toThrow(/redis/)
  })
})

test('a command that waits has its answer when a key is there, or when its time is over on the virtual clock', () => {
  const waits = guest((g) => ({
    configure: [g.redisInit(cluster, '', '', 1000), g.answer(1)],
    request_headers: [g.redis(cluster, 'blpop', 'jobs', '0.3'), g.answer(4)],
    redis_call_response: [g.logBuffer(9), g.useStream(), g.resume(0)],
  }))
  const asked = '  - request: { id: a, url: http://a/get, await: false }\n  - advance: 100ms\n'
  const pushed = `${asked}  - redis: { cluster: "${cluster}", command: [rpush, jobs, one] }\n  - await: a\n`
  const taken = runTest({ gateway: gateway(), plugins: { a: waits }, steps: pushed })
  expect(replies(taken)).toEqual([':1\r\n', '*2\r\n$4\r\njobs\r\n$3\r\none\r\n'])
  const over = runTest({ gateway: gateway(), plugins: { a: waits }, steps: `${asked}  - await: a\n` })
  expect(replies(over)).toEqual(['*-1\r\n'])
  // Three milliseconds are the flush.
  expect(over.records.find(({ event }) => event.type === 'redis.reply')?.at).toBe(303e6)
})
