import { expect, test } from 'vitest'
import type { Arg } from '../../model/trace.ts'
import { exchangeOf } from './exchange.ts'
import { bytes, get, num, ok, TraceFixture } from './fixture.ts'
import { defaultScope, scopesOf } from './scopes.ts'
import { type Timeline, timelineOf } from './timeline.ts'

const text = (value: string) => new TextEncoder().encode(value)
const size = (value: number): readonly Arg[] => [num('data_size', value)]

function show(fixture: TraceFixture): Timeline {
  const view = fixture.view()
  const scope = defaultScope(scopesOf(view))
  if (scope === undefined) throw new Error('no scope')
  return timelineOf(view, scope)
}
const lines = ({ flow }: Timeline) =>
  flow.hops.map((hop) => [hop.fromLane, hop.fromRow, hop.toLane, hop.toRow, hop.direction, hop.body])

/** A line of text arrives in two pieces, goes on as one, and the service answers. */
function guardTrace(): TraceFixture {
  return new TraceFixture('guard')
    .event({ type: 'connection.open', listener: 'tcp' })
    .callback(0, 'proxy_on_new_connection', 0, 'Continue')
    .event({ type: 'upstream.connect', cluster: 'service', host: '172.20.0.10:80' })
    .event({ type: 'request.body', data: text('GET na'), endOfStream: false })
    .callback(0, 'proxy_on_downstream_data', 1, 'StopIteration', () => {}, size(6))
    .event({ type: 'chain.pause', direction: 'request', action: 'StopIteration', bufferedBytes: 6 }, 0)
    .wait(20)
    .event({ type: 'request.body', data: text('me\n'), endOfStream: false })
    .callback(0, 'proxy_on_downstream_data', 0, 'Continue', () => {}, size(9))
    .event({ type: 'chain.resume', direction: 'request', by: 'return', bufferedBytes: 0 }, 0)
    .event({ type: 'upstream.request.body', data: text('GET name\n'), endOfStream: false })
    .event({ type: 'upstream.response.body', cluster: 'service', data: text('yes\n'), endOfStream: false })
    .callback(0, 'proxy_on_upstream_data', 0, 'Continue', () => {}, size(4))
    .event({ type: 'response.body', data: text('> yes\n'), endOfStream: false })
    .event({ type: 'request.body', data: text(''), endOfStream: true })
    .callback(0, 'proxy_on_downstream_data', 0, 'Continue')
    .event({ type: 'upstream.request.body', data: text(''), endOfStream: true })
    .end()
}

test('a connection’s line goes from client through the plugin to the service, and so does every piece of data', () => {
  const timeline = show(guardTrace())
  expect(lines(timeline)).toEqual([
    [0, 0, 1, 1, 'request', false],
    [1, 1, 2, 2, 'request', false],
    [0, 3, 1, 4, 'request', true],
    [0, 6, 1, 7, 'request', true],
    [1, 7, 2, 8, 'request', true],
    [2, 9, 1, 10, 'response', true],
    [1, 10, 0, 11, 'response', true],
    [0, 12, 1, 13, 'request', true],
    [1, 13, 2, 14, 'request', true],
  ])
  expect(timeline.flow.holds).toMatchObject([{ lane: 1, from: 4, to: 7 }])
})

test('a data row shows the bytes, and the end of a side says that it is one', () => {
  const { rows } = show(guardTrace())
  const messages = rows.flatMap((row) => (row.kind === 'message' ? [[row.title, row.say[0]?.key]] : []))
  expect(messages).toEqual([
    ['TCP', 'run.row.connects'],
    ['', 'run.row.connected'],
    ['"GET na"', 'run.row.data'],
    ['"me\n"', 'run.row.data'],
    ['"GET name\n"', 'run.row.data'],
    ['"yes\n"', 'run.row.data'],
    ['"> yes\n"', 'run.row.data'],
    ['', 'run.row.closesSide'],
    ['', 'run.row.closesSide'],
  ])
})

test('what each side of a connection got is put together from its pieces', () => {
  const exchange = exchangeOf(guardTrace().records)
  const plain = (body: Uint8Array | undefined) => body && new TextDecoder().decode(body)
  expect(exchange.connection).toBe(true)
  expect(plain(exchange.request?.body)).toBe('GET name\n')
  expect(plain(exchange.response?.body)).toBe('> yes\n')
  expect(exchange.calls).toMatchObject([
    { kind: 'route', cluster: 'service', request: { body: text('GET name\n') }, reply: { body: text('yes\n') } },
  ])
})

const resp = (...words: string[]) =>
  `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`

test('a Redis command has its arrow to the Redis lane and one back from its reply', () => {
  const query = resp('INCR', 'hits')
  const fixture = new TraceFixture('limiter')
    .request(get, true)
    .event({ type: 'route', name: 'httpbin', cluster: 'httpbin' })
    .callback(0, 'proxy_on_request_headers', 1, 'StopAllIterationAndWatermark', (f) =>
      f
        .call('proxy_redis_call', [bytes('cluster', 'redis.static'), bytes('query', query)], [num('token', 7)])
        .event({ type: 'redis.command', token: 7, cluster: 'redis.static', argv: ['INCR', 'hits'] }),
    )
    .event({ type: 'chain.pause', direction: 'request', action: 'StopAllIterationAndWatermark', bufferedBytes: 0 }, 0)
    .wait(1)
    .event({ type: 'redis.reply', token: 7, cluster: 'redis.static', outcome: 'reply', reply: text(':1\r\n') })
    .callback(0, 'proxy_on_redis_call_response', 'nothing', undefined, (f) => f.call('proxy_continue_stream', []))
    .event({ type: 'chain.resume', direction: 'request', by: 'continue_stream', bufferedBytes: 0 }, 0)
    .upstream(get, true)
    .reply(ok, true)
    .event({ type: 'response.headers', headers: ok, endOfStream: true })
    .end()
  const { flow, lanes } = show(fixture)
  expect(lanes.at(-1)).toMatchObject({ kind: 'cluster', name: 'redis.static' })
  expect(flow.callouts).toMatchObject([{ lane: 1, row: 2, cluster: 3, end: { kind: 'answered', row: 4 } }])
  expect(exchangeOf(fixture.records).calls[0]).toMatchObject({
    kind: 'redis',
    cluster: 'redis.static',
    command: 'INCR hits',
    answer: '(integer) 1',
  })
})

test('a Redis command that was refused ends in a cross', () => {
  const fixture = new TraceFixture('limiter')
    .request(get, true)
    .callback(0, 'proxy_on_request_headers', 0, 'Continue', (f) =>
      f.call('proxy_redis_call', [bytes('cluster', 'nowhere'), bytes('query', resp('PING'))], [], 'BadArgument', 2),
    )
    .end()
  expect(show(fixture).flow.callouts).toMatchObject([{ row: 2, end: { kind: 'refused' } }])
})
