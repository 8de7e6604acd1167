import { describe, expect, test } from 'vitest'
import { guest } from './test-guest.ts'
import { callbacks, eventsOf, logLines, runTest } from './test-run.ts'

const addHeader = guest((g) => ({
  request_headers: [g.add(0, 'Hello', 'world')],
  log: [],
  done: [],
  delete: [],
}))

const get = '  - request: { url: http://127.0.0.1:10000/get }'
const post = '  - request: { method: POST, url: http://127.0.0.1:10000/post, body: abc }'

describe('one plugin, one GET', () => {
  test('the header reaches httpbin and the expectations hold', () => {
    const run = runTest({
      plugins: { hello: addHeader },
      steps: `${get}
    expect: { status: 200, upstream: [{ headers: { hello: world } }], details: via_upstream, outcome: response }`,
    })
    expect(run.report.failures).toEqual([])
    expect(run.report.passed).toBe(true)
    expect(callbacks(run)).toEqual(['A.request_headers(6,1)', 'A.log()', 'A.done()', 'A.delete()'])
    expect(eventsOf(run, 'stream.end')).toMatchObject([{ ended: 'complete', details: 'via_upstream' }])
  })

  test('an expectation that does not hold fails with its place', () => {
    const run = runTest({ plugins: { hello: addHeader }, steps: `${get}\n    expect: { status: 201 }` })
    expect(run.report.passed).toBe(false)
    expect(run.report.failures).toMatchObject([{ step: 0, path: 'status', expected: 201, actual: 200 }])
  })

  test('the same project gives the same trace', () => {
    const once = runTest({ plugins: { hello: addHeader }, steps: get })
    const again = runTest({ plugins: { hello: addHeader }, steps: get })
    expect(once.report.traceHash).toMatch(/^[0-9a-f]{16}$/)
    expect(again.report).toEqual(once.report)
  })
})

describe('pause in headers, no resume (envoy-observed.md a)', () => {
  const pausing = (abi: string) =>
    guest((g) => ({ request_headers: [g.answer(1)], request_body: [], log: [], done: [] }), abi)

  test('a GET hangs for certain; log and done run when the client goes away', () => {
    const run = runTest({ plugins: { p: pausing('0_2_1') }, steps: get })
    expect(run.report.steps).toMatchObject([{ outcome: 'hung', started: 'none', ended: 'hung' }])
    expect(eventsOf(run, 'hung')).toEqual([{ type: 'hung', certainty: 'certain', direction: 'request' }])
    expect(callbacks(run)).toEqual(['A.request_headers(6,1) StopAllIterationAndWatermark', 'A.log()', 'A.done()'])
    expect(eventsOf(run, 'stream.end')).toMatchObject([{ flags: 'DC', ended: 'hung' }])
  })

  test('with 0_2_1 a POST gets no body callback and hangs', () => {
    const run = runTest({ plugins: { p: pausing('0_2_1') }, steps: post })
    expect(callbacks(run)).toEqual(['A.request_headers(7,0) StopAllIterationAndWatermark', 'A.log()', 'A.done()'])
  })

  test('with 0_2_100 the body comes, and its Continue releases the request', () => {
    const run = runTest({ plugins: { p: pausing('0_2_100') }, steps: post })
    expect(run.report.steps).toMatchObject([{ outcome: 'response', response: { status: 200 } }])
    expect(callbacks(run)).toEqual([
      'A.request_headers(7,0) StopIteration',
      'A.request_body(3,0)',
      'A.request_body(0,1)',
      'A.log()',
      'A.done()',
    ])
  })

  test('ticks go on: hung is probable, after 60 s of virtual time or 1000 ticks', () => {
    const ticking = guest((g) => ({ configure: [g.tickEvery(100)], request_headers: [g.answer(1)], tick: [] }))
    const run = runTest({ plugins: { p: ticking }, steps: get })
    expect(eventsOf(run, 'hung')).toEqual([{ type: 'hung', certainty: 'probable', direction: 'request' }])
    expect(
      run.records.filter(({ event }) => event.type === 'guest.enter' && event.callback === 'proxy_on_tick'),
    ).toHaveLength(600)
  })

  test('continue_stream inside the callback, then Pause: the request proceeds', () => {
    const run = runTest({ plugins: { p: guest((g) => ({ request_headers: [g.resume(0), g.answer(1)] })) }, steps: get })
    expect(run.report.steps).toMatchObject([{ response: { status: 200 } }])
  })
})

describe('callouts (envoy-observed.md b, c)', () => {
  const headers = [[':method', 'GET'], [':path', '/check'], [':authority', 'auth']] as const // biome-ignore format: pairs
  const gateway = `gateway:
  clusters:
    httpbin: { kind: httpbin }
    auth: { kind: fixed, status: 200, headers: { x-user: ann }, body: ok, delay: 20ms }
    slow: { kind: hang }
    down: { kind: unreachable }`
  const gate = (cluster: string) =>
    guest((g) => ({
      request_headers: [g.httpCall(cluster, headers, '', 500), g.logStatus(), g.answer(1)],
      request_body: [],
      http_call_response: [
        g.logHeader(6, ':status'),
        g.logHeader(6, 'x-user'),
        g.logBuffer(4),
        g.useStream(),
        g.logHeader(0, ':path'),
        g.add(0, 'x-user', 'ann'),
        g.resume(0),
      ],
    }))

  test('pause, call, resume: headers are writable in the callback, the body comes in one call', () => {
    const run = runTest({ plugins: { p: gate('auth') }, gateway, steps: post })
    expect(run.report.steps).toMatchObject([
      { response: { status: 200 }, calls: [{ cluster: 'auth', path: '/check' }] },
    ])
    expect(callbacks(run)).toEqual(['A.request_headers(7,0) StopAllIterationAndWatermark', 'A.request_body(3,1)'])
    expect(logLines(run)).toEqual(['0', '200', 'ann', 'ok', '/post'])
    expect(eventsOf(run, 'upstream.request')[0]?.headers).toContainEqual(['x-user', 'ann'])
    expect(eventsOf(run, 'callout.request')[0]?.headers).toContainEqual(['x-envoy-internal', 'true'])
  })

  test('a timeout is a normal answer: 504 with 24 bytes of text', () => {
    const run = runTest({ plugins: { p: gate('slow') }, gateway, steps: get })
    expect(logLines(run)).toEqual(['0', '504', '1', 'upstream request timeout', '/get'])
    expect(eventsOf(run, 'callout.response')).toMatchObject([{ outcome: 'timeout' }])
  })

  test('a refused connection is a 503 that says why, as gateways before Envoy 1.40 do', () => {
    const run = runTest({ plugins: { p: gate('down') }, gateway, steps: get })
    expect(eventsOf(run, 'callout.response')).toMatchObject([{ outcome: 'connect-failure' }])
    expect(eventsOf(run, 'callout.response')[0]?.body).toHaveLength(167)
  })

  test('an unknown cluster is BadArgument at once, and the reason names what there is', () => {
    const run = runTest({ plugins: { p: gate('nowhere') }, gateway, steps: get })
    expect(logLines(run)).toEqual(['2'])
    const call = eventsOf(run, 'host.call').find(({ fn }) => fn === 'proxy_http_call')
    expect(call).toMatchObject({ status: 'BadArgument', reason: { code: 'unknown-cluster', cluster: 'nowhere' } })
    expect(eventsOf(run, 'hung')).toHaveLength(1)
  })
})

describe('local replies (envoy-observed.md d)', () => {
  const observer = guest((g) => ({
    request_headers: [],
    request_body: [],
    response_headers: [g.logHeader(2, ':status')],
    response_body: [],
    log: [],
    done: [],
  }))

  test('in request headers: back through the chain, filters behind see only the log', () => {
    const mid = guest((g) => ({
      request_headers: [g.reply(403, 'denied', 'my details'), g.reply(500, 'second')],
      response_headers: [],
      response_body: [],
      log: [],
      done: [],
    }))
    const run = runTest({
      plugins: { a: observer, mid, b: observer },
      gateway: 'gateway: { listeners: [{ name: main, port: 10000, plugins: [a, mid, b] }] }',
      steps: get,
    })
    expect(run.report.steps).toMatchObject([
      { response: { status: 403, details: 'my_details', body: { text: 'denied' } }, upstream: [] },
    ])
    expect(callbacks(run)).toEqual([
      'A.request_headers(6,1)',
      'B.request_headers(6,1) StopAllIterationAndWatermark',
      'B.response_headers(3,0)',
      'A.response_headers(3,0)',
      'B.response_body(6,1)',
      'A.response_body(6,1)',
      'A.log()',
      'B.log()',
      'C.log()',
      'A.done()',
      'B.done()',
      'C.done()',
    ])
    expect(eventsOf(run, 'local-reply').map(({ status, outcome }) => [status, outcome])).toEqual([
      [403, 'sent'],
      [500, 'ignored-second'],
    ])
  })

  test('in response headers: the client gets it, no further response callback of anyone', () => {
    const late = guest((g) => ({ response_headers: [g.reply(403)], response_body: [], request_headers: [] }))
    const run = runTest({
      plugins: { a: observer, late },
      gateway: 'gateway: { listeners: [{ name: main, port: 10000, plugins: [a, late] }] }',
      steps: get,
    })
    expect(run.report.steps).toMatchObject([{ response: { status: 403 } }])
    expect(callbacks(run).slice(2)).toEqual([
      'B.response_headers(12,0) StopAllIterationAndWatermark',
      'A.log()',
      'A.done()',
    ])
  })

  test('after the headers left: 200, then the body is cut', () => {
    const tooLate = guest((g) => ({ request_headers: [], response_body: [g.reply(403, 'x')] }))
    const run = runTest({ plugins: { p: tooLate }, steps: get })
    expect(run.report.steps).toMatchObject([
      { outcome: 'reset', ended: 'truncated', started: 'headers', response: { status: 200 } },
    ])
  })

  test('in the request body and asynchronously', () => {
    const inBody = guest((g) => ({ request_body: [g.reply(403, 'no')] }))
    const run = runTest({ plugins: { p: inBody }, steps: post })
    expect(run.report.steps).toMatchObject([
      { response: { status: 403, headers: expect.arrayContaining([['connection', 'close']]) } },
    ])
    const fromTick = guest((g) => ({
      configure: [g.tickEvery(10)],
      request_headers: [g.answer(1)],
      tick: [g.useStream(), g.reply(418, 'later')],
    }))
    const later = runTest({ plugins: { p: fromTick }, steps: get })
    expect(later.report.steps).toMatchObject([{ response: { status: 418, body: { text: 'later' } } }])
  })

  test('a gRPC request is answered in headers only', () => {
    const deny = guest((g) => ({ request_headers: [g.reply(403, 'not you %')] }))
    const run = runTest({
      plugins: { p: deny },
      steps:
        '  - request: { method: POST, url: http://a:10000/, headers: { content-type: application/grpc }, body: x }',
    })
    expect(run.report.steps).toMatchObject([
      {
        response: {
          status: 200,
          headers: expect.arrayContaining([['grpc-status', '7'], ['grpc-message', 'not you %25']]), // biome-ignore format: pairs
          body: { text: '' },
        },
      },
    ])
  })

  test('HEAD keeps the length and has no body; close_stream resets', () => {
    const deny = guest((g) => ({ request_headers: [g.reply(403, 'denied')] }))
    const run = runTest({ plugins: { p: deny }, steps: '  - request: { method: HEAD, url: http://a:10000/ }' })
    expect(run.report.steps).toMatchObject([
      { response: { status: 403, headers: expect.arrayContaining([['content-length', '6']]), body: { text: '' } } },
    ])
    const closes = runTest({
      plugins: { p: guest((g) => ({ request_headers: [g.close(0), g.answer(1)] })) },
      steps: get,
    })
    expect(closes.report.steps).toMatchObject([{ outcome: 'reset', ended: 'reset', started: 'none' }])
    expect(eventsOf(closes, 'stream.end')).toMatchObject([{ details: 'wasm_close_stream' }])
  })
})
