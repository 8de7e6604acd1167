import { describe, expect, test } from 'vitest'
import { buildGuest, goMissing } from './build-guest.ts'
import { runGuest } from './run-guest.ts'

const host = 'error status returned by host: '

describe.skipIf(goMissing)('calls, timers and shared state through proxywasm', { timeout: 120_000 }, () => {
  const wasm = goMissing === undefined ? buildGuest('calls') : new Uint8Array()
  const get = '  - request: { url: http://127.0.0.1:10000/get }'
  const run = (what: string, steps = `${get}\n  - advance: 3s`, cluster = 'httpbin') =>
    runGuest(wasm, {
      steps,
      config: { do: what },
      gateway: {
        clusters: {
          httpbin: { kind: 'httpbin' },
          redis: { kind: 'redis', password: 'secret' },
          stream: {
            kind: 'stream',
            chunks: [{ data: 'one' }, { data: 'two', delay: '10ms' }],
            hosts: ['10.0.0.1:80', '10.0.0.2:80'],
          },
        },
        routes: [{ name: 'r', cluster }],
      },
    })

  test('the answer of an HTTP call acts on the stream that started it', () => {
    const { logs, report } = run('call')
    expect(logs).toEqual([
      `unknown cluster: |${host}bad argument`,
      `no authority: |${host}bad argument`,
      'call: 4|<nil>',
      `no answer yet: |${host}not found`,
      'answer true 0 0: [:status 201]|<nil>',
      `body: |${host}not found`,
      `trailers: |${host}not found`,
      'edit: |<nil>',
      'resume: |<nil>',
      'done: true|<nil>',
    ])
    expect(report.steps[0]?.upstream?.[0]?.headers).toContainEqual(['x-checked', '201'])
  })

  test('two requests at once get their own answers', () => {
    const both = `  - request: { url: http://127.0.0.1:10000/get, id: one, await: false }\n${get}\n  - await: one`
    const { logs, report } = run('call', both)
    expect(logs.filter((line) => line === 'resume: |<nil>').length).toBe(2)
    expect(report.steps.map(({ outcome }) => outcome)).not.toContain('hung')
  })

  test('an answer for a stream that is gone is dropped', () => {
    const { logs, events } = run('leave')
    expect(logs).toEqual(['call: |<nil>', 'done: true|<nil>'])
    expect(
      events.some((event) => event.type === 'guest.enter' && event.callback === 'proxy_on_http_call_response'),
    ).toBe(true)
  })

  test('Redis answers in RESP form, each to the stream that asked', () => {
    const { logs, report } = run('redis')
    expect(logs).toEqual([
      `unknown cluster: |${host}bad argument`,
      'init: |<nil>',
      'set: |<nil>',
      'get: |<nil>',
      'unknown command: |<nil>',
      `no answer yet: |${host}not found`,
      'answer 0 true: "+OK\\r\\n"|<nil>',
      'answer 0 true: "$5\\r\\n空 v\\r\\n"|<nil>',
      expect.stringMatching(/^answer 0 true: "-ERR unknown command/),
      'edit: |<nil>',
      'resume: |<nil>',
      'done: true|<nil>',
    ])
    expect(report.steps[0]?.upstream?.[0]?.headers).toContainEqual(['x-redis', 'done'])
  })

  test('data injected past the plugin takes the place of the body it throws away', () => {
    const { logs, report } = run('inject', get, 'stream')
    expect(logs).toEqual(['inject: |<nil>', 'inject: |<nil>', 'last: |<nil>', 'done: true|<nil>'])
    expect(report.steps[0]?.response?.body).toEqual({ text: '+one+two.' })
  })

  test('the hosts of the cluster are listed, and one is chosen', () => {
    const { logs } = run('hosts', get, 'stream')
    expect(logs.slice(0, 3)).toEqual([
      'host 10.0.0.1:80: {"health_status":"Healthy","metrics":""}|<nil>',
      'host 10.0.0.2:80: {"health_status":"Healthy","metrics":""}|<nil>',
      'override: |<nil>',
    ])
  })

  test('ticks come until the period is 0', () => {
    expect(run('tick', '  - advance: 1s').logs).toEqual([
      'period: |<nil>',
      'tick: 1|<nil>',
      'tick: 2|<nil>',
      'stop: |<nil>',
    ])
  })

  test('a tick resumes a held stream with SetEffectiveContext; a context that is gone is refused', () => {
    const { logs, report } = run('resume')
    expect(logs.slice(1, 6)).toEqual([
      'tick: 1|<nil>',
      `unknown context: |${host}bad argument`,
      'context: |<nil>',
      'resume: |<nil>',
      'done: true|<nil>',
    ])
    expect(logs.slice(8, 9)).toEqual([`context: |${host}bad argument`])
    expect(report.steps[0]).toMatchObject({ outcome: 'response' })
  })

  test('shared data is versioned', () => {
    expect(run('share', '  - advance: 1s').logs).toEqual([
      `before: |${host}not found`,
      'set: |<nil>',
      'get: one|<nil>',
      'with version: true|<nil>',
      `old version: true|${host}cas mismatch`,
      'empty: |<nil>',
      'is empty: 0|<nil>',
    ])
  })

  test('a shared queue tells its owner of each item', () => {
    expect(run('queue').logs).toEqual([
      'register: 1|<nil>',
      `resolve other: |${host}not found`,
      'resolve: |<nil>',
      'enqueue: |<nil>',
      'enqueue: |<nil>',
      `no queue: |${host}not found`,
      'item of mine true: first|<nil>',
      'item of mine true: second|<nil>',
      `item of mine true: |${host}empty`,
      `item of mine true: |${host}empty`,
      'done: true|<nil>',
    ])
  })

  test('counters add, gauges move both ways', () => {
    expect(run('metrics', '  - advance: 1s').logs).toEqual(['counter: 7|<nil>', 'gauge: -2|<nil>'])
  })

  test('foreign functions answer bytes; an unknown one is not found', () => {
    expect(run('foreign', '  - advance: 1s').logs).toEqual([
      'level: [1 0 0 0]|<nil>',
      `unknown: |${host}not found`,
      'compress: true|<nil>',
      'uncompress: hello hello hello hello|<nil>',
      'bad: |unknown status code: 3',
    ])
  })

  test('a property that is a map is read as pairs; a status without a name keeps its number', () => {
    expect(run('map').logs.slice(0, 2)).toEqual(['map: true|<nil>', 'whole: |unknown status code: 3'])
  })
})
