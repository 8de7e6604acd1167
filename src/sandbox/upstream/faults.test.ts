/** What plugins and clients meet when a service is broken on purpose. Texts: envoy-observed.md b, conformance/expected. */
import { describe, expect, test } from 'vitest'
import { loadProject } from '../../model/project/load.ts'
import { guest } from '../run/test-guest.ts'
import { eventsOf, logLines, runTest } from '../run/test-run.ts'

const gateway = (faults = '', kind = 'fixed, body: abcdefghij, status: 200') =>
  `gateway: { clusters: { web: { kind: ${kind}${faults} }, redis: { kind: redis, data: { k: v } } }, routes: [{ name: r, prefix: /, cluster: web }] }`
const get = '  - request: { url: http://a:10000/ }\n'
const fault = (words: string) => `  - fault: { cluster: web, ${words} }\n`

function ask(words: string, kind?: string) {
  const run = runTest({ gateway: gateway('', kind), steps: fault(words) + get })
  const step = run.report.steps[1]
  const body = step?.response?.body
  return {
    outcome: step?.outcome,
    ended: step?.ended,
    status: step?.response?.status,
    body: body !== undefined && 'text' in body ? body.text : undefined,
    flags: step?.response?.flags,
    at: run.records.at(-1)?.at,
    run,
  }
}

const refused =
  'upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: delayed connect error: Connection refused'
const reset = 'upstream connect error or disconnect/reset before headers. reset reason: '

test.each([
  ['kind: reset, at: connect', { status: 503, body: refused, flags: 'UF' }],
  ['kind: timeout, at: connect', { status: 503, body: `${reset}connection timeout`, flags: 'UF', at: 5e9 }],
  ['kind: reset', { status: 503, body: `${reset}connection termination`, flags: 'UC' }],
  ['kind: timeout', { status: 504, body: 'upstream request timeout', flags: 'UT', at: 15e9 }],
  // A reset in the body is a broken protocol for Envoy's HTTP/1 codec too (seen on 1.40 and 1.36, with a length and chunked).
  ['kind: reset, afterBytes: 4', { status: 200, body: 'abcd', ended: 'truncated', flags: 'UPE' }],
  ['kind: truncate, afterBytes: 3', { status: 200, body: 'abc', ended: 'truncated', flags: 'UPE' }],
  ['kind: status', { status: 503, body: '', flags: '' }],
  ['kind: status, status: 429', { status: 429, body: '' }],
  ['kind: latency, latency: 70ms', { status: 200, body: 'abcdefghij', at: 70e6 }],
  ['kind: slow, bytes: 4, latency: 1s', { status: 200, body: 'abcdefghij', at: 3e9 }],
  ['kind: length, bytes: 4', { status: 200, body: 'abcd' }],
  ['kind: status, latency: 5ms', { status: 503, at: 5e6 }],
])('a service with %s', (words, expected) => {
  expect(ask(words)).toMatchObject(expected)
})

test.each(['kind: timeout, afterBytes: 5', 'kind: length, bytes: 40'])(
  'a body of which a part never comes (%s) ends with the route timeout',
  (words) => {
    // Seen on Envoy 1.40 and 1.36: the response breaks off, UT.
    expect(ask(words)).toMatchObject({ status: 200, at: 15e9, ended: 'truncated', flags: 'UT' })
  },
)

test('jitter moves the latency both ways, by the seed', () => {
  const at = (seed: number) => {
    const steps = fault('kind: latency, latency: 100ms, jitter: 50ms') + get
    return (
      runTest({ gateway: gateway().replace('{ clusters', `{ seed: ${seed}, clusters`), steps }).records.at(-1)?.at ?? 0
    )
  }
  const times = [1, 2, 3, 4, 5, 6].map(at)
  expect(times).toEqual([1, 2, 3, 4, 5, 6].map(at))
  expect(new Set(times).size).toBe(6)
  expect(Math.min(...times)).toBeGreaterThanOrEqual(50e6)
  expect(Math.max(...times)).toBeLessThanOrEqual(150e6)
})

test('a fault ends after its times, or with none; a cluster can have it from the start', () => {
  const statuses = (run: ReturnType<typeof runTest>) =>
    run.report.steps.flatMap(({ response }) => (response === undefined ? [] : [response.status]))
  const steps = fault('kind: status, times: 2') + get.repeat(3)
  expect(statuses(runTest({ gateway: gateway(), steps }))).toEqual([503, 503, 200])
  const ended = get + fault('kind: none') + get
  expect(statuses(runTest({ gateway: gateway(', faults: [{ kind: status, status: 500 }]'), steps: ended }))).toEqual([
    500, 200,
  ])
})

describe('what a plugin is told', () => {
  const p = guest((g) => {
    const call = g.httpCall('web', [[':method', 'GET'], [':path', '/'], [':authority', 'a']], '', 1000) // biome-ignore format: pairs
    return {
      request_headers: [call, g.answer(4)],
      http_call_response: [g.logHeader(6, ':status'), g.logBuffer(4), g.useStream(), g.reply(200)],
    }
  })

  test.each([
    ['kind: reset, at: connect', ['503', refused]],
    ['kind: timeout', ['504', 'upstream request timeout']],
    ['kind: reset', ['503', `${reset}connection termination`]],
    ['kind: status', ['503']],
    ['kind: truncate, afterBytes: 2', ['2']],
    ['kind: length, bytes: 3', ['200', 'abc']],
    // The headers were there when the time was over: seen on Envoy 1.40 and 1.36 (conformance/cases/faults.ts).
    ['kind: slow, bytes: 1, latency: 300ms', ['2']],
    ['kind: timeout, afterBytes: 3', ['2']],
  ])('of a call to a service with %s', (words, expected) => {
    const logs = logLines(runTest({ plugins: { p }, gateway: gateway(), steps: fault(words) + get }))
    expect(logs.slice(0, expected.length)).toEqual(expected)
  })

  const redis = guest((g) => ({
    configure: [g.redisInit('redis', '', '', 500), g.answer(1)],
    request_headers: [g.redis('redis', 'get', 'k'), g.answer(4)],
    redis_call_response: [g.logRedisStatus(), g.logBuffer(9), g.useStream(), g.resume(0)],
  }))

  test.each([
    ['kind: reset, at: connect', 'connect-failure', '1'],
    ['kind: reset', 'reset', '1'],
    ['kind: timeout', 'timeout', '1'],
    ['kind: latency, latency: 400ms', '$1\r\nv\r\n', '0'],
    ['kind: latency, latency: 600ms', 'timeout', '1'],
    ['kind: noauth', '-NOAUTH Authentication required.\r\n', '0'],
    ['kind: loading', '-LOADING Redis is loading the dataset in memory\r\n', '0'],
  ])('of a Redis with %s', (words, outcome, status) => {
    const steps = `  - fault: { cluster: redis, ${words} }\n${get}`
    const run = runTest({ plugins: { redis }, gateway: gateway(), steps })
    const replies = eventsOf(run, 'redis.reply').map((event) =>
      event.outcome === 'reply' ? new TextDecoder().decode(event.reply) : event.outcome,
    )
    expect(replies).toEqual([outcome])
    expect(logLines(run)[0]).toBe(status)
  })
})

test.each([
  ['kind: loading', 'web', 'loading cannot happen to a cluster of kind fixed'],
  ['kind: length, bytes: 3', 'grpc', 'length cannot happen to a cluster of kind grpc'],
  ['kind: status', 'tcp', 'status cannot happen to a cluster of kind tcp'],
  ['kind: slow', 'redis', 'slow cannot happen to a cluster of kind redis'],
])('%s of %s is refused where it is written', (words, cluster, message) => {
  const project = `version: 1\n${gateway(`, faults: [{ ${words} }]`, cluster === 'web' ? undefined : cluster)}\nplugins: []\n`
  const scenario = `steps:\n  - fault: { cluster: ${cluster}, ${words} }\n`
  const { problems } = loadProject({ 'proxyground.yaml': project, 'scenarios/a.yaml': scenario })
  expect(problems.filter((problem) => problem.message.startsWith(message)).map(({ file }) => file)).toEqual([
    'proxyground.yaml',
  ])
})
