import { describe, expect, test } from 'vitest'
import { guest } from './test-guest.ts'
import { callbacks, eventsOf, logLines, runTest } from './test-run.ts'

const get = '  - request: { url: http://127.0.0.1:10000/get }'

/** Entries into guests, `plugin.callback`, in order. */
const entries = (run: ReturnType<typeof runTest>): string[] =>
  run.records.flatMap(({ event, plugin }) =>
    event.type === 'guest.enter' ? [`${'AB'.charAt(plugin ?? 0)}.${event.callback.replace('proxy_on_', '')}`] : [],
  )

const threads = (run: ReturnType<typeof runTest>): string[] =>
  eventsOf(run, 'thread').map(({ name, doing }) => `${name} ${doing}`)

const hello = guest((g) => ({ vm_start: [], configure: [g.log('configured')], request_headers: [g.log('asked')] }))

describe('wasm services', () => {
  const ticking = guest((g) => ({ configure: [g.tickEvery(100), g.log('up')], tick: [g.log('tick')] }))

  test('a service ticks and makes no part of the chain of requests', () => {
    const run = runTest({
      plugins: { clock: ticking },
      gateway: 'gateway: { services: [{ plugin: clock, singleton: true }] }',
      steps: `  - advance: 250ms\n${get}`,
    })
    expect(logLines(run).slice(0, 3)).toEqual(['up', 'tick', 'tick'])
    expect(threads(run)).toEqual(['main vm'])
    expect(callbacks(run)).toEqual([])
    expect(run.report.steps[1]).toMatchObject({ response: { status: 200 } })
  })

  test('without singleton each worker has one', () => {
    const run = runTest({
      plugins: { clock: ticking },
      gateway: 'gateway: { workers: 2, services: [{ plugin: clock }] }',
      steps: '  - advance: 150ms',
    })
    expect(logLines(run)).toEqual(['up', 'up', 'tick', 'tick'])
    expect(threads(run)).toEqual(['worker 0 vm', 'worker 1 vm'])
  })

  test('W28: a filter puts into a queue that a singleton service of another vm_id consumes', () => {
    const sender = guest((g) => ({ request_headers: [g.enqueue('receiver', 'jobs', 'one'), g.logStatus()] }))
    const receiver = guest((g) => ({ configure: [g.register('jobs')], queue_ready: [g.logQueued()] }))
    const run = runTest({
      plugins: { sender, receiver },
      gateway: 'gateway: { workers: 2, services: [{ plugin: receiver, singleton: true }] }',
      files: {
        'plugins/receiver/plugin.yaml': 'kind: EnvoyPlugin\nvm_config: { vm_id: receiver }',
        'plugins/sender/plugin.yaml': 'kind: EnvoyPlugin\nvm_config: { vm_id: sender }',
      },
      steps: `${get}\n${get}`,
    })
    expect(logLines(run)).toEqual(['0', 'one', '0', 'one'])
    expect(entries(run).filter((entry) => entry === 'B.queue_ready')).toHaveLength(2)
  })

  test('a service that a listener names too is both, with two root contexts in one VM', () => {
    const run = runTest({
      plugins: { both: guest((g) => ({ configure: [g.log('up')], request_headers: [] })) },
      gateway: 'gateway: { listeners: [{ name: main, port: 10000, plugins: [both] }], services: [{ plugin: both }] }',
      steps: get,
    })
    expect(threads(run)).toEqual(['worker 0 vm'])
    expect(logLines(run)).toEqual(['up', 'up'])
    expect(callbacks(run)).toEqual(['A.request_headers(6,1)'])
  })

  test('a service that is refused says so and fails the scenario, and requests pass', () => {
    const run = runTest({
      plugins: { bad: guest((g) => ({ configure: [g.answer(0)] })) },
      gateway: 'gateway: { workers: 2, services: [{ plugin: bad }] }',
      steps: get,
    })
    expect(eventsOf(run, 'load-error')).toHaveLength(1)
    expect(run.report.failures).toMatchObject([{ path: 'plugins.bad' }])
    expect(run.report.steps[0]).toMatchObject({ response: { status: 200 } })
  })

  test('a service cannot be configured anew', () => {
    const run = runTest({
      plugins: { clock: ticking },
      gateway: 'gateway: { services: [{ plugin: clock }] }',
      steps: '  - configure: { clock: { defaultConfig: { a: 1 } } }',
    })
    expect(run.report.failures).toMatchObject([{ path: 'configure.clock' }])
    expect(run.report.failures[0]?.message).toContain('Wasm service')
  })
})

describe('several workers', () => {
  test('each has a VM, requests take turns, and the trace names the thread', () => {
    const run = runTest({ plugins: { hello }, gateway: 'gateway: { workers: 2 }', steps: `${get}\n${get}\n${get}` })
    expect(threads(run)).toEqual([
      'worker 0 vm',
      'worker 1 vm',
      'worker 0 stream',
      'worker 1 stream',
      'worker 0 stream',
    ])
    expect(entries(run).slice(0, 4)).toEqual(['A.vm_start', 'A.configure', 'A.vm_start', 'A.configure'])
  })

  test('shared data is one for all: a version that another worker has replaced is refused', () => {
    const shared = guest((g) => ({
      configure: [g.share('key', 'start')],
      request_headers: [g.logShared('key'), g.shareIfUnchanged('key', 'mine'), g.logStatus()],
    }))
    const run = runTest({ plugins: { shared }, gateway: 'gateway: { workers: 2 }', steps: `${get}\n${get}` })
    expect(logLines(run)).toEqual(['start', '0', 'mine', '0'])
    const stale = guest((g) => ({
      configure: [g.share('key', 'start'), g.logShared('key')],
      request_headers: [g.shareIfUnchanged('key', 'mine'), g.logStatus()],
    }))
    // Each VM remembers the version of its own configure; the second worker's is the newer one.
    const raced = runTest({ plugins: { stale }, gateway: 'gateway: { workers: 2 }', steps: `${get}\n${get}` })
    expect(logLines(raced)).toEqual(['start', 'start', '8', '0'])
  })

  test('a plugin that is refused on the first thread is not tried on the others', () => {
    const run = runTest({
      plugins: { bad: guest((g) => ({ configure: [g.answer(0)] })) },
      gateway: 'gateway: { workers: 3 }',
      steps: get,
    })
    expect(entries(run)).toEqual(['A.configure'])
    expect(eventsOf(run, 'load-error')).toHaveLength(1)
  })
})

describe('startup: full, all the VMs of a real gateway (3.2)', () => {
  const started = guest((g) => ({ vm_start: [], configure: [g.log('configured'), g.share('n', 'x')] }))

  test('base, canary, main thread, workers', () => {
    const run = runTest({ plugins: { started }, gateway: 'gateway: { startup: full }', steps: get })
    expect(threads(run)).toEqual(['base vm', 'canary vm', 'main vm', 'worker 0 vm'])
    expect(logLines(run)).toEqual(['configured', 'configured', 'configured'])
  })

  test('plugins of one VM have one base, and a canary each', () => {
    const run = runTest({
      plugins: { a: started, b: started },
      gateway: 'gateway: { startup: full }',
      files: { 'plugins/b/plugin.yaml': 'defaultConfig: { b: 1 }' },
      steps: get,
    })
    expect(threads(run).filter((name) => name.startsWith('base'))).toHaveLength(1)
    expect(threads(run).filter((name) => name.startsWith('canary'))).toHaveLength(2)
  })

  test('what is refused is refused by the canary, once', () => {
    const run = runTest({
      plugins: { bad: guest((g) => ({ configure: [g.answer(0)] })) },
      gateway: 'gateway: { startup: full, workers: 2 }',
      steps: get,
    })
    expect(threads(run).slice(0, 2)).toEqual(['base vm', 'canary vm'])
    expect(entries(run)).toEqual(['A.configure'])
    expect(eventsOf(run, 'load-error')).toMatchObject([{ message: 'Failed to configure base Wasm plugin' }])
  })

  test('ticks come on the main thread too', () => {
    const ticking = guest((g) => ({ configure: [g.tickEvery(100)], tick: [g.log('tick')] }))
    const run = runTest({ plugins: { ticking }, gateway: 'gateway: { startup: full }', steps: '  - advance: 150ms' })
    expect(logLines(run)).toEqual(['tick', 'tick'])
  })
})

describe('a configuration update', () => {
  const config = (text: string) => `  - configure: { hello: ${text} }`

  test('takes a plugin out and brings it back', () => {
    const run = runTest({
      plugins: {
        hello: guest((g) => ({ configure: [g.log('up')], request_headers: [g.log('asked')], done: [], delete: [] })),
      },
      steps: [get, config('{ defaultConfigDisable: true }'), get, config('{ defaultConfigDisable: false }'), get].join(
        '\n',
      ),
    })
    expect(run.report.failures).toEqual([])
    expect(logLines(run)).toEqual(['up', 'asked', 'up', 'asked'])
    // The root is told that it is done (3.4).
    expect(entries(run).filter((entry) => entry === 'A.delete')).toHaveLength(3)
  })

  test('starts a plugin that was not delivered', () => {
    const run = runTest({
      plugins: { hello },
      files: { 'plugins/hello/plugin.yaml': 'defaultConfigDisable: true' },
      steps: `${get}\n${config('{ defaultConfigDisable: false, defaultConfig: { a: 1 } }')}\n${get}`,
    })
    expect(logLines(run)).toEqual(['configured', 'asked'])
  })
})

test('a plugin that is refused does not take along the one that runs in the same VM', () => {
  const half = guest((g) => ({
    configure: [`(if (i32.gt_u (local.get 1) (i32.const 0)) (then ${g.answer(0)}))`],
    request_headers: [g.log('asked')],
  }))
  const run = runTest({
    plugins: { first: half, second: half },
    files: { 'plugins/second/plugin.yaml': 'defaultConfig: { a: 1 }' },
    steps: get,
  })
  expect(run.startErrors.has('second')).toBe(true)
  expect(logLines(run)).toEqual(['asked'])
})
