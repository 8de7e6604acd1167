import { describe, expect, test } from 'vitest'
import type { PluginIndex, StreamId, VirtualNs } from '../../model/brand.ts'
import type { TraceEvent } from '../../model/trace.ts'
import { Left } from './codes.ts'
import { Recorder, type RecorderOptions } from './recorder.ts'
import { renderTrace } from './render.ts'
import type { PlainEvent } from './schema.ts'
import type { Signature } from './signature.ts'
import { openTrace } from './view.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const stream = 1 as StreamId
const plugin = 0 as PluginIndex

function recorder(options: Partial<RecorderOptions> = {}, time = { now: 0 }): Recorder {
  const made = new Recorder({ clock: time, clockStart: 0n, ...options })
  made.addPlugin({ index: plugin, name: 'hello', language: 'wat', abi: '0_2_1' })
  return made
}

const everyEvent: readonly PlainEvent[] = [
  { type: 'step', index: 0, label: 'GET /' },
  { type: 'clock.advance', by: 12_345_678_901 as VirtualNs },
  { type: 'configure', phase: 'update' },
  {
    type: 'request.headers',
    listener: 'main',
    protocol: 'h2',
    headers: [
      [':path', '/a'],
      ['x', 'ÿ'],
    ],
    endOfStream: true,
  },
  { type: 'request.body', data: bytes('abc'), endOfStream: false },
  { type: 'request.trailers', trailers: [] },
  { type: 'request.abort' },
  { type: 'response.headers', headers: [[':status', '200']], endOfStream: false },
  { type: 'response.body', data: new Uint8Array(), endOfStream: true },
  { type: 'response.trailers', trailers: [['t', '1']] },
  { type: 'stream.end', ended: 'complete', details: 'via_upstream', flags: '-', accessLog: '{"a":1}' },
  { type: 'route', name: 'default', cluster: 'httpbin' },
  {
    type: 'chain.headers',
    direction: 'request',
    headers: [
      ['a', 'b'],
      ['a', 'b'],
    ],
  },
  { type: 'chain.pause', direction: 'response', action: 'StopIterationAndBuffer', bufferedBytes: 2 ** 33 },
  { type: 'chain.resume', direction: 'request', by: 'continue_stream', bufferedBytes: 0 },
  { type: 'local-reply', status: 403, headers: [], body: bytes('no'), details: 'denied', outcome: 'sent' },
  { type: 'upstream.request', cluster: 'c', host: '1.2.3.4:80', headers: [], endOfStream: true },
  { type: 'upstream.request.body', data: bytes('x'.repeat(200)), endOfStream: true },
  { type: 'upstream.request.trailers', trailers: [['a', '']] },
  { type: 'upstream.response', cluster: 'c', headers: [], endOfStream: false },
  { type: 'upstream.response.body', cluster: 'c', data: bytes('y'), endOfStream: true },
  { type: 'upstream.response.trailers', cluster: 'c', trailers: [] },
  { type: 'upstream.reset', cluster: 'c', reason: 'connect' },
  { type: 'callout.request', token: 4, cluster: 'c', headers: [], body: bytes(''), timeoutMs: 500 },
  { type: 'callout.response', token: 4, cluster: 'c', outcome: 'timeout', headers: [], body: bytes('b'), trailers: [] },
  { type: 'log', level: 'warn', message: 'from the host\u0000', via: 'host', shown: false },
  { type: 'trap', callback: 'proxy_on_tick', kind: 'unreachable', message: 'm', frames: [{ name: 'f', offset: 3 }] },
  { type: 'load-error', message: 'm', reason: { code: 'missing-import', module: 'env', name: 'x' } },
  { type: 'hung', certainty: 'certain', direction: 'request' },
  { type: 'limit', what: 'deadline', count: 1, detail: 'd' },
]

describe('recording', () => {
  test('every event of the gateway comes back as it was', () => {
    const made = recorder()
    for (const event of everyEvent) made.record(event, stream, plugin)
    const view = openTrace(made.data())
    expect(Array.from({ length: view.length }, (_, index) => view.record(index).event)).toEqual(everyEvent)
    expect(view.record(0)).toMatchObject({ seq: 0, at: 0, stream: 1, plugin: 0 })
  })

  test('times above 32 bits, missing stream and missing plugin come back', () => {
    const time = { now: 0 }
    const made = recorder({}, time)
    const times = [0, 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 45 + 7]
    for (const ns of times) {
      time.now = ns
      made.record({ type: 'request.abort' })
    }
    const view = openTrace(made.data())
    expect(times.map((_, index) => view.record(index).at)).toEqual(times)
    expect(view.record(0)).not.toHaveProperty('stream')
    expect(view.record(0)).not.toHaveProperty('plugin')
  })

  test('an events after a guest entry has it as parent, and the entry has the one around it', () => {
    const made = recorder()
    const signature = made.describe({
      name: 'proxy_on_tick',
      params: [{ name: 'root', kind: 'number' }],
      outs: [],
      returns: 'number',
    })
    const outer = made.enter(signature, 1, 0, 0, 1, 1, 0, 0, 0, 0)
    const inner = made.enter(signature, 2, 0, 0, 1, 2, 0, 0, 0, 0)
    made.record({ type: 'request.abort' })
    made.leave(signature, inner, 0, 0, Left.value, -1)
    const at = made.leave(signature, outer, 0, 0, Left.nothing, 0)
    made.setAction(at, 'StopIteration')
    const view = openTrace(made.data())
    expect([0, 1, 2, 3, 4].map((index) => view.record(index).parent)).toEqual([undefined, 1, 2, 1, undefined])
    expect(view.record(3).event).toMatchObject({ type: 'guest.leave', span: 2, returned: 4294967295 })
    expect(view.record(4).event).toMatchObject({ returned: 'nothing', action: 'StopIteration' })
  })
})

const call: Signature = {
  name: 'proxy_test',
  params: [
    { name: 'id', kind: 'number' },
    { name: 'data', kind: 'bytes' },
    { name: 'big', kind: 'i64' },
  ],
  outs: [{ name: 'token', kind: 'number' }],
  returns: 'status',
}

/** A run of `count` host calls, each with a log line and a gateway event inside, then the stream's end. */
function run(options: Partial<RecorderOptions>, count: number, change = ''): Recorder {
  const made = recorder(options)
  const id = made.describe(call)
  const memory = bytes(`some argument${change}`)
  for (let index = 0; index < count; index++) {
    const at = made.calls.beginCall(id, 1, 0)
    const words = made.calls.callWords
    if (at >= 0) {
      words[at] = index
      made.calls.setBytes(words, at + 1, memory, 0, memory.length)
      words[at + 3] = -1
      words[at + 4] = -1
    }
    made.guestLog(1, 0, 2, 0, true, bytes(`line ${index}`))
    made.record({ type: 'route', name: `r${index}`, cluster: 'c' }, stream, plugin)
    if (at >= 0) {
      words[at + 5] = 1
      words[at + 6] = 4 * index
      made.calls.endCall(words, at, 0, undefined)
    }
  }
  made.record({ type: 'stream.end', ended: 'complete', details: '', flags: '-', accessLog: '' }, stream)
  return made
}

describe('limits and hash', () => {
  test('a host call comes before what happened inside it, with its results', () => {
    const view = openTrace(run({}, 1).data())
    expect(view.record(0).event).toEqual({
      type: 'host.call',
      fn: 'proxy_test',
      args: [
        { name: 'id', kind: 'number', value: 0 },
        { name: 'data', kind: 'bytes', value: bytes('some argument') },
        { name: 'big', kind: 'i64', value: -1n },
      ],
      status: 'Ok',
      code: 0,
      out: [{ name: 'token', kind: 'number', value: 0 }],
    } satisfies TraceEvent)
    expect(view.record(1).event.type).toBe('log')
  })

  test.each([1, 2, 3, 10, 29, 30, 31])('a trace cut at %i events has the same hash as a whole one', (maxEvents) => {
    const whole = openTrace(run({}, 10).data())
    const cut = openTrace(run({ maxEvents }, 10).data())
    expect(cut.hash).toBe(whole.hash)
    expect(cut.dropped).toBe(Math.max(0, 30 - maxEvents))
    expect(cut.record(cut.length - 1).event.type).toBe('stream.end')
    expect(cut.record(cut.length - 1).seq).toBe(30)
  })

  test('a full trace keeps ends, but not without limit, and its hash stays that of the whole', () => {
    const ends = (maxEvents: number) => {
      const made = recorder({ maxEvents })
      for (let index = 0; index < 10_500; index++)
        made.record({ type: 'stream.end', ended: 'complete', details: '', flags: '', accessLog: `${index}` }, stream)
      return made.data()
    }
    const [cut, whole] = [ends(100), ends(20_000)]
    expect([cut.length, cut.dropped, cut.hash]).toEqual([10_100, 400, whole.hash])
  })

  test('a trace cut by its bytes has the same hash', () => {
    expect(openTrace(run({ maxBytes: 100 }, 10).data()).hash).toBe(openTrace(run({}, 10).data()).hash)
  })

  test('long runs, large bodies and long header lists come back whole, and cut ones have the same hash', () => {
    const large = new Uint8Array(900_000).map((_, index) => index % 251)
    const headers = Array.from({ length: 50_000 }, (_, index) => [`n${index % 7}`, `v${index}`] as const)
    const fill = (options: Partial<RecorderOptions>) => {
      const made = run(options, 5_000)
      made.record({ type: 'request.body', data: large, endOfStream: true })
      made.record({ type: 'response.trailers', trailers: headers })
      made.record({ type: 'response.body', data: bytes('small'), endOfStream: true })
      return made.data()
    }
    const whole = fill({})
    const view = openTrace(whole)
    expect(view.length).toBe(15_004)
    expect(view.record(14_998).event).toMatchObject({ type: 'log', message: 'line 4999' })
    const body = view.record(15_001).event
    expect(body.type === 'request.body' && Buffer.compare(body.data, large)).toBe(0)
    const trailers = view.record(15_002).event
    expect(trailers.type === 'response.trailers' && JSON.stringify(trailers.trailers)).toBe(JSON.stringify(headers))
    expect(view.record(15_003).event).toEqual({ type: 'response.body', data: bytes('small'), endOfStream: true })
    const cut = fill({ maxEvents: 7_001 })
    expect([cut.hash, cut.dropped]).toEqual([whole.hash, 8_002])
    expect(cut.buffers.every((each) => each.byteLength < 600_000)).toBe(true)
  })

  test('a different argument, order or time gives a different hash', () => {
    const hashes = [run({}, 2), run({}, 2, '!'), run({}, 3), run({ clock: { now: 5 } }, 2)].map(
      (each) => each.data().hash,
    )
    expect(new Set(hashes).size).toBe(4)
    expect(run({}, 2).data().hash).toBe(hashes[0])
  })

  test('texts and frames of a trap do not change the hash', () => {
    const trap = (message: string) => {
      const made = recorder()
      made.record({ type: 'trap', callback: 'c', kind: 'unreachable', message, frames: [{ name: message, offset: 1 }] })
      return made.data().hash
    }
    expect(trap('unreachable')).toBe(trap('unreachable executed'))
  })

  test('a run that met its deadline has no hash', () => {
    expect(run({}, 1).data('deadline').hash).toBe('')
  })

  test('switched off, it keeps nothing', () => {
    const data = run({ enabled: false }, 3).data()
    expect([data.length, data.dropped, data.hash]).toEqual([0, 0, ''])
  })
})

test('the rendered trace is indented by guest entries and names lanes', () => {
  const made = run({}, 1)
  expect(renderTrace(openTrace(made.data())).split('\n')).toEqual([
    '    0     0.000000ms #1   hello        proxy_test(id=0, data="some argument", big=-1) = Ok (token=0)',
    '    1     0.000000ms #1   hello        log info proxy_log "line 0"',
    '    2     0.000000ms #1   hello        route name="r0" cluster="c"',
    '    3     0.000000ms #1                stream.end ended="complete" details="" flags="-" accessLog=""',
  ])
})

test('the heading of a record is its type and stream', () => {
  const made = run({}, 2)
  const signature = made.describe({ name: 'proxy_on_tick', params: [], outs: [], returns: 'number' })
  made.leave(signature, made.enter(signature, 1, 0, 0, 0, 0, 0, 0, 0, 0), 0, 0, Left.nothing, 0)
  for (const event of everyEvent) made.record(event)
  const view = openTrace(made.data())
  for (let index = 0; index < view.length; index++) {
    const { event, stream: ofRecord } = view.record(index)
    expect(view.heading(index)).toEqual({ type: event.type, stream: ofRecord })
  }
})
