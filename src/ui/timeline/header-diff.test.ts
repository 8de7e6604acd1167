import { expect, test } from 'vitest'
import { bytes, get, helloTrace, ok, requestMap, responseMap, TraceFixture } from './fixture.ts'
import { diffLines, directionAt, headerStates } from './header-diff.ts'

const call = (trace: TraceFixture) => trace.records.find(({ event }) => event.type === 'host.call')?.seq ?? -1

test('an added header is one green line among the ones that stayed', () => {
  const trace = helloTrace()
  const states = headerStates(trace.records, 'request', call(trace), 'event')
  expect(states && diffLines(states)).toEqual([
    { kind: 'same', name: ':authority', value: 'example.com' },
    { kind: 'same', name: ':path', value: '/get' },
    { kind: 'same', name: ':method', value: 'GET' },
    { kind: 'add', name: 'hello', value: 'world' },
  ])
})

test('ranges: this event, this callback, the whole run', () => {
  const trace = new TraceFixture('p').request(get, true).chain('request', [['a', '1']])
  trace.callback(0, 'proxy_on_request_headers', 0, 'Continue', (f) =>
    f
      .call('proxy_replace_header_map_value', [requestMap, bytes('k', 'A'), bytes('v', '2')])
      .call('proxy_replace_header_map_value', [requestMap, bytes('k', 'a'), bytes('v', '3')]),
  )
  trace.callback(0, 'proxy_on_request_body', 0, 'Continue', (f) =>
    f.call('proxy_remove_header_map_value', [requestMap, bytes('k', 'a')]),
  )
  const first = call(trace)
  const lines = (range: 'event' | 'callback' | 'run') => {
    const states = headerStates(trace.records, 'request', first, range)
    return states && diffLines(states).map(({ kind, value }) => `${kind} ${value}`)
  }
  expect(lines('event')).toEqual(['del 1', 'add 2'])
  expect(lines('callback')).toEqual(['del 1', 'add 3'])
  expect(lines('run')).toEqual(['del 1'])
})

test('a call that was refused changes nothing, and neither does the other map', () => {
  const trace = new TraceFixture('p').request(get, true).chain('request', get)
  trace.callback(0, 'proxy_on_request_headers', 0, 'Continue', (f) =>
    f
      .call('proxy_add_header_map_value', [requestMap, bytes('k', 'x'), bytes('v', 'y')], [], 'BadArgument', 2)
      .call('proxy_add_header_map_value', [responseMap, bytes('k', 'x'), bytes('v', 'y')]),
  )
  const states = headerStates(trace.records, 'request', call(trace), 'run')
  expect(states && diffLines(states).every(({ kind }) => kind === 'same')).toBe(true)
})

test('duplicates are counted one by one', () => {
  const before = [
    ['set-cookie', 'a'],
    ['set-cookie', 'b'],
  ] as const
  const after = [
    ['set-cookie', 'b'],
    ['set-cookie', 'b'],
  ] as const
  expect(diffLines({ before, after }).map(({ kind, value }) => kind + value)).toEqual(['dela', 'sameb', 'addb'])
})

test('host means :authority in requests', () => {
  const trace = new TraceFixture('p').request(get, true).chain('request', [[':authority', 'a']])
  trace.callback(0, 'proxy_on_request_headers', 0, 'Continue', (f) =>
    f.call('proxy_replace_header_map_value', [requestMap, bytes('k', 'Host'), bytes('v', 'b')]),
  )
  expect(headerStates(trace.records, 'request', call(trace), 'run')?.after).toEqual([[':authority', 'b']])
})

test('there is no state of a map the chain never had', () => {
  const trace = new TraceFixture('p').request(get, true)
  expect(headerStates(trace.records, 'response', 0, 'run')).toBeUndefined()
})

test('an event speaks of the map it names, else of its callback’s direction', () => {
  const trace = helloTrace()
  expect(directionAt(trace.records, call(trace))).toBe('request')
  const response = trace.records.find(({ event }) => event.type === 'response.headers')?.seq ?? -1
  expect(directionAt(trace.records, response)).toBe('response')
  expect(trace.records.some(({ event }) => event.type === 'chain.headers' && event.headers === ok)).toBe(true)
})

test.each([
  ['accept', 'one', ['del one', 'add one,two']],
  ['x-mine', 'one', ['same one', 'add two']],
])('a second value of %s is shown as the host keeps it', (name, first, expected) => {
  const trace = new TraceFixture('p').request(get, true).chain('request', [[name, first]])
  trace.callback(0, 'proxy_on_request_headers', 0, 'Continue', (f) =>
    f.call('proxy_add_header_map_value', [requestMap, bytes('k', name), bytes('v', 'two')]),
  )
  const states = headerStates(trace.records, 'request', call(trace), 'event')
  expect(states && diffLines(states).map(({ kind, value }) => `${kind} ${value}`)).toEqual(expected)
})
