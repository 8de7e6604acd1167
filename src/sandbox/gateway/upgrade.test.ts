import { expect, test } from 'vitest'
import { guest } from '../run/test-guest.ts'
import { callbacks, eventsOf, runTest } from '../run/test-run.ts'

const asks = (upgrade: string) =>
  `  - request: { url: http://127.0.0.1:10000/get, headers: { connection: Upgrade, upgrade: ${upgrade} } }`
const plugin = guest(() => ({ request_headers: [], response_headers: [], log: [] }))

test.each([
  ['envoy-1.40', 'websocket', 403],
  ['envoy-1.40', 'h2c', 403],
  ['higress-2.2', 'h2c', 403],
  ['higress-2.2', 'WebSocket', 200],
  ['higress-2.1', 'WebSocket', 200],
])('%s answers a request for %s with %d', (profile, upgrade, status) => {
  const run = runTest({ plugins: { p: plugin }, gateway: `gateway: { profile: ${profile} }`, steps: asks(upgrade) })
  expect(run.report.steps[0]).toMatchObject({ response: { status } })
  if (status !== 403) return
  // Recorded on 1.36 and 1.40: no callback but the log, and the connection is closed.
  expect(callbacks(run)).toEqual(['A.log()'])
  expect(eventsOf(run, 'stream.end')).toMatchObject([{ details: 'upgrade_failed', ended: 'complete' }])
})

test.each([
  ['higress-2.2', 'websocket_handshake_unsuccessful', 0],
  ['higress-2.1', 'via_upstream', 2],
])('a service that does not switch, behind %s: %s', (profile, details, length) => {
  const gateway = `gateway: { profile: ${profile}, routes: [{ name: r, prefix: /, cluster: s }], clusters: { s: { kind: fixed, body: "no" } } }`
  const run = runTest({ plugins: { p: plugin }, gateway, steps: asks('websocket') })
  const { body } = run.report.steps[0]?.response ?? {}
  expect(body !== undefined && 'text' in body ? body.text.length : 0).toBe(length)
  expect(eventsOf(run, 'stream.end')).toMatchObject([{ details, ended: 'complete' }])
})

const talks = (cluster: string, messages: string) =>
  runTest({
    plugins: { p: plugin },
    gateway: `gateway: { routes: [{ name: r, prefix: /, cluster: s }], clusters: { s: { ${cluster} } } }`,
    steps: `  - request: { url: http://127.0.0.1:10000/chat, messages: ${messages} }`,
  })

test('a service speaks by itself, at its own times, and gives back what it hears', () => {
  const run = talks('kind: websocket, messages: [{ data: tick, delay: 1s }]', '[hello, { data: bye, after: 2s }]')
  const heard = eventsOf(run, 'response.body').map(({ data }) => new TextDecoder().decode(data.subarray(2)))
  expect(heard.slice(0, 3)).toEqual(['hello', 'tick', 'bye'])
  expect(run.report.steps[0]).toMatchObject({ response: { status: 101 } })
  expect(eventsOf(run, 'stream.end')).toMatchObject([{ ended: 'complete' }])
})

test('a service that switches by headers of its own says nothing but the goodbye; that is no hang', () => {
  const run = talks('kind: fixed, status: 101, headers: { connection: Upgrade, upgrade: websocket }', '[hello]')
  expect(eventsOf(run, 'hung')).toEqual([])
  expect(eventsOf(run, 'stream.end')).toMatchObject([{ ended: 'complete', flags: 'UC' }])
})

test.each([
  ['kind: reset, at: body', 'UC', 'upstream_reset_after_response_started{connection_termination}'],
  ['kind: timeout, at: body', 'DC', 'downstream_remote_disconnect'],
  ['kind: reset', 'UC', 'upstream_reset_before_response_started{connection_termination}'],
  ['kind: status, status: 503', '', 'websocket_handshake_unsuccessful'],
])('a WebSocket service with a fault: %s', (fault, flags, details) => {
  const run = talks(`kind: websocket, faults: [{ ${fault} }]`, '[hello]')
  expect(eventsOf(run, 'stream.end')).toMatchObject([{ flags, details }])
})

test('what needs a body is no fault of a WebSocket service', () => {
  expect(() => talks('kind: websocket, faults: [{ kind: truncate }]', '[hello]')).toThrow(/truncate/)
})

test('messages to httpbin itself are refused, for it speaks no WebSocket', () => {
  expect(() => runTest({ steps: '  - request: { url: http://127.0.0.1:12345/get, messages: [a] }' })).toThrow(
    /speaks no WebSocket/,
  )
})

test('a URL with ws asks for the upgrade, also without messages', () => {
  const run = runTest({
    gateway: 'gateway: { routes: [{ name: r, prefix: /, cluster: s }], clusters: { s: { kind: websocket } } }',
    steps: '  - request: { url: ws://127.0.0.1:10000/chat }',
  })
  expect(run.report.steps[0]).toMatchObject({ response: { status: 101 } })
})

test('a service that speaks nothing but WebSocket tells other clients so', () => {
  const run = runTest({
    gateway: 'gateway: { routes: [{ name: r, prefix: /, cluster: s }], clusters: { s: { kind: websocket } } }',
    steps: '  - request: { url: http://127.0.0.1:10000/chat }',
  })
  expect(run.report.steps[0]).toMatchObject({ response: { status: 426 } })
})

test.each(['body: x', 'trailers: { a: b }', 'protocol: h2', 'chunks: [1], body: x'])(
  'messages beside %s are refused',
  (other) => {
    expect(() => runTest({ steps: `  - request: { url: http://127.0.0.1:10000/, messages: [a], ${other} }` })).toThrow(
      /A request with messages is a WebSocket/,
    )
  },
)
