import { describe, expect, test } from 'vitest'
import type { HeaderList } from '../../model/http.ts'
import { calloutToUpstream, requestToUpstream, responseFromUpstream, responseToClient, uuid4 } from './added-headers.ts'
import { requestOnArrival } from './request-on-arrival.ts'

const curl: HeaderList = [
  [':authority', '127.0.0.1:10000'],
  [':path', '/get'],
  [':method', 'GET'],
  ['user-agent', 'curl/8'],
  ['accept', '*/*'],
]
const arrivedMs = Date.UTC(2026, 0, 1)

describe('the request before the first filter', () => {
  test.each<[string, HeaderList, 'http' | 'https' | undefined, string, string]>([
    ['plain listener', curl, undefined, 'http', 'http'],
    ['scheme_to_overwrite wins', curl, 'https', 'https', 'https'],
    ['a client x-forwarded-proto is kept', [...curl, ['x-forwarded-proto', 'https']], undefined, 'https', 'https'],
    ['and overwritten by the listener', [...curl, ['x-forwarded-proto', 'http']], 'https', 'https', 'https'],
  ])('%s', (_name, headers, schemeOverwrite, scheme, proto) => {
    const result = requestOnArrival(headers, { requestId: 'r', ...(schemeOverwrite && { schemeOverwrite }) })
    expect(Object.fromEntries(result)).toMatchObject({
      ':scheme': scheme,
      'x-forwarded-proto': proto,
      'x-request-id': 'r',
    })
    expect(result.slice(0, 4).every(([name]) => name.startsWith(':'))).toBe(true)
    expect(result.some(([name]) => name === 'x-forwarded-for')).toBe(false)
  })

  test('hop-by-hop headers go, the client request id stays', () => {
    const sent: HeaderList = [
      ...curl,
      ['connection', 'keep-alive'],
      ['transfer-encoding', 'chunked'],
      ['x-request-id', 'mine'],
    ]
    const names = requestOnArrival(sent, { requestId: 'r' })
    expect(names.map(([name]) => name)).not.toContain('connection')
    expect(names.map(([name]) => name)).not.toContain('transfer-encoding')
    expect(names.filter(([name]) => name === 'x-request-id')).toEqual([['x-request-id', 'mine']])
  })

  test('an upgrade keeps connection and upgrade', () => {
    const sent: HeaderList = [...curl, ['connection', 'Upgrade'], ['upgrade', 'websocket']]
    const names = requestOnArrival(sent, { requestId: 'r' }).map(([name]) => name)
    expect(names).toContain('connection')
    expect(names).toContain('upgrade')
  })
})

describe('the request behind the router', () => {
  test.each<['higress-2.2' | 'higress-2.1' | 'envoy-1.40', HeaderList]>([
    [
      'higress-2.2',
      [
        ['x-envoy-original-host', 'a'],
        ['req-start-time', '1767225600000'],
        ['x-envoy-expected-rq-timeout-ms', '15000'],
      ],
    ],
    [
      'higress-2.1',
      [
        ['original-host', 'a'],
        ['req-start-time', '1767225600000'],
        ['x-envoy-expected-rq-timeout-ms', '15000'],
      ],
    ],
    ['envoy-1.40', [['x-envoy-expected-rq-timeout-ms', '15000']]],
  ])('%s adds its own (W3)', (profile, added) => {
    expect(requestToUpstream(curl, { profile, arrivedMs, originalAuthority: 'a', timeoutMs: 15000 })).toEqual([
      ...curl,
      ...added,
    ])
  })

  test('a route without timeout announces none', () => {
    expect(requestToUpstream(curl, { profile: 'envoy-1.40', arrivedMs, originalAuthority: 'a', timeoutMs: 0 })).toEqual(
      curl,
    )
  })

  test('a callout gets length, the internal mark and its timeout, names in lower case', () => {
    const headers: HeaderList = [
      [':method', 'POST'],
      ['X-From', 'p'],
    ]
    expect(
      calloutToUpstream(headers, { profile: 'envoy-1.40', nowMs: arrivedMs, timeoutMs: 500, bodyLength: 3 }),
    ).toEqual([
      [':method', 'POST'],
      ['x-from', 'p'],
      ['content-length', '3'],
      ['x-envoy-internal', 'true'],
      ['x-envoy-expected-rq-timeout-ms', '500'],
    ])
  })
})

describe('the response', () => {
  test('the router adds the times before the filters', () => {
    const timing = { profile: 'higress-2.2', arrivedMs: 1000, completeMs: 1018, nowMs: 1048.9 } as const
    expect(responseFromUpstream([[':status', '200']], timing)).toEqual([
      [':status', '200'],
      ['req-cost-time', '48'],
      ['req-arrive-time', '1000'],
      ['resp-start-time', '1048'],
      ['x-envoy-upstream-service-time', '30'],
    ])
    expect(responseFromUpstream([[':status', '200']], { ...timing, profile: 'envoy-1.40' })).toEqual([
      [':status', '200'],
      ['x-envoy-upstream-service-time', '30'],
    ])
  })

  test('server is replaced in place, the upstream date is kept, connection goes', () => {
    const upstream: HeaderList = [
      [':status', '200'],
      ['server', 'gunicorn/19.9.0'],
      ['date', 'then'],
      ['connection', 'keep-alive'],
    ]
    expect(responseToClient(upstream, { profile: 'higress-2.2', nowMs: arrivedMs })).toEqual([
      [':status', '200'],
      ['server', 'istio-envoy'],
      ['date', 'then'],
    ])
  })

  test('a local reply gets date and server at its end', () => {
    expect(responseToClient([[':status', '403']], { profile: 'envoy-1.40', nowMs: arrivedMs })).toEqual([
      [':status', '403'],
      ['date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
      ['server', 'envoy'],
    ])
  })
})

test('sixteen random bytes make a version 4 UUID', () => {
  expect(uuid4(new Uint8Array(16).fill(0xff))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
})
