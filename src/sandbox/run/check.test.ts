import { describe, expect, it } from 'vitest'
import { loadProject } from '../../model/project/load.ts'
import { loadScenario } from '../../model/project/load-scenario.ts'
import { locateExpectation } from '../../model/project/locate.ts'
import type { Expectation } from '../../model/project/types.ts'
import type { ExchangeReport } from '../../model/report.ts'
import { check } from './check.ts'
import type { Observed } from './observed.ts'

const { project } = loadProject({})

function expectation(yaml: string): Expectation {
  if (!project) throw new Error('the default project does not load')
  const text = `steps:\n  - expect: ${yaml}\n`
  const loaded = loadScenario(text, 'inline', project)
  const step = loaded.scenario?.steps[0]
  if (step?.kind !== 'expect') throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  return step.expect
}

const message = (headers: readonly (readonly [string, string])[], text: string) =>
  ({ headers, trailers: [], body: { text } }) as const

const exchange: ExchangeReport = {
  outcome: 'response',
  started: 'body',
  ended: 'complete',
  response: {
    status: 200,
    details: 'via_upstream',
    flags: '-',
    ...message(
      [
        [':status', '200'],
        ['content-type', 'text/plain'],
        ['x-id', '42'],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['x-name', 'Ã¤'],
      ],
      '{"a":{"b":[1,2]},"c":"d"}',
    ),
  },
  upstream: [
    {
      cluster: 'httpbin',
      ...message(
        [
          [':method', 'GET'],
          [':path', '/get'],
          ['hello', 'world'],
        ],
        '',
      ),
    },
    {
      cluster: 'httpbin',
      ...message(
        [
          [':method', 'POST'],
          [':path', '/post'],
        ],
        'body',
      ),
    },
  ],
  calls: [
    { cluster: 'auth', path: '/check', ...message([[':method', 'GET']], '') },
    { cluster: 'audit', path: '/log', ...message([[':method', 'POST']], 'x') },
  ],
  redis: [
    { command: 'incr', args: ['a'] },
    { command: 'expire', args: ['a', '60'] },
  ],
  actions: [
    {
      plugin: 'limiter',
      callback: 'request_headers',
      returned: 4,
      action: 'StopAllIterationAndWatermark',
      sdkName: '',
    },
    { plugin: 'mock', callback: 'request_headers', returned: 0, action: 'Continue', sdkName: '' },
    { plugin: 'mock', callback: 'request_body', returned: 1, action: 'StopIterationAndBuffer', sdkName: '' },
    { plugin: 'mock', callback: 'request_body', returned: 0, action: 'Continue', sdkName: '' },
  ],
}

const observed: Observed = {
  exchanges: [exchange],
  hostcalls: [
    { plugin: 'limiter', fn: 'proxy_http_call', status: 'BadArgument' },
    { plugin: 'limiter', fn: 'proxy_http_call', status: 'Ok' },
  ],
  logs: [{ plugin: 'limiter', level: 'warn', message: 'limited: a', at: 0 }],
  findings: ['hung'],
  metrics: [{ name: 'limiter_total', kind: 'counter', value: 3 }],
  sharedData: [['', 'k', 'v', 1]],
  received: new TextEncoder().encode('hellobye'),
}

const messagesOf = (yaml: string, from: Observed = observed): readonly string[] =>
  check(0, expectation(yaml), from).map((failure) => failure.message)

describe('check passes when it is as expected', () => {
  it.each([
    '{ status: 200, details: via_upstream, flags: "-", outcome: response, started: body, ended: complete }',
    '{ headers: { Content-Type: text/plain, x-secret: null, x-id: { matches: "^\\\\d+$" } } }',
    '{ headers: { x-id: 42, set-cookie: b=2 } }',
    '{ headers: { x-name: ä } }',
    '{ headers: [[content-type, text/plain], [x-id, 42], [set-cookie, a=1], [set-cookie, b=2], [x-name, ä]] }',
    '{ trailers: {} }',
    '{ trailers: [] }',
    '{ body: { json: { c: d, a: { b: [1, 2] } } } }',
    '{ body: { contains: "\\"c\\"" } }',
    '{ body: { matches: "^..a" } }',
    '{ body: { size: 25 } }',
    '{ body: "{\\"a\\":{\\"b\\":[1,2]},\\"c\\":\\"d\\"}" }',
    '{ upstream: { cluster: httpbin, requests: 2 } }',
    '{ upstream: [{ cluster: httpbin, path: /get, headers: { hello: world } }, { cluster: other, requests: 0 }] }',
    '{ upstream: { method: POST, body: body, requests: 1 } }',
    '{ calls: [{ cluster: auth, path: /check }, { cluster: audit, body: x }] }',
    '{ calls: [{ cluster: audit }] }',
    '{ redis: [{ command: INCR, key: a }] }',
    '{ redis: [{ command: incr }, { command: expire, args: [a, "60"] }] }',
    '{ hostcalls: [{ fn: proxy_http_call, status: BadArgument, count: 1 }, { fn: proxy_http_call, count: 2 }] }',
    '{ hostcalls: { fn: proxy_log, count: 0 } }',
    '{ log: [{ level: warn, contains: limited }], noLog: [{ level: error }] }',
    '{ log: { plugin: limiter, matches: "^limited" } }',
    '{ actions: { limiter.request_headers: StopAllIterationAndWatermark, mock.request_body: [StopIterationAndBuffer, Continue] } }',
    '{ order: [limiter.request_headers, mock.request_headers] }',
    '{ findings: [hung], metrics: { limiter_total: 3 }, sharedData: { k: v } }',
    '{ received: hellobye }',
  ])('%s', (yaml) => {
    expect(messagesOf(yaml)).toEqual([])
  })
})

describe('check says what was expected and what came', () => {
  it.each([
    ['{ status: 429 }', 'status: expected 429, got 200'],
    ['{ headers: { x-id: null } }', 'headers.x-id: expected none, got "42"'],
    ['{ headers: { x-none: a } }', 'headers.x-none: expected "a", got nothing'],
    ['{ headers: { set-cookie: c } }', 'headers.set-cookie: expected "c", got ["a=1","b=2"]'],
    ['{ headers: { x-id: { matches: "^a" } } }', 'headers.x-id: expected a match of "^a", got "42"'],
    ['{ body: { json: { a: { b: [1, 3] }, c: d } } }', 'body.a.b[1]: expected 3, got 2'],
    ['{ body: { json: { c: d } } }', 'body.a: not expected, got {"b":[1,2]}'],
    ['{ body: { size: 3 } }', 'body: expected 3 bytes, got 25'],
    [
      '{ upstream: { cluster: httpbin, requests: 0 } }',
      'upstream[0].requests: expected 0 such at httpbin, got 2 (of 2 requests)',
    ],
    ['{ upstream: { cluster: other } }', 'upstream[0]: expected a request at other, there was none'],
    ['{ upstream: { path: /x } }', 'upstream[0]: none of the 2 requests at any upstream is as expected'],
    ['{ calls: [] }', 'calls: expected no callout, there were 2'],
    ['{ calls: [{ cluster: audit }, { cluster: auth }] }', 'calls[1].cluster: expected "auth", got "audit"'],
    ['{ redis: [{ command: get }] }', 'redis[0]: expected Redis command "get" after the 0 before it; there were 2'],
    [
      '{ hostcalls: { fn: proxy_http_call, status: NotFound } }',
      'hostcalls[0]: expected a call of proxy_http_call with status NotFound, got 0 (it answered BadArgument, Ok)',
    ],
    ['{ log: { level: error } }', 'log[0]: expected error line; none of 1 lines is'],
    ['{ noLog: { contains: limited } }', 'noLog[0]: expected no log line with "limited", got warn "limited: a"'],
    [
      '{ actions: { mock.request_body: Continue } }',
      'actions.mock.request_body: expected "Continue", got ["StopIterationAndBuffer","Continue"]',
    ],
    ['{ actions: { a.b: Continue } }', 'actions.a.b: the callback did not run'],
    [
      '{ order: [mock.request_headers, limiter.request_headers] }',
      'order: expected ["mock.request_headers","limiter.request_headers"], got ["limiter.request_headers","mock.request_headers"]',
    ],
    ['{ findings: [] }', 'findings: expected [], got ["hung"]'],
    ['{ metrics: { x: 1 } }', 'metrics.x: there is no such metric (there are: limiter_total)'],
    ['{ sharedData: { k: w } }', 'sharedData.k: expected "w", got "v"'],
    ['{ received: hello }', 'received: expected "hello", got "hellobye"'],
  ])('%s', (yaml, expected) => {
    expect(messagesOf(yaml)).toEqual([expected])
  })

  it('a client without a response is told as such', () => {
    const { response: _, ...rest } = exchange
    const hung: Observed = { ...observed, exchanges: [{ ...rest, outcome: 'hung', ended: 'hung', started: 'none' }] }
    expect(messagesOf('{ status: 200, outcome: hung }', hung)).toEqual([
      'status: the client got no response (outcome hung, ended hung)',
    ])
  })

  it('every exchange of a repeated request has to fit', () => {
    const twice: Observed = { ...observed, exchanges: [exchange, { ...exchange, outcome: 'reset' }] }
    expect(messagesOf('{ outcome: response }', twice)).toEqual([
      'requests[1].outcome: expected "response", got "reset"',
    ])
  })

  it('control and bidirectional characters do not reach the sentence', () => {
    const evil = { ...observed, logs: [{ plugin: 'p', level: 'warn' as const, message: '\u001b[2Jx\u202ey', at: 0 }] }
    expect(messagesOf('{ noLog: { level: warn } }', evil)).toEqual([
      'noLog[0]: expected no warn line, got warn "\\u001b[2Jx\\u202ey"',
    ])
  })
})

describe('regular expressions are bounded', () => {
  const long: Observed = {
    ...observed,
    logs: [{ plugin: 'p', level: 'info', message: `${'a'.repeat(50_000)}!`, at: 0 }],
  }

  it('a pattern that blows up elsewhere is answered in linear time', () => {
    expect(messagesOf('{ noLog: { matches: "^(a+)+$" } }', long)).toEqual([])
  })

  it.each([
    ['(a{1000}){1000}', 'invalid repeat count'],
    ['(', 'missing closing )'],
  ])('%s cannot be used', (pattern, reason) => {
    expect(messagesOf(`{ noLog: { matches: "${pattern}" } }`, long)[0]).toContain(reason)
  })

  it.each(['(?=a)b', '(a)\\\\1'])('%s is refused when the file is read', (pattern) => {
    expect(() => expectation(`{ noLog: { matches: "${pattern}" } }`)).toThrow('not supported')
  })
})

describe('a failure has a line', () => {
  const text = `steps:
  - request: { url: http://a/ }
    expect:
      status: 200
      headers:
        x.y: a
      upstream:
        cluster: httpbin
        path: /x
`
  it.each([
    ['status', 4],
    ['headers.x.y', 6],
    ['upstream[0].path', 9],
    ['requests[1].upstream[0].cluster', 8],
    ['ended', 3],
  ])('%s', (path, line) => {
    expect(locateExpectation('s.yaml', text, 0, path).line).toBe(line)
  })
})
