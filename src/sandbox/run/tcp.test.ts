/** TCP connections; what is expected was seen on Envoy 1.40 with the same guests (docs/decisions/tcp.md). */
import { describe, expect, test } from 'vitest'
import { type GuestText, guest } from './test-guest.ts'
import { eventsOf, logLines, runTest, type TestRun } from './test-run.ts'

type Callbacks = Parameters<typeof guest>[0] extends (g: GuestText) => infer C ? C : never

const base = (g: GuestText): Callbacks => ({
  new_connection: [g.log('new_connection')],
  downstream_data: [g.log('downstream_data'), g.logArgument(1), g.logArgument(2), g.logBuffer(2), g.logBuffer(3)],
  upstream_data: [g.log('upstream_data'), g.logArgument(1), g.logArgument(2), g.logBuffer(3)],
  downstream_connection_close: [g.log('downstream_close'), g.logArgument(1)],
  upstream_connection_close: [g.log('upstream_close'), g.logArgument(1)],
  done: [g.log('done')],
  log: [g.log('log')],
  delete: [g.log('delete')],
})
const with_ = (more: (g: GuestText, old: Required<Callbacks>) => Callbacks) =>
  guest((g) => ({ ...base(g), ...more(g, base(g) as Required<Callbacks>) }))
const plain = guest(base)
const whenShort = (g: GuestText): string => `(if (i32.lt_u (local.get 1) (i32.const 6)) (then ${g.answer(1)}))`

const gateway = (cluster: string, more = ''): string => `gateway: { ${more}
  listeners: [{ name: tcp, port: 18002, kind: tcp, plugins: [a], cluster: s }], clusters: { s: ${cluster} } }`
const send = (text: string, more = ''): string => `  - connection: { listener: tcp, send: [${text}]${more} }\n`

function talk(plugin: string, steps: string, cluster = '{ kind: echo }', more = ''): TestRun {
  return runTest({ gateway: gateway(cluster, more), plugins: { a: plugin }, steps })
}
const heard = (run: TestRun): string => logLines(run).join(' ')
const received = (run: TestRun) => run.report.steps[0]?.received

describe('callbacks in order', () => {
  test('the client ends first: its end, the service’s end, closed by the gateway', () => {
    const run = talk(
      plain,
      `${send('{ data: abc }, { data: "", after: 300ms }', ', close: client')}    expect: { received: abc }\n`,
    )
    expect(run.report.failures).toEqual([])
    expect(heard(run)).toBe(
      'new_connection downstream_data 3 0 abc  upstream_data 3 0 abc downstream_data 0 1   upstream_data 0 1  upstream_close 0 downstream_close 1 done log delete',
    )
    expect(eventsOf(run, 'stream.end')).toMatchObject([{ ended: 'complete' }])
  })

  test('the service ends first: its bytes with their end, then the client’s end, closed by the client', () => {
    const run = talk(
      plain,
      send('{ data: abc }', ', close: upstream'),
      '{ kind: tcp, chunks: [{ data: bye, delay: 1ms }] }',
    )
    expect(heard(run)).toBe(
      'new_connection downstream_data 3 0 abc  upstream_data 3 0 bye upstream_data 0 1  upstream_close 0 downstream_data 0 1   downstream_close 2 done log delete',
    )
    expect(received(run)).toEqual({ text: 'bye' })
  })

  test('a service that cannot be reached: closed by the gateway before any data', () => {
    const run = talk(plain, send('{ data: abc }'), '{ kind: unreachable }')
    expect(heard(run)).toBe('new_connection downstream_close 1 done log delete')
    expect(eventsOf(run, 'stream.end')).toMatchObject([{ ended: 'reset', flags: 'UF,URX' }])
  })

  test('bytes that are sent without a pause are one read', () => {
    const run = talk(plain, send('{ data: ab }, { data: c }', ', close: client'))
    expect(heard(run)).toMatch(/^new_connection downstream_data 3 1 abc/)
  })

  test('of two plugins the last one sees the service’s bytes first', () => {
    const run = runTest({
      gateway: gateway('{ kind: echo }').replace('[a]', '[a, b]'),
      plugins: {
        a: guest((g) => ({ downstream_data: [g.log('a down')], upstream_data: [g.log('a up')] })),
        b: guest((g) => ({ downstream_data: [g.log('b down')], upstream_data: [g.log('b up')] })),
      },
      steps: send('{ data: x }', ', close: client'),
    })
    expect(heard(run)).toBe('a down b down b up a up')
  })
})

describe('holding', () => {
  test('downstream bytes that are held are offered again with the new ones', () => {
    const run = talk(
      with_((g, old) => ({ downstream_data: [...old.downstream_data, whenShort(g)] })),
      send('{ data: abc }, { data: defg, after: 150ms }'),
    )
    expect(heard(run)).toMatch(
      /^new_connection downstream_data 3 0 abc {2}downstream_data 7 0 abcdefg {2}upstream_data 7 0 abcdefg/,
    )
    expect(received(run)).toEqual({ text: 'abcdefg' })
    // The end was held as well, so nobody ever closes.
    expect(eventsOf(run, 'hung')).toHaveLength(1)
    expect(run.findings.map(({ rule }) => rule)).toContain('hung')
  })

  test('upstream bytes too; the end of the service is told whatever the plugin answers', () => {
    const run = talk(
      with_((g, old) => ({ upstream_data: [...old.upstream_data, whenShort(g)] })),
      send('{ data: abc }'),
      '{ kind: tcp, chunks: [{ data: one, delay: 1ms }, { data: two3, delay: 100ms }] }',
    )
    expect(heard(run)).toBe(
      'new_connection downstream_data 3 0 abc  upstream_data 3 0 one upstream_data 7 0 onetwo3 downstream_data 0 1   upstream_data 0 1  upstream_close 0 downstream_close 1 done log delete',
    )
    expect(received(run)).toEqual({ text: 'onetwo3' })
  })

  test('continue_stream lets held bytes go on to what is behind the plugin, without asking it again', () => {
    const run = talk(
      with_((g, old) => ({
        downstream_data: [...old.downstream_data, g.tickEvery(50), g.answer(1)],
        tick: [g.log('tick'), g.useStream(), g.resume(2), g.logStatus(), g.tickEvery(0)],
      })),
      send('{ data: abc }', ', close: client'),
    )
    expect(heard(run)).toBe(
      'new_connection downstream_data 3 1 abc  tick 0 upstream_data 3 1 abc upstream_close 0 downstream_close 1 done log delete',
    )
  })

  test('a connection held from its beginning is not even connected until it is let go', () => {
    const run = talk(
      with_((g) => ({
        new_connection: [g.log('new_connection'), g.tickEvery(50), g.answer(1)],
        tick: [g.log('tick'), g.useStream(), g.resume(2), g.tickEvery(0)],
      })),
      send('{ data: abc }', ', close: client'),
    )
    expect(heard(run)).toMatch(/^new_connection tick downstream_data 3 1 abc/)
    expect(run.records.find(({ event }) => event.type === 'upstream.connect')?.at).toBeGreaterThanOrEqual(50e6)
  })

  test('continue_stream of the upstream side is Unimplemented, as on the real host', () => {
    const run = talk(
      guest((g) => ({ downstream_data: [g.resume(3), g.logStatus(), g.resume(0), g.logStatus()] })),
      send('{ data: x }'),
    )
    expect(logLines(run).slice(0, 2)).toEqual(['<', '0'])
  })
})

describe('closing and changing', () => {
  test.each([
    ['downstream', 2],
    ['upstream', 3],
  ] as const)('close_stream of the %s side closes the connection; nothing of this read goes on', (_, side) => {
    const run = talk(
      with_((g, old) => ({ downstream_data: [...old.downstream_data, g.close(side), g.logStatus()] })),
      send('{ data: abc }'),
    )
    expect(heard(run)).toBe('new_connection downstream_data 3 0 abc  0 downstream_close 1 done log delete')
    expect(eventsOf(run, 'upstream.request.body')).toEqual([])
    expect(received(run)).toEqual({ text: '' })
  })

  test('close_stream while the service’s bytes pass: the client does not get them', () => {
    const run = talk(
      with_((g, old) => ({ upstream_data: [...old.upstream_data, g.close(3)] })),
      send('{ data: abc }'),
    )
    expect(heard(run)).toBe(
      'new_connection downstream_data 3 0 abc  upstream_data 3 0 abc downstream_close 1 done log delete',
    )
    expect(received(run)).toEqual({ text: '' })
  })

  test('buffers 2 and 3 can be replaced, also with the end', () => {
    const run = talk(
      with_((g, old) => ({
        downstream_data: [...old.downstream_data, g.setBody(2, 'EDIT')],
        upstream_data: [...old.upstream_data, g.setBody(3, 'BACK')],
      })),
      send('{ data: abc }, { data: "", after: 300ms }', ', close: client'),
    )
    expect(heard(run)).toMatch(/upstream_data 4 0 EDIT downstream_data 0 1 {3}upstream_data 4 1 EDIT upstream_close 0/)
    expect(received(run)).toEqual({ text: 'BACKBACK' })
  })

  test('a local reply does nothing on a connection', () => {
    const run = talk(
      with_((g, old) => ({
        downstream_data: [...old.downstream_data, g.reply(403, 'no'), g.logStatus(), g.answer(1)],
      })),
      send('{ data: abc }, { data: "", after: 300ms }', ', close: client'),
    )
    expect(heard(run)).toMatch(/^new_connection downstream_data 3 0 abc {2}0 downstream_data 3 1 abc {2}0/)
    expect(received(run)).toEqual({ text: '' })
  })

  test('a trap closes the connection without another callback', () => {
    const trapping = with_((g, old) => ({ downstream_data: [...old.downstream_data, g.trap] }))
    const closed = talk(trapping, send('{ data: abc }'))
    expect(heard(closed)).toMatch(
      /^new_connection downstream_data 3 0 abc {2}Function: proxy_on_downstream_data failed/,
    )
    expect(heard(closed)).not.toContain('close')
    expect(eventsOf(closed, 'stream.end')).toMatchObject([{ ended: 'reset', details: 'wasm_fail_stream' }])
  })
})

describe('what a connection has', () => {
  test('attributes of both addresses, its id, and what plugins store', () => {
    const run = talk(
      guest((g) => ({
        new_connection: [
          g.logProperty('source', 'address'),
          g.logProperty('upstream', 'address'),
          g.logProperty('request', 'path'),
          g.logHeader(0, ':path'),
          g.setProperty('x', 'y'),
          g.logProperty('x'),
        ],
        downstream_data: [g.logProperty('upstream', 'address')],
        log: [g.logProperty('upstream', 'address')],
      })),
      send('{ data: x }', ', close: client'),
      '{ kind: echo, hosts: ["10.0.0.7:9000"] }',
      'profile: envoy-1.40,',
    )
    expect(logLines(run)).toEqual(['172.20.0.1:52106', '1', '1', '2', 'y', '10.0.0.7:9000', '10.0.0.7:9000'])
  })

  test('Redis speaks its protocol behind a listener', () => {
    const run = talk(
      plain,
      send(
        '"{ data: \\"PING\\\\r\\\\nSET k v\\\\r\\\\n\\" }"'
          .slice(1, -1)
          .replaceAll('\\"', '"')
          .replaceAll('\\\\', '\\'),
      ),
      '{ kind: redis }',
    )
    expect(received(run)).toEqual({ text: '+PONG\r\n+OK\r\n' })
    expect(run.report.redis).toMatchObject([{ key: 'k', value: ['v'] }])
  })

  test('two connections count on, and HTTP requests are numbered with them', () => {
    const run = runTest({
      gateway:
        'gateway: { listeners: [{ name: main, port: 10000 }, { name: tcp, port: 1, kind: tcp, cluster: e }], clusters: { e: { kind: echo } } }',
      steps: `${send('{ data: a }')}  - request: { url: http://a/get }\n${send('{ data: b }')}`,
    })
    expect(run.records.filter(({ event }) => event.type === 'stream.end').map(({ stream }) => stream)).toEqual([
      1, 2, 3,
    ])
    expect(run.report.steps.map((step) => step.received)).toEqual([{ text: 'a' }, undefined, { text: 'b' }])
  })
})

describe('a service that is broken on purpose', () => {
  const withFault = (fault: string, cluster = 'kind: tcp, echo: true') =>
    talk(plain, send('{ data: abcdef }, { data: ghi, after: 50ms }'), `{ ${cluster}, faults: [{ ${fault} }] }`)
  const ends = (run: TestRun) => eventsOf(run, 'stream.end').map(({ details, flags }) => `${details} ${flags}`)

  test.each([
    ['kind: reset, at: connect', '', 'upstream_connect_failure UF,URX'],
    ['kind: timeout, at: connect', '', 'upstream_connect_failure UF,URX'],
    ['kind: reset', '', 'upstream_reset '],
    ['kind: reset, afterBytes: 4', 'abcd', 'upstream_reset '],
    ['kind: truncate, afterBytes: 8', 'abcdefgh', ' '],
    ['kind: timeout', '', 'tcp_session_idle_timeout '],
    ['kind: timeout, afterBytes: 4', 'abcd', 'tcp_session_idle_timeout '],
    ['kind: latency, latency: 20ms', 'abcdefghi', ' '],
    ['kind: slow, bytes: 2, latency: 5ms', 'abcdefghi', ' '],
  ])('%s', (fault, text, end) => {
    const run = withFault(fault)
    expect(received(run)).toEqual({ text })
    expect(ends(run)).toEqual([end])
  })

  test('a connection that nobody answers is given up after the connect timeout of the cluster', () => {
    const run = withFault('kind: timeout, at: connect', 'kind: tcp, timeout: 300ms')
    expect(eventsOf(run, 'upstream.reset')).toMatchObject([{ reason: 'connection timeout' }])
  })

  test('a Redis that is loading says so to TCP clients too', () => {
    const run = talk(plain, send('{ data: "PING\\r\\n" }'), '{ kind: redis, faults: [{ kind: loading }] }')
    expect(received(run)).toEqual({ text: '-LOADING Redis is loading the dataset in memory\r\n' })
  })
})
