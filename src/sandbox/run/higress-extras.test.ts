import { describe, expect, test } from 'vitest'
import { guest } from './test-guest.ts'
import { callbacks, eventsOf, logLines, runTest, type TestRun } from './test-run.ts'

const stream = `gateway: { routes: [{ name: s, cluster: sse }], clusters: { sse: { kind: stream, chunks: [{ data: a, delay: 1ms }, { data: b, delay: 1ms }] },
  empty: { kind: fixed, status: 200 }, many: { kind: echo, hosts: ["10.0.0.1:80", "10.0.0.2:80"] } } }`
const get = '  - request: { url: http://a/get }\n'

const body = (run: TestRun): unknown => run.report.steps[0]?.response?.body

describe('injected data', () => {
  const rewriting = guest((g) => ({
    response_body: [g.beforeEnd(g.inject('<', 0), g.inject('>', 0)), g.atEnd(g.inject('!', 1)), g.answer(3)],
  }))
  const watching = guest((g) => ({ response_body: [g.logBuffer(1)] }))

  test('takes the place of the chunks, and passes the filters behind the plugin', () => {
    // In the response the last plugin of the chain comes first.
    const run = runTest({ gateway: stream, plugins: { a: watching, b: rewriting }, steps: get })
    expect(body(run)).toEqual({ text: '<><>!' })
    expect(logLines(run)).toEqual(['<', '>', '<', '>', '!'])
  })

  test('enters the next filter inside the host call', () => {
    const run = runTest({ gateway: stream, plugins: { a: watching, b: rewriting }, steps: get })
    const outer = run.records.find(
      ({ event, plugin }) =>
        event.type === 'guest.enter' && event.callback === 'proxy_on_response_body' && plugin === 1,
    )
    const inner = run.records.find(
      ({ event, plugin }) =>
        event.type === 'guest.enter' && event.callback === 'proxy_on_response_body' && plugin === 0,
    )
    expect(outer?.event.type === 'guest.enter' && inner?.parent === outer.event.span).toBe(true)
  })

  test('releases the headers that the plugin still holds', () => {
    const run = runTest({
      gateway: stream,
      plugins: {
        a: guest((g) => ({
          response_headers: [g.inject('first', 0), g.answer(1)],
          response_body: [g.atEnd(g.inject('last', 1)), g.answer(3)],
        })),
      },
      steps: get,
    })
    expect(body(run)).toEqual({ text: 'firstlast' })
    expect(callbacks(run)[0]).toMatch(/^A\.response_headers/)
  })

  test('on header: a response without body gets one, after the header callback', () => {
    const run = runTest({
      gateway: stream.replace('cluster: sse', 'cluster: empty'),
      plugins: {
        a: guest((g) => ({
          response_headers: [g.remove(2, 'content-length'), g.injectOnHeader('hello'), g.answer(1)],
        })),
      },
      steps: get,
    })
    expect(body(run)).toEqual({ text: 'hello' })
  })

  test('on header: a plugin that let the headers go changes nothing', () => {
    const run = runTest({
      gateway: stream.replace('cluster: sse', 'cluster: empty'),
      plugins: { a: guest((g) => ({ response_headers: [g.injectOnHeader('hello')] })) },
      steps: get,
    })
    expect(body(run)).toEqual({ text: '' })
  })

  test('is nothing to a root context, and a plugin in plain Envoy does not load with it', () => {
    const ticking = guest((g) => ({
      configure: [g.tickEvery(10), g.answer(1)],
      tick: [g.inject('x', 0), g.logStatus(), g.tickEvery(0)],
    }))
    expect(logLines(runTest({ plugins: { ticking }, steps: '  - advance: 15ms\n' }))).toEqual(['0'])
    const run = runTest({ gateway: 'gateway: { profile: envoy-1.40 }', plugins: { ticking }, steps: get })
    expect(run.findings[0]?.rule).toBe('module-rejected')
  })
})

describe('hosts of the cluster', () => {
  const route = stream.replace('cluster: sse', 'cluster: many')

  test('are listed with what is known of them', () => {
    const run = runTest({
      gateway: route,
      plugins: { a: guest((g) => ({ request_headers: [g.logHosts()] })) },
      steps: get,
    })
    expect(logLines(run)[0]).toContain('10.0.0.2:80')
    expect(logLines(run)[0]).toContain('"health_status":"Healthy"')
  })

  test.each([
    ['10.0.0.2:80', '10.0.0.2:80'],
    ['10.9.9.9:80', '10.0.0.1:80'],
  ])('a plugin chooses %s and the request goes to %s', (chosen, host) => {
    const run = runTest({
      gateway: route,
      plugins: {
        a: guest((g) => ({ request_headers: [g.chooseHost(chosen)], log: [g.logProperty('upstream', 'address')] })),
      },
      steps: get,
    })
    expect(eventsOf(run, 'upstream.request').map((event) => event.host)).toEqual([host])
    expect(logLines(run)).toEqual([host])
  })
})

describe('wasm_need_rebuild', () => {
  const counting = (value: string) =>
    guest((g) => ({
      vm_start: [g.log('started'), g.answer(1)],
      request_headers: [g.log('request')],
      log: [g.setProperty('wasm_need_rebuild', value)],
    }))

  test('gives the next request a fresh VM, at most one in a second', () => {
    const run = runTest({ plugins: { a: counting('true') }, steps: `${get}${get}${get}  - advance: 2s\n${get}` })
    expect(logLines(run)).toEqual(['started', 'request', 'started', 'request', 'request', 'started', 'request'])
  })

  test('another value does nothing', () => {
    const run = runTest({ plugins: { a: counting('1') }, steps: `${get}${get}` })
    expect(logLines(run)).toEqual(['started', 'request', 'request'])
  })
})
