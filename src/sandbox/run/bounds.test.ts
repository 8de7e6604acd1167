/** Guests that ask for as much as they can: bounded, told in a clear text, and the next run is fine. */
import { describe, expect, test, vi } from 'vitest'
import { loadProject } from '../../model/project/load.ts'
import { FilterState } from '../gateway/filter-state.ts'
import { Gateway } from '../gateway/gateway.ts'
import { bounds, mostPropertyBytes } from '../host/bounds.ts'
import { prepareModule } from '../vm/prepare.ts'
import { wat } from '../vm/test-world.ts'
import { guest } from './test-guest.ts'
import { callbacks, eventsOf, logLines, runTest } from './test-run.ts'

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

const get = '  - request: { url: http://127.0.0.1:10000/get }'
const hello = guest((g) => ({ request_headers: [g.log('asked')] }))

/** The next run, as if nothing had been. */
function expectNextRunFine(): void {
  const run = runTest({ plugins: { hello }, steps: get })
  expect(run.report.failures).toEqual([])
  expect(logLines(run)).toEqual(['asked'])
}

/** Does `operations` a million times; the 8 bytes at address 72 are another text each time. */
const millionTimes = (...operations: string[]): string => `
  (global.set $n (i32.const 0))
  (block $done (loop $again
    (br_if $done (i32.ge_u (global.get $n) (i32.const 1000000)))
    (global.set $n (i32.add (global.get $n) (i32.const 1)))
    (i64.store (i32.const 72) (i64.add (i64.extend_i32_u (global.get $n)) (i64.const 0x6161616161000000)))
    ${operations.join('\n')}
    (br_if $done (global.get $status))
    (br $again)))`

const name = '(i32.const 72) (i32.const 8)'
const raw = (call: string, args: string): string => `(global.set $status (call $${call} ${args}))`
const callHeaders = [
  [':method', 'GET'],
  [':path', '/'],
  [':authority', 'a'],
] as const

/** A gateway with this plugin that records nothing. */
function started(text: string): Gateway {
  const { project } = loadProject({
    'proxyground.yaml': 'plugins: [{ name: greedy, language: wat }]\ngateway: { clusters: { gone: { kind: hang } } }',
    'plugins/greedy/plugin.wat': '',
  })
  if (project === undefined) throw new Error('The project does not load')
  const modules = new Map([['greedy', prepareModule(wat(text), { family: 'higress' })]])
  return new Gateway({ config: project.gateway, plugins: project.plugins, modules, record: false })
}

describe('a million of', () => {
  test('metrics', () => {
    const operation = raw('proxy_define_metric', `(i32.const 0) ${name} (i32.const 32)`)
    const { runtime } = started(guest(() => ({ configure: [millionTimes(operation)] })))
    expect(runtime.metrics.entries()).toHaveLength(bounds.metrics)
    expectNextRunFine()
  })

  test('queues', () => {
    const operation = raw('proxy_register_shared_queue', `${name} (i32.const 32)`)
    const { runtime } = started(guest(() => ({ configure: [millionTimes(operation)] })))
    expect(runtime.sharedQueues.register('', 'one more', () => {})).toBe('full')
    expectNextRunFine()
  })

  test('items in a queue; taking one out makes room', () => {
    const operation = raw('proxy_enqueue_shared_queue', `(i32.load (i32.const 32)) ${name}`)
    const { runtime } = started(guest((g) => ({ configure: [g.register('q'), millionTimes(operation)] })))
    const one = Uint8Array.of(1)
    expect(runtime.sharedQueues.enqueue(1, one)).toBe('full')
    expect(runtime.sharedQueues.dequeue(1)).toHaveLength(8)
    expect(runtime.sharedQueues.enqueue(1, one)).toBe(true)
  })

  test('keys of shared data; a known key can still be set', () => {
    const operation = raw('proxy_set_shared_data', `${name} ${name} (i32.const 0)`)
    const { runtime } = started(guest((g) => ({ configure: [g.share('first', ''), millionTimes(operation)] })))
    expect(runtime.sharedData.entries()).toHaveLength(bounds.sharedData)
    expect(runtime.sharedData.set('', 'one more', new Uint8Array(1), 0)).toBe('full')
    expect(runtime.sharedData.set('', 'first', new Uint8Array(1), 0)).toBe(true)
  })

  test('HTTP calls', () => {
    const { clock } = started(guest((g) => ({ configure: [millionTimes(g.httpCall('gone', callHeaders))] })))
    expect(clock.pending).toBe(bounds.calls)
    expectNextRunFine()
  })
})

test('properties of a stream', () => {
  const state = new FilterState()
  const one = new Uint8Array(1)
  for (let count = 0; count < bounds.properties; count++) expect(state.set(`p${count}`, one, undefined)).toBe(true)
  expect(state.set('one more', one, undefined)).toBe('full')
  expect(state.set('p0', new Uint8Array(mostPropertyBytes), undefined)).toBe('full')
  expect(state.set('p0', new Uint8Array(2), undefined)).toBe(true)
  const operation = raw('proxy_set_property', `${name} ${name}`)
  const run = runTest({
    plugins: { greedy: guest((g) => ({ request_headers: [millionTimes(operation), g.logStatus()] })) },
    steps: get,
  })
  expect(logLines(run)).toEqual([':'])
})

test('a refused call says in the trace what there is too much of', () => {
  const operation = raw('proxy_register_shared_queue', `${name} (i32.const 32)`)
  const run = runTest({
    plugins: { greedy: guest((g) => ({ configure: [millionTimes(operation), g.logStatus()] })) },
    steps: get,
  })
  // 10, InternalFailure, as one character.
  expect(logLines(run)).toEqual([':'])
  const refused = eventsOf(run, 'host.call').find(({ code }) => code === 10)
  expect(refused?.reason).toEqual({ code: 'limit', what: 'queues', most: bounds.queues })
})

describe('feeding itself', () => {
  test('a queue whose consumer puts an item in again is cut', () => {
    const again = guest((g) => ({
      configure: [g.register('q'), g.enqueue('', 'q', 'x')],
      queue_ready: [g.logQueued(), g.enqueue('', 'q', 'x')],
    }))
    const gateway = started(again)
    let ran: ReturnType<typeof gateway.clock.runNext>
    do ran = gateway.clock.runNext()
    while (ran !== undefined && !('loop' in ran))
    expect(ran).toEqual({ loop: 1 })
    expectNextRunFine()
  })

  test('a callout that makes the next one ends with the patience of the run', () => {
    const run = runTest({
      plugins: {
        loop: guest((g) => ({
          request_headers: [g.httpCall('slow', callHeaders), g.answer(4)],
          http_call_response: [g.httpCall('slow', callHeaders)],
        })),
      },
      gateway: 'gateway: { clusters: { slow: { kind: fixed, delay: 100ms } }, timeouts: { streamIdle: 30s } }',
      steps: get,
    })
    expect(run.report.steps).toMatchObject([{ response: { status: 504 } }])
    expectNextRunFine()
  })

  test('injected data whose receiver makes the sender inject again ends inside the guest', () => {
    const both = guest((g) => ({
      request_headers: [],
      response_body: [g.inject('x', 0), g.useStream(), g.inject('y', 0), g.answer(3)],
    }))
    const run = runTest({ plugins: { near: both, far: both }, steps: get })
    expect(run.report.steps).toHaveLength(1)
    expectNextRunFine()
  })
})

describe('ticks', () => {
  test('every millisecond, for three seconds', () => {
    const run = runTest({
      plugins: { busy: guest((g) => ({ configure: [g.tickEvery(1)], tick: [] })) },
      steps: `  - advance: 3s\n${get}`,
    })
    expect(run.report.steps[1]).toMatchObject({ response: { status: 200 } })
    expectNextRunFine()
  })

  test('after 2^32 - 1 milliseconds', () => {
    const rare = guest((g) => ({ configure: [g.tickEvery(-1)], tick: [g.log('tick')] }))
    const run = runTest({ plugins: { rare }, steps: `${get}\n  - advance: 1194h` })
    expect(logLines(run)).toEqual(['tick'])
    expect(callbacks(run)).toEqual([])
  })
})

/** Found by random calls: ticks went on until the timeout of a call, weeks later. */
describe('a tick each millisecond while a call waits three weeks for its answer', () => {
  const patient = guest((g) => ({
    // No tick callback: a hundred thousand of them in the trace would make this slow, not different.
    configure: [g.tickEvery(1)],
    request_headers: [g.httpCall('gone', callHeaders, '', 0x7fffffff), g.answer(4)],
    new_connection: [],
    downstream_data: [g.httpCall('gone', callHeaders, '', 0x7fffffff), g.answer(1)],
  }))
  const gateway = `gateway:
  listeners: [{ name: main, port: 10000, plugins: [p] }, { name: bytes, port: 9000, kind: tcp, plugins: [p] }]
  clusters: { gone: { kind: hang }, echo: { kind: echo } }`

  test.each([
    ['request', get],
    ['connection', '  - connection: { listener: bytes, send: [{ data: hello }] }'],
  ])('a %s hangs, and the run ends', (_, step) => {
    const run = runTest({ plugins: { p: patient }, gateway, steps: step })
    expect(eventsOf(run, 'hung')).toHaveLength(1)
    expectNextRunFine()
  })
})

test('more than 1,024 pairs are an empty list', () => {
  const many = Array.from({ length: 1025 }, (_, index) => [`x-${index}`, 'v'] as const)
  const run = runTest({
    plugins: { p: guest((g) => ({ request_headers: [g.setPairs(0, many), g.logStatus(), g.logHeader(0, ':path')] })) },
    steps: get,
  })
  expect(logLines(run)).toEqual(['0', '1'])
})
