/** Findings of whole runs: real guests through the real emulator. */
import { describe, expect, test } from 'vitest'
import { english } from '../../text/catalogue.ts'
import { createText } from '../../text/text.ts'
import { guest } from '../run/test-guest.ts'
import { runTest } from '../run/test-run.ts'
import { describeFinding } from './describe-finding.ts'

const get = '  - request: { url: http://127.0.0.1:10000/get }'
const post = '  - request: { method: POST, url: http://127.0.0.1:10000/post, body: abc }'
const check = [[':method', 'GET'], [':path', '/check'], [':authority', 'auth']] as const // biome-ignore format: pairs
const clusters = (extra: string) => `gateway:\n  clusters:\n    httpbin: { kind: httpbin }\n${extra}`
const auth = clusters('    outbound|80||auth.static: { kind: fixed, status: 200, body: ok, delay: 20ms }')

type Guests = Readonly<Record<string, string>>
const findings = (plugins: Guests, steps: string, gateway = '') =>
  runTest({ plugins, steps, ...(gateway === '' ? {} : { gateway }) }).report.findings

/** Rule and variant, plugin, callback. */
const brief = (plugins: Guests, steps: string, gateway?: string) =>
  findings(plugins, steps, gateway).map(({ rule, params, plugin, callback }) =>
    [rule, params.variant, plugin, callback.replace('proxy_on_', '')]
      .filter((word) => word !== undefined && word !== '')
      .join(' '),
  )

describe('who holds a request', () => {
  test('a pause without anything behind it', () => {
    expect(brief({ p: guest((g) => ({ request_headers: [g.answer(4)] })) }, get)).toEqual([
      'hung nothing p request_headers',
    ])
  })

  test('a call that was refused, with the port rule of static services', () => {
    const p = guest((g) => ({ request_headers: [g.httpCall('outbound|8080||auth.static', check), g.answer(4)] }))
    const found = findings({ p }, get, auth)
    expect(found.map(({ rule, params }) => `${rule} ${String(params.variant)}`)).toEqual([
      'callout-refused static-port',
      'hung refused',
    ])
    const [refused] = found
    expect(refused && describeFinding(refused, createText('en', english)).edit).toMatchObject({
      replace: 'outbound|8080||auth.static',
      with: 'outbound|80||auth.static',
    })
  })

  test('an answer whose callback does not resume', () => {
    const p = guest((g) => ({
      request_headers: [g.httpCall('outbound|80||auth.static', check), g.answer(4)],
      http_call_response: [g.useStream()],
    }))
    expect(brief({ p }, get, auth)).toEqual(['hung answered p request_headers'])
  })

  test('the second of two plugins', () => {
    const pass = guest(() => ({ request_headers: [], request_body: [] }))
    const hold = guest((g) => ({ request_headers: [], request_body: [g.answer(1)] }))
    expect(brief({ a: pass, b: hold }, post)).toEqual(['hung body-end b request_body'])
  })

  test('headers that wait for a body which a GET has not', () => {
    const p = guest((g) => ({ request_headers: [g.answer(1)], request_body: [] }), '0_2_100')
    expect(brief({ p }, get)).toEqual(['hung no-body p request_headers'])
  })

  test('a service that is silent', () => {
    const gateway = clusters('    slow: { kind: hang }\n  routes: [{ name: r, prefix: /, cluster: slow, timeout: 0s }]')
    expect(brief({ p: guest(() => ({ request_headers: [] })) }, get, gateway)).toEqual(['hung upstream'])
  })

  test('a timer that goes on makes it probable', () => {
    const p = guest((g) => ({ configure: [g.tickEvery(100)], request_headers: [g.answer(4)], tick: [] }))
    expect(findings({ p }, get)).toMatchObject([{ rule: 'hung', params: { certainty: 'probable' } }])
  })
})

describe('header action 1 against 4', () => {
  const gate = (abi: string, action: number) =>
    guest(
      (g) => ({
        request_headers: [g.httpCall('outbound|80||auth.static', check), g.answer(action)],
        request_body: [],
        http_call_response: [g.useStream(), g.resume(0)],
      }),
      abi,
    )
  test.each<[string, string, number, string, string[]]>([
    ['0_2_100, 1, POST: released before the answer', '0_2_100', 1, post, ['header-stop-released p request_headers']],
    ['0_2_100, 1, GET: held', '0_2_100', 1, get, []],
    ['0_2_100, 4, POST: held', '0_2_100', 4, post, []],
    ['0_2_1, 1, POST: converted, held', '0_2_1', 1, post, ['header-stop-converted p request_headers']],
  ])('%s', (_name, abi, action, steps, expected) => {
    expect(brief({ p: gate(abi, action) }, steps, auth)).toEqual(expected)
  })
})

describe('bodies and lengths', () => {
  const rewrite = (text: string, drop = false) =>
    guest((g) => ({
      request_headers: drop ? [g.remove(0, 'content-length')] : [],
      request_body: [g.beforeEnd(g.setBody(0, text))],
    }))
  test.each<[string, string, string[]]>([
    ['longer', rewrite('longer than before'), ['stale-length longer p request_body']],
    ['the length removed', rewrite('longer than before', true), []],
    ['as long as before', rewrite('xyz'), []],
  ])('request body %s', (_name, p, expected) => {
    expect(brief({ p }, post)).toEqual(expected)
  })

  test('a shorter request body leaves the upstream waiting', () => {
    expect(brief({ p: rewrite('x') }, post)).toContain('stale-length shorter p request_body')
  })

  test.each<[string, string[]]>([
    ['x', ['stale-length shorter p response_body']],
    ['x'.repeat(2000), ['stale-length longer p response_body']],
  ])('a response body replaced under its length', (text, expected) => {
    const p = guest((g) => ({ response_headers: [], response_body: [g.beforeEnd(g.setBody(1, text))] }))
    expect(brief({ p }, get).filter((line) => line.startsWith('stale-length'))).toEqual(expected)
  })

  test('a body beyond the limit', () => {
    const p = guest((g) => ({ request_headers: [], request_body: [g.answer(1)] }))
    const big = `  - request: { method: POST, url: http://127.0.0.1:10000/post, body: "${'x'.repeat(40_000)}" }`
    expect(brief({ p }, big)).toContain('buffer-limit request p')
  })
})

describe('out of reach', () => {
  test('headers after they left', () => {
    const p = guest((g) => ({ request_headers: [], request_body: [g.add(0, 'x', 'y'), g.logHeader(0, ':path')] }))
    expect(brief({ p }, post)).toEqual([
      'map-refused write-after-leaving p request_body',
      'map-refused read-after-leaving p request_body',
    ])
  })

  test('response headers in the request', () => {
    const p = guest((g) => ({ request_headers: [g.add(2, 'x', 'y')] }))
    expect(brief({ p }, get)).toEqual(['map-refused not-there p request_headers'])
  })

  test('a body in the header callback', () => {
    const p = guest((g) => ({ request_headers: [g.setBody(0, 'x')] }))
    expect(brief({ p }, post)).toEqual(['buffer-refused not-there p request_headers'])
  })

  test('a property before its time', () => {
    const p = guest((g) => ({ request_headers: [g.logProperty('response', 'code')] }))
    expect(brief({ p }, get)).toEqual(['property-unavailable response-not-yet p request_headers'])
  })

  test('a missing pseudo header of a call', () => {
    const p = guest((g) => ({
      request_headers: [
        g.httpCall('httpbin', [
          [':method', 'GET'],
          [':authority', 'a'],
        ]),
      ],
    }))
    expect(findings({ p }, get)).toMatchObject([
      { rule: 'callout-refused', params: { variant: 'missing-header', header: ':path' } },
    ])
  })
})

describe('replies, traps, logs', () => {
  test('a second reply', () => {
    const p = guest((g) => ({ request_headers: [g.reply(403), g.reply(404)] }))
    expect(findings({ p }, get)).toMatchObject([
      { rule: 'local-reply-lost', params: { variant: 'ignored', status: 404 } },
    ])
  })

  test('a reply when the response is on its way', () => {
    const p = guest((g) => ({ response_headers: [], response_body: [g.beforeEnd(g.reply(500))] }))
    expect(brief({ p }, get)).toEqual(['local-reply-lost too-late p response_body'])
  })

  test('a trap', () => {
    const p = guest((g) => ({ request_headers: [g.trap] }))
    const [found] = findings({ p }, get)
    expect(found).toMatchObject({ rule: 'trap', plugin: 'p', params: { kind: 'unreachable' } })
    expect(found?.params.frames).not.toEqual([])
  })

  test('a line below the level', () => {
    const p = guest((g) => ({ request_headers: [g.log('details', 1)] }))
    expect(findings({ p }, get)).toMatchObject([{ rule: 'log-hidden', params: { count: 1, levels: ['debug'] } }])
  })

  test('a module that does not load', () => {
    const p = guest(() => ({ request_headers: [] }), '9_9_9')
    expect(brief({ p }, get)).toEqual(['module-rejected unknown-abi p'])
  })

  test('a kind of service that is not there yet', () => {
    const gateway = clusters('    rpc: { kind: tcp }\n  routes: [{ name: r, prefix: /, cluster: rpc }]')
    expect(brief({ p: guest(() => ({ request_headers: [] })) }, get, gateway)).toEqual(['not-implemented service'])
  })

  test('a call to a kind of service that is not there yet', () => {
    const p = guest((g) => ({ request_headers: [g.httpCall('rpc', check)], http_call_response: [] }))
    expect(brief({ p }, get, clusters('    rpc: { kind: tcp }'))).toEqual(['not-implemented service p request_headers'])
  })

  test('a run without a problem has nothing to explain', () => {
    const p = guest((g) => ({ request_headers: [g.add(0, 'hello', 'world')], response_headers: [g.add(2, 'x', 'y')] }))
    expect(brief({ p }, `${get}\n${post}`)).toEqual([])
  })
})

test('every message of a report is whole', () => {
  const p = guest((g) => ({ request_headers: [g.httpCall('nope', check), g.add(2, 'x', 'y'), g.answer(4)] }))
  for (const { message } of findings({ p }, get, auth)) expect(message).not.toMatch(/\{\{|undefined|\[object/)
})
