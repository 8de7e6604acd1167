import { expect, test } from 'vitest'
import type { StreamId } from '../../model/brand.ts'
import type { Finding } from '../../model/report.ts'
import {
  bytes,
  gateTrace,
  get,
  hangTrace,
  helloTrace,
  mockTrace,
  requestMap,
  TraceFixture,
  trapTrace,
} from './fixture.ts'
import { laneLetter } from './lanes.ts'
import { railShapes } from './rails.ts'
import type { Row } from './row-types.ts'
import { defaultScope, scopesOf } from './scopes.ts'
import { type Timeline, type TimelineOptions, timelineOf } from './timeline.ts'

function show(fixture: TraceFixture, options: TimelineOptions = {}): Timeline {
  const view = fixture.view()
  const scope = defaultScope(scopesOf(view))
  if (scope === undefined) throw new Error('no scope')
  return timelineOf(view, scope, options)
}
const brief = (row: Row): string => {
  switch (row.kind) {
    case 'message':
      return `${row.lane} message ${row.title} [${row.say.map((phrase) => phrase.key).join()}]`
    case 'callback':
      return `${row.lane} callback ${row.name} ${row.mark ?? '-'} ${row.word}`.trim()
    case 'call':
      return `${row.lane} call ${row.name} ${row.args}${row.result.text === '' ? '' : ` = ${row.result.text}`}`
    case 'wait':
      return `${row.lane} wait ${row.say.key} ${row.duration ?? 'for ever'}`
    case 'fold':
      return `${row.lane} fold ${row.say.key} ${row.count}`
    case 'finding':
      return `${row.lane} finding ${row.finding}`
    default:
      return `${row.lane} ${row.kind}`
  }
}

test('a request through one plugin reads from top to bottom, lane by lane', () => {
  const timeline = show(helloTrace())
  expect(timeline.lanes.map((lane) => lane.kind)).toEqual(['client', 'plugin', 'cluster'])
  expect(timeline.rows.map(brief)).toEqual([
    '0 message GET /get [run.row.requestIn]',
    '1 callback proxy_on_request_headers continue HeaderAction.Continue',
    '1 call proxy_add_header_map_value hello → "world"',
    '2 message GET /get [run.row.reaches]',
    '2 wait run.wait.upstream 5000000',
    '2 message 200 OK [run.row.upstreamReply]',
    '1 callback proxy_on_response_headers continue HeaderAction.Continue',
    '0 message 200 OK [run.row.toClient]',
  ])
  expect(timeline.rows.map((row) => row.number)).toEqual([1, 2, 3, 4, undefined, 5, 6, 7])
  expect(timeline.events).toBe(7)
})

test('the line goes out, turns and comes back', () => {
  const { flow } = show(helloTrace())
  expect(flow.hops.map((hop) => [hop.fromLane, hop.fromRow, hop.toLane, hop.toRow, hop.direction])).toEqual([
    [0, 0, 1, 1, 'request'],
    [1, 2, 2, 3, 'request'],
    [2, 5, 1, 6, 'response'],
    [1, 6, 0, 7, 'response'],
  ])
  expect(flow.bars.map((bar) => [bar.lane, bar.from, bar.to])).toEqual([
    [1, 1, 2],
    [1, 6, 6],
  ])
  expect(flow.busy).toEqual([{ lane: 2, from: 3, to: 5 }])
})

test('what goes over a TCP connection is data, not a body, and no headers are held', () => {
  const fixture = new TraceFixture('guard')
  fixture.event({ type: 'connection.open', listener: 'tcp' })
  fixture.event({ type: 'request.body', data: new Uint8Array(6), endOfStream: false })
  const stopped = { type: 'chain.pause', direction: 'request', phase: 'data', action: 'StopIteration' } as const
  fixture.event({ ...stopped, bufferedBytes: 6 }, 0)
  fixture.wait(20)
  fixture.event({ type: 'request.body', data: new Uint8Array(3), endOfStream: true })
  const { rows } = show(fixture)
  const said = rows.flatMap((row) => (row.kind === 'message' ? row.say : row.kind === 'wait' ? [row.say] : []))
  expect(said.map(({ key }) => key)).toEqual(['run.row.connects', 'run.row.data', 'run.hold.until', 'run.row.dataEnd'])
  expect(said[2]?.params).toEqual({ what: { key: 'run.hold.data' }, until: { key: 'run.until.data' } })
})

test('a gated request is held until the callout answers, and leaves from the call that let it go', () => {
  const { rows, flow } = show(gateTrace())
  expect(rows.map(brief).slice(1, 8)).toEqual([
    '1 callback proxy_on_request_headers stop HeaderAction.StopAllIterationAndWatermark',
    '1 call proxy_http_call GET /check, outbound|80||auth.dns = Ok, token 1',
    '1 wait run.hold.until 1000000',
    '4 message 200 OK [run.row.calloutReply]',
    '1 callback proxy_on_http_call_response -',
    '1 call proxy_http_call GET /check, outbound|8080||auth.static = BadArgument',
    '1 call proxy_continue_stream request',
  ])
  expect(flow.callouts.map(({ row, cluster, end }) => ({ row, cluster, end }))).toEqual([
    { row: 2, cluster: 4, end: { kind: 'answered', row: 4 } },
    { row: 6, cluster: 2, end: { kind: 'refused' } },
  ])
  expect(flow.holds).toEqual([{ lane: 1, from: 2, to: 5, mark: 'stop' }])
  expect(flow.hops.slice(0, 3).map((hop) => [hop.fromLane, hop.fromRow, hop.toLane, hop.toRow])).toEqual([
    [0, 0, 1, 1],
    [1, 7, 2, 8],
    [2, 8, 3, 9],
  ])
})

test('what has no row here does not cut a wait in pieces', () => {
  const { rows } = show(
    new TraceFixture('gate')
      .request(get, true)
      .chain('request', get)
      .callback(0, 'proxy_on_request_headers', 4, 'StopAllIterationAndWatermark')
      .event({ type: 'chain.pause', direction: 'request', action: 'StopAllIterationAndWatermark', bufferedBytes: 0 }, 0)
      .wait(1)
      .event({ type: 'step', index: 1, label: 'GET /another' })
      .wait(2)
      .event({ type: 'step', index: 2, label: 'GET /a third' })
      .wait(4)
      .callback(0, 'proxy_on_http_call_response', 'nothing', undefined),
  )
  expect(rows.filter(({ kind }) => kind === 'wait').map(brief)).toEqual(['1 wait run.hold.until 7000000'])
})

test('a hang has dots without an end, and a row that says so', () => {
  const { rows, flow } = show(hangTrace())
  expect(rows.map(brief)).toEqual([
    '0 message GET /get [run.row.requestIn]',
    '1 callback proxy_on_request_headers stop HeaderAction.StopIteration (→ StopAllIterationAndWatermark)',
    '1 wait run.wait.hang for ever',
    '0 note',
  ])
  expect(flow.holds).toEqual([{ lane: 1, from: 1, to: undefined, mark: 'hang' }])
})

test('a local reply is a mark of its own and turns the line back at that lane', () => {
  const { rows, flow } = show(mockTrace())
  expect(rows[1]).toMatchObject({ kind: 'callback', mark: 'reply' })
  expect(flow.hops.some((hop) => hop.direction === 'request' && hop.toLane === 2)).toBe(false)
  expect(flow.hops.filter((hop) => hop.direction === 'response').map((hop) => [hop.fromLane, hop.toLane])).toEqual([
    [1, 0],
  ])
})

test('a trap marks its callback, and what the gateway answers has a row', () => {
  const { rows } = show(trapTrace())
  expect(rows[1]).toMatchObject({ kind: 'callback', mark: 'trap' })
  expect(rows[2]).toMatchObject({ kind: 'trap', trap: 'unreachable' })
  expect(rows[3]).toMatchObject({ kind: 'message', title: '503 Service Unavailable' })
})

test('quiet reads fold into one row, open again, and never hide a call that was not Ok', () => {
  const read = (f: TraceFixture, key: string, status = 'Ok', code = 0) =>
    f.call('proxy_get_header_map_value', [requestMap, bytes('key', key)], [], status, code)
  const trace = new TraceFixture('p').request([], true).callback(0, 'proxy_on_request_headers', 0, 'Continue', (f) => {
    for (const key of ['a', 'b', 'c', 'd', 'e']) read(f, key)
    read(f, 'bad', 'BadArgument', 2)
    for (const key of ['f', 'g']) read(f, key)
  })
  const closed = show(trace)
  expect(closed.rows.map((row) => row.kind)).toEqual(['message', 'callback', 'fold', 'call', 'call', 'call'])
  expect(closed.rows[3]).toMatchObject({ result: { text: 'BadArgument', bad: true }, number: 8 })
  const fold = closed.rows[2]
  const opened = show(trace, { openFolds: new Set([fold?.key ?? '']) })
  expect(opened.rows.filter((row) => row.kind === 'call')).toHaveLength(8)
  expect(closed.rowOfSeq.get(opened.rows[4]?.seq ?? -1)).toBe(2)
})

test('a call with a finding stays out of folds and has its note below', () => {
  const trace = new TraceFixture('p').request([], true).callback(0, 'proxy_on_request_headers', 0, 'Continue', (f) => {
    for (const key of ['a', 'b', 'c', 'd', 'e']) f.call('proxy_get_header_map_value', [requestMap, bytes('key', key)])
  })
  const about: Finding = { rule: 'r', severity: 'problem', plugin: 'p', callback: 'c', event: 2, params: {} }
  const { rows } = show(trace, { findings: [about] })
  expect(rows.map((row) => row.kind)).toEqual(['message', 'callback', 'call', 'finding', 'fold'])
})

test('each step is a part of its own, and so is each request of a repeated step', () => {
  const trace = new TraceFixture('p')
  trace.stream = undefined
  trace.callback(0, 'proxy_on_configure', 1, undefined).event({ type: 'step', index: 0, label: 'first' })
  trace.stream = 1 as StreamId
  trace.request([], true).end()
  trace.stream = 2 as StreamId
  trace.request([], true).end()
  trace.stream = undefined
  trace.event({ type: 'step', index: 1, label: 'wait' }).event({ type: 'clock.advance', by: 1 as never })
  const scopes = scopesOf(trace.view())
  expect(scopes.map(({ kind, step, stream, request }) => [kind, step, stream, request])).toEqual([
    ['start', -1, undefined, 0],
    ['step', 0, 1, 0],
    ['step', 0, 2, 1],
    ['step', 1, undefined, 0],
  ])
})

test('each of many requests shows its own events and findings, none of the others', () => {
  const trace = new TraceFixture('p').event({ type: 'step', index: 0, label: 'load' })
  for (const number of [1, 2, 3]) {
    trace.stream = number as StreamId
    trace
      .request([[':path', `/${number}`]], true)
      .callback(0, 'proxy_on_request_headers', 0, 'Continue')
      .end()
  }
  trace.stream = 1 as StreamId
  trace.event({ type: 'request.abort' })
  const view = trace.view()
  const about: Finding = { rule: 'r', severity: 'problem', plugin: 'p', callback: 'c', event: 6, params: {} }
  const kinds = scopesOf(view).map((scope) =>
    timelineOf(view, scope, { findings: [about] })
      .rows.map((row) => row.kind)
      .join(' '),
  )
  expect(kinds).toEqual(['message callback note', 'message callback finding', 'message callback'])
})

test('drawing covers every row it speaks of and nothing beyond', () => {
  for (const trace of [helloTrace(), gateTrace(), hangTrace(), mockTrace(), trapTrace()]) {
    const { rows, lanes, flow } = show(trace)
    const shapes = railShapes(flow, lanes.length, rows.length, { row: 22, lane: 46, bar: 13, gap: 4 })
    expect(shapes.filter((shape) => shape.kind === 'bar')).toHaveLength(
      rows.filter((row) => row.kind === 'callback').length,
    )
    for (const shape of shapes) {
      expect(shape.top).toBeGreaterThanOrEqual(0)
      expect(shape.bottom).toBeLessThanOrEqual(rows.length * 22)
      expect(JSON.stringify(shape)).not.toContain('NaN')
    }
    expect(new Set(shapes.map((shape) => shape.key)).size).toBe(shapes.length)
  }
})

test('letters follow the project order', () => {
  expect([0, 1, 2].map((index) => laneLetter(index as never))).toEqual(['A', 'B', 'C'])
})

test('where several threads have VMs, rows say which one starts a VM and which takes a request', () => {
  const trace = new TraceFixture('p')
  trace.stream = undefined
  trace.event({ type: 'thread', name: 'main', doing: 'vm' }, 0).callback(0, 'proxy_on_configure', 1, undefined)
  trace.event({ type: 'step', index: 0, label: 'first' })
  trace.stream = 1 as StreamId
  trace.event({ type: 'thread', name: 'worker 1', doing: 'stream' }).request([], true).end()
  const view = trace.view()
  const said = scopesOf(view).map((scope) =>
    timelineOf(view, scope, {}).rows.flatMap((row) =>
      row.kind === 'note' ? [[row.say.key, row.say.params?.name]] : [],
    ),
  )
  expect(said).toEqual([[['run.row.threadStarts', 'main']], [['run.row.threadTakes', 'worker 1']]])
})
