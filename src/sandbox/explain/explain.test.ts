import { describe, expect, test } from 'vitest'
import type { Finding } from '../../model/report.ts'
import type { LoadReason, TraceEvent } from '../../model/trace.ts'
import { english } from '../../text/catalogue.ts'
import { chinese } from '../../text/chinese.ts'
import { createText } from '../../text/text.ts'
import { describeFinding, findingMessage } from './describe-finding.ts'
import { explain } from './explain.ts'
import { rules } from './registry.ts'
import { bytes, enumArg, number, TraceBuilder } from './testing/trace-builder.ts'

const end = (value: 0 | 1) => [number('context', 2), number('headers', 8), number('end_of_stream', value)]
const bodyArgs = (size: number, eos: 0 | 1) => [
  number('context', 2),
  number('size', size),
  number('end_of_stream', eos),
]
const requestHeaders = 'proxy_on_request_headers'
const requestBody = 'proxy_on_request_body'
const watermark = 'StopAllIterationAndWatermark'
const hang = { type: 'hung', certainty: 'certain', direction: 'request' } as const
const cluster = 'outbound|80||auth.dns'
const utf8 = (text: string) => new TextEncoder().encode(text)

const explained = (trace: TraceBuilder, profile: 'higress-2.2' | 'envoy-1.40' = 'higress-2.2') =>
  explain(trace.view(), { profile })

/** Rule, variant, severity and callback: what most rows of the tables compare. */
const brief = (findings: readonly Finding[]) =>
  findings.map(({ rule, severity, callback, params }) =>
    [rule, params.variant, severity, callback].filter((word) => word !== undefined && word !== '').join(' '),
  )

type Row = readonly [name: string, trace: TraceBuilder, expected: readonly string[]]

const pausedFor = (inside: (trace: TraceBuilder) => void, eos: 0 | 1 = 1) =>
  new TraceBuilder().callback(requestHeaders, end(eos), 4, watermark, inside).pause('request', watermark)

describe('hung', () => {
  test.each<Row>([
    [
      'answered without a resume',
      pausedFor((trace) => trace.callout(4, cluster))
        .answer(4, cluster, '404')
        .callback('proxy_on_http_call_response', [number('root', 1), number('token', 4)], 'nothing')
        .event(hang),
      ['hung answered problem proxy_on_request_headers'],
    ],
    [
      'the call was refused',
      pausedFor((trace) =>
        trace.call('proxy_http_call', {
          args: [bytes('upstream', 'nope')],
          code: 2,
          reason: { code: 'unknown-cluster', cluster: 'nope', known: [] },
        }),
      ).event(hang),
      [
        'callout-refused unknown-cluster problem proxy_on_request_headers',
        'hung refused problem proxy_on_request_headers',
      ],
    ],
    [
      'the call is open',
      pausedFor((trace) => trace.callout(4, cluster)).event(hang),
      ['hung open problem proxy_on_request_headers'],
    ],
    ['nothing was started', pausedFor(() => undefined).event(hang), ['hung nothing problem proxy_on_request_headers']],
    [
      'headers wait for a body that cannot come',
      new TraceBuilder()
        .callback(requestHeaders, end(1), 1, 'StopIteration')
        .pause('request', 'StopIteration')
        .event(hang),
      ['hung no-body problem proxy_on_request_headers'],
    ],
    [
      'the last piece of the body is kept',
      new TraceBuilder()
        .callback(requestHeaders, end(0), 0, 'Continue')
        .callback(requestBody, bodyArgs(5, 1), 1, 'StopIterationAndBuffer')
        .pause('request', 'StopIterationAndBuffer')
        .event(hang),
      ['hung body-end problem proxy_on_request_body'],
    ],
    [
      'no plugin holds it: the upstream is silent',
      new TraceBuilder()
        .callback(requestHeaders, end(1), 0, 'Continue')
        .event({ type: 'upstream.request', cluster: 'slow', host: '', headers: [], endOfStream: true })
        .event({ ...hang, direction: 'response' }),
      ['hung upstream problem'],
    ],
    [
      'a pause that was resumed is not the holder',
      pausedFor((trace) => trace.callout(4, cluster))
        .answer(4, cluster)
        .resume('request', 'continue_stream')
        .event(hang),
      ['hung upstream problem'],
    ],
    ['a stream that ended has no finding', pausedFor(() => undefined).resume('request', 'continue_stream'), []],
  ])('%s', (_name, trace, expected) => {
    expect(brief(explained(trace))).toEqual(expected)
  })

  test('names who holds it, the SDK’s word, the answer and whether it is certain', () => {
    const trace = new TraceBuilder([{ name: 'first' }, { name: 'second', language: 'rust', abi: '0_2_1' }])
      .callback(requestHeaders, end(1), 0, 'Continue')
      .callback(requestHeaders, end(1), 1, watermark, (inside) => inside.callout(4, cluster), 1)
      .pause('request', watermark, 1)
      .event({ ...hang, certainty: 'probable' })
    const found = explained(trace).find(({ rule }) => rule === 'hung')
    expect(found).toMatchObject({ plugin: 'second', params: { sdkName: 'Action::Pause', action: watermark } })
    expect(found && describeFinding(found, createText('en', english)).why).toContain('Other things go on')
  })

  test('each hung request has its own finding', () => {
    const trace = new TraceBuilder()
    for (const stream of [1, 2]) {
      trace.inStream(stream).callback(requestHeaders, end(1), 4, watermark).pause('request', watermark).event(hang)
    }
    expect(brief(explained(trace))).toHaveLength(2)
  })
})

describe('header action 1 against 4', () => {
  const stopped = (abi: string) =>
    new TraceBuilder([{ abi }])
      .callback(requestHeaders, end(0), 1, 'StopIteration', (inside) => inside.callout(4, cluster))
      .pause('request', 'StopIteration')
  test.each<Row>([
    [
      'the body’s Continue let the request go before the answer',
      stopped('0_2_100')
        .callback(requestBody, bodyArgs(3, 1), 0, 'Continue')
        .resume('request', 'return')
        .answer(4, cluster),
      ['header-stop-released problem proxy_on_request_headers'],
    ],
    [
      'without a body the callback resumes it: no finding',
      stopped('0_2_100').answer(4, cluster).resume('request', 'continue_stream'),
      [],
    ],
    [
      'released after the answer: no finding',
      stopped('0_2_100')
        .answer(4, cluster)
        .callback(requestBody, bodyArgs(3, 1), 0, 'Continue')
        .resume('request', 'return'),
      [],
    ],
    [
      'no call was made: a deliberate stop',
      new TraceBuilder()
        .callback(requestHeaders, end(0), 1, 'StopIteration')
        .pause('request', 'StopIteration')
        .callback(requestBody, bodyArgs(3, 1), 0, 'Continue')
        .resume('request', 'return'),
      [],
    ],
    [
      'in 0_2_1 the number is converted: a note',
      new TraceBuilder([{ abi: '0_2_1' }])
        .callback(requestHeaders, end(1), 1, watermark)
        .resume('request', 'continue_stream'),
      ['header-stop-converted note proxy_on_request_headers'],
    ],
    [
      'a local reply makes the number meaningless: no note',
      new TraceBuilder([{ abi: '0_2_1' }]).callback(requestHeaders, end(1), 1, watermark, (inside) =>
        inside.call('proxy_send_local_response'),
      ),
      [],
    ],
  ])('%s', (_name, trace, expected) => {
    expect(brief(explained(trace))).toEqual(expected)
  })

  test('offers the edit in the words of the SDK', () => {
    const trace = stopped('0_2_100').callback(requestBody, bodyArgs(3, 1), 0, 'Continue').resume('request', 'return')
    const [found] = explained(trace)
    expect(found && describeFinding(found, createText('en', english)).edit).toEqual({
      plugin: 'auth',
      callback: requestHeaders,
      replace: 'HeaderStopIteration',
      with: 'HeaderStopAllIterationAndWatermark',
    })
  })
})

describe('a refused callout says which part was wrong', () => {
  const refused = (
    upstream: string,
    code: number,
    reason?: Parameters<TraceBuilder['call']>[1] extends infer O ? (O extends { reason?: infer R } ? R : never) : never,
  ) =>
    new TraceBuilder().callback(requestHeaders, end(1), 0, 'Continue', (inside) =>
      inside.call('proxy_http_call', { args: [bytes('upstream', upstream)], code, ...(reason && { reason }) }),
    )
  const known = ['httpbin', 'outbound|80||auth.static', 'outbound|443||pay.dns']

  test.each<[string, TraceBuilder, Record<string, unknown>]>([
    [
      'a static service has port 80',
      refused('outbound|8080||auth.static', 2, {
        code: 'unknown-cluster',
        cluster: 'outbound|8080||auth.static',
        known,
      }),
      { variant: 'static-port', nearest: 'outbound|80||auth.static' },
    ],
    [
      'a near name is offered',
      refused('httpbim', 2, { code: 'unknown-cluster', cluster: 'httpbim', known }),
      { variant: 'unknown-cluster', nearest: ['httpbin'], replacement: 'httpbin' },
    ],
    [
      'the same service under another port',
      refused('outbound|80||pay.dns', 2, { code: 'unknown-cluster', cluster: 'outbound|80||pay.dns', known }),
      { variant: 'other-port', replacement: 'outbound|443||pay.dns' },
    ],
    [
      'nothing is near',
      refused('zzzzzzzzzzzzzz', 2, { code: 'unknown-cluster', cluster: 'zzzzzzzzzzzzzz', known }),
      { variant: 'unknown-cluster', nearest: [], known },
    ],
    [
      'the name is empty',
      refused('', 2, { code: 'unknown-cluster', cluster: '', known }),
      { variant: 'no-cluster-name' },
    ],
    [
      'a pseudo header is missing',
      refused('httpbin', 2, { code: 'missing-pseudo-header', header: ':path' }),
      { variant: 'missing-header', header: ':path' },
    ],
    ['the pairs cannot be parsed', refused('httpbin', 2, { code: 'unparsable-pairs' }), { variant: 'unparsable' }],
    [
      'the timeout is negative',
      refused('httpbin', 2, { code: 'timeout-too-large', value: 4294967295 }),
      { variant: 'timeout', value: 4294967295 },
    ],
    ['no host', refused('httpbin', 10), { variant: 'failed', status: 'InternalFailure' }],
  ])('%s', (_name, trace, params) => {
    const found = explained(trace)
    expect(found.map(({ rule }) => rule)).toEqual(['callout-refused'])
    expect(found[0]?.params).toMatchObject(params)
  })

  test('an accepted call has none', () => {
    expect(explained(refused('httpbin', 0))).toEqual([])
  })
})

describe('maps out of reach', () => {
  const unavailable = (map: string, phase: string) => ({
    code: 2,
    reason: { code: 'map-unavailable', map, phase } as const,
  })
  const inBody = (fn: string, action: 'Continue' | 'StopIteration' = 'Continue') =>
    new TraceBuilder()
      .callback(requestHeaders, end(0), action === 'Continue' ? 0 : 1, action)
      .callback(requestBody, bodyArgs(3, 1), 0, 'Continue', (inside) =>
        inside.call(fn, { args: [bytes('key', 'x-user')], ...unavailable('RequestHeaders', 'request_body') }),
      )
  test.each<Row>([
    [
      'a write after Continue',
      inBody('proxy_replace_header_map_value'),
      ['map-refused write-after-leaving problem proxy_on_request_body'],
    ],
    [
      'a read after Continue',
      inBody('proxy_get_header_map_value'),
      ['map-refused read-after-leaving warning proxy_on_request_body'],
    ],
    [
      'response headers in the request',
      new TraceBuilder().callback(requestHeaders, end(1), 0, 'Continue', (inside) =>
        inside.call('proxy_add_header_map_value', unavailable('ResponseHeaders', 'request_headers')),
      ),
      ['map-refused not-there problem proxy_on_request_headers'],
    ],
    [
      'the answer of a call is read-only',
      new TraceBuilder().callback('proxy_on_http_call_response', [number('token', 4)], 'nothing', undefined, (inside) =>
        inside.call('proxy_add_header_map_value', {
          code: 2,
          reason: { code: 'map-read-only', map: 'HttpCallResponseHeaders' },
        }),
      ),
      ['map-refused read-only problem proxy_on_http_call_response'],
    ],
    [
      'a missing header is no problem',
      new TraceBuilder().callback(requestHeaders, end(1), 0, 'Continue', (inside) =>
        inside.call('proxy_get_header_map_value', { code: 1, reason: { code: 'unknown-name', name: 'cookie' } }),
      ),
      [],
    ],
  ])('%s', (_name, trace, expected) => {
    expect(brief(explained(trace))).toEqual(expected)
  })
})

describe('content-length and the body', () => {
  const changed = (length: string | undefined, body: string, over = true) =>
    new TraceBuilder()
      .event({
        type: 'upstream.request',
        cluster: 'httpbin',
        host: '',
        headers: length === undefined ? [] : [['content-length', length]],
        endOfStream: false,
      })
      .callback(requestBody, bodyArgs(3, 1), 0, 'Continue', (inside) =>
        inside.call('proxy_set_buffer_bytes', { args: [enumArg('type', 0, 'RequestBody'), bytes('data', body)] }),
      )
      .event({ type: 'upstream.request.body', data: utf8(body), endOfStream: over })
  test.each<Row>([
    ['longer than announced', changed('3', 'longer'), ['stale-length longer problem proxy_on_request_body']],
    ['shorter than announced', changed('9', 'short'), ['stale-length shorter problem proxy_on_request_body']],
    ['not complete yet: nothing is proven', changed('9', 'short', false), []],
    ['the right length', changed('5', 'right'), []],
    ['chunked', changed(undefined, 'any'), []],
  ])('request: %s', (_name, trace, expected) => {
    expect(brief(explained(trace))).toEqual(expected)
  })

  test.each<[string, string, string, string[]]>([
    ['GET', '2', 'longer', ['stale-length longer problem proxy_on_response_body']],
    ['HEAD', '2', '', []],
  ])('response to %s', (method, length, body, expected) => {
    const trace = new TraceBuilder()
      .event({
        type: 'request.headers',
        listener: 'main',
        protocol: 'h1',
        headers: [[':method', method]],
        endOfStream: true,
      })
      .callback('proxy_on_response_body', bodyArgs(2, 1), 0, 'Continue', (inside) =>
        inside.call('proxy_set_buffer_bytes', { args: [enumArg('type', 1, 'ResponseBody')] }),
      )
      .event({ type: 'response.headers', headers: [['content-length', length]], endOfStream: false })
      .event({ type: 'response.body', data: utf8(body), endOfStream: true })
    expect(brief(explained(trace))).toEqual(expected)
  })

  test('a wrong length without a change by a plugin is not its fault', () => {
    const trace = new TraceBuilder()
      .event({
        type: 'upstream.request',
        cluster: 'a',
        host: '',
        headers: [['content-length', '9']],
        endOfStream: false,
      })
      .event({ type: 'upstream.request.body', data: utf8('x'), endOfStream: true })
    expect(explained(trace)).toEqual([])
  })
})

describe('body handlers that did not run', () => {
  const read = (trace: TraceBuilder) =>
    trace.call('proxy_get_buffer_bytes', { args: [enumArg('type', 1, 'ResponseBody')] })
  const responseHeaders = 'proxy_on_response_headers'
  const responseBody = 'proxy_on_response_body'
  const worked = () =>
    new TraceBuilder()
      .callback(responseHeaders, end(0), 0, 'Continue')
      .callback(responseBody, bodyArgs(3, 1), 0, 'Continue', read)
      .inStream(2)
  const gzip = (trace: TraceBuilder) =>
    trace
      .chainHeaders('response', [['content-encoding', 'gzip']])
      .callback(responseHeaders, end(0), 0, 'Continue')
      .callback(responseBody, bodyArgs(3, 1), 0, 'Continue')
  test.each<Row>([
    [
      'no body, for a plugin that reads bodies elsewhere in the run',
      worked().callback(responseHeaders, end(1), 0, 'Continue'),
      ['body-skipped no-body note proxy_on_response_body'],
    ],
    [
      'no body, for a plugin not known to read any: silent',
      new TraceBuilder().callback(responseHeaders, end(1), 0, 'Continue'),
      [],
    ],
    ['content-encoding', gzip(worked()), ['body-skipped content-encoding warning proxy_on_response_body']],
    [
      'content-encoding, handler not proven',
      gzip(new TraceBuilder()),
      ['body-skipped content-encoding-only note proxy_on_response_body'],
    ],
    ['other SDKs do not skip', gzip(new TraceBuilder([{ abi: '0_2_1' }])), []],
  ])('%s', (_name, trace, expected) => {
    expect(brief(explained(trace))).toEqual(expected)
  })
})

describe('good practice', () => {
  const replied = (after: (inside: TraceBuilder) => unknown) =>
    new TraceBuilder()
      .inStream(1)
      .callback(requestHeaders, end(1), 0, 'Continue', (inside) => {
        inside.call('proxy_send_local_response', { args: [number('code', 403)] })
        after(inside)
      })
      .event({ type: 'local-reply', status: 403, headers: [], body: utf8(''), details: '', outcome: 'sent' }, 0)
  test('a resume after a reply is told', () => {
    const trace = replied((inside) => inside.call('proxy_continue_stream', { args: [enumArg('stream', 0, 'Request')] }))
    expect(brief(explained(trace))).toEqual(['resume-after-reply warning proxy_on_request_headers'])
    expect(brief(explained(replied(() => undefined)))).toEqual([])
  })

  test.each([
    [0, ['callout-without-timeout warning proxy_on_request_headers']],
    [500, []],
  ])('a call with timeout %i', (timeout, expected) => {
    const trace = new TraceBuilder().callback(requestHeaders, end(1), 0, 'Continue', (inside) =>
      inside.call('proxy_http_call', { args: [bytes('upstream', cluster), number('timeout_ms', timeout)] }),
    )
    expect(brief(explained(trace))).toEqual(expected)
  })
})

describe('Higress rules', () => {
  const configured = (config: string, route = 'default/foo') =>
    new TraceBuilder()
      .inStream(undefined)
      .callback('proxy_on_configure', [], 1, undefined, (inside) =>
        inside.call('proxy_get_buffer_bytes', {
          args: [enumArg('type', 7, 'PluginConfiguration')],
          out: [bytes('bytes', config)],
        }),
      )
      .inStream(1)
      .event({ type: 'route', name: route, cluster: 'outbound|80||svc.default.svc.cluster.local' })
      .chainHeaders('request', [[':authority', 'shop.example.com:10000']])
      .callback(requestHeaders, end(1), 0, 'Continue')
  const rule = (matcher: object) => JSON.stringify({ _rules_: [{ ...matcher, a: 1 }] })
  const none = 'no-rule-matched note'
  test.each<[string, string, string]>([
    ['another route', rule({ _match_route_: ['default/bar'] }), none],
    ['this route', rule({ _match_route_: ['default/foo'] }), 'rule-matched route note'],
    ['another domain', rule({ _match_domain_: ['*.example.org'] }), none],
    ['this domain, port stripped', rule({ _match_domain_: ['*.example.com'] }), 'rule-matched domain note'],
    ['domain by prefix', rule({ _match_domain_: ['shop.*'] }), 'rule-matched domain note'],
    ['this service', rule({ _match_service_: ['svc.default.svc.cluster.local'] }), 'rule-matched service note'],
    ['service with another port', rule({ _match_service_: ['svc.default.svc.cluster.local:81'] }), none],
    ['route prefix', rule({ _match_route_prefix_: ['default/'] }), 'rule-matched route-prefix note'],
    ['route and service, the service another', rule({ _match_route_: ['default/foo'], _match_service_: ['x'] }), none],
    [
      'a global configuration beside the rules',
      JSON.stringify({ b: 1, _rules_: [{ _match_route_: ['x'] }] }),
      'rule-matched global note',
    ],
    ['no rules', '{"b":1}', ''],
    ['not JSON', 'hello', ''],
  ])('%s', (_name, config, expected) => {
    const wanted = expected === '' ? [] : [`${expected} proxy_on_request_headers`]
    expect(brief(explained(configured(config)))).toEqual(wanted)
  })

  test('why each rule before it did not match is said, the first five one by one', () => {
    const said = (rules: readonly object[]): string => {
      const [found] = explained(configured(JSON.stringify({ _rules_: rules })))
      if (found === undefined) throw new Error('nothing was found')
      return describeFinding(found, createText('en', english)).why
    }
    const misses = [
      { _match_route_: ['x', 'y'] },
      { _match_route_: ['default/foo'], _match_service_: ['other.dns'] },
      { _match_domain_: ['*.example.org'] },
      { _match_service_: ['other.dns'] },
      { _match_route_prefix_: ['shop/'] },
    ]
    const sentences =
      ' Rule 1 is for the route x, y. Rule 2 is for this route, but for the service other.dns only.' +
      ' Rule 3 is for the host *.example.org. Rule 4 is for the service other.dns.' +
      ' Rule 5 is for routes that begin with shop/.'
    expect(said([...misses, { _match_domain_: ['*.example.com'] }])).toContain(sentences)
    expect(said([...misses, ...misses])).toContain(
      `${sentences} Rules that do not match either and are not listed here: 5.`,
    )
    expect(said([{ _match_domain_: ['*.example.com'] }])).not.toContain('Rule ')
  })

  test('the first rule that matches is named, for each request', () => {
    const rules = [{ _match_route_: ['x'] }, { _match_domain_: ['*.example.com'] }, { _match_route_: ['default/foo'] }]
    const trace = configured(JSON.stringify({ _rules_: rules }))
      .inStream(2)
      .event({ type: 'route', name: 'default/foo', cluster: 'c' })
      .chainHeaders('request', [[':authority', 'shop.example.com']])
      .callback(requestHeaders, end(1), 0, 'Continue')
    const matched = explained(trace).map(({ params }) => [params.rule, params.pattern, params.authority])
    expect(matched).toEqual([
      [2, '*.example.com', 'shop.example.com:10000'],
      [2, '*.example.com', 'shop.example.com'],
    ])
  })

  test.each<[string, (trace: TraceBuilder) => unknown, string[]]>([
    [
      'no :authority',
      (inside) =>
        inside.call('proxy_get_header_map_value', {
          args: [enumArg('map', 0, 'RequestHeaders'), bytes('key', ':authority')],
          code: 1,
          reason: { code: 'unknown-name', name: ':authority' },
        }),
      ['matcher-disabled authority problem proxy_on_request_headers'],
    ],
    [
      'route_name with a status it does not expect',
      (inside) => inside.call('proxy_get_property', { args: [bytes('path', 'route_name')], code: 3 }),
      ['matcher-disabled property problem proxy_on_request_headers'],
    ],
    [
      'route_name not found is fine',
      (inside) => inside.call('proxy_get_property', { args: [bytes('path', 'route_name')], code: 1 }),
      [],
    ],
  ])('matcher: %s', (_name, inside, expected) => {
    const trace = new TraceBuilder().callback(requestHeaders, end(1), 0, 'Continue', (callback) => {
      inside(callback)
    })
    expect(brief(explained(trace))).toEqual(expected)
  })
})

describe('properties', () => {
  const property = (path: string, callback: string, code = 1) =>
    new TraceBuilder().callback(callback, [], 0, undefined, (inside) =>
      inside.call('proxy_get_property', { code, reason: { code: 'unknown-property', path } }),
    )
  test.each<[string, string, number, 'higress-2.2' | 'envoy-1.40', string | undefined]>([
    ['request.path', 'proxy_on_response_headers', 1, 'envoy-1.40', 'request-gone'],
    ['response.code', requestHeaders, 1, 'higress-2.2', 'response-not-yet'],
    ['request.duration', requestHeaders, 1, 'higress-2.2', 'at-log-only'],
    ['request.host', 'proxy_on_tick', 1, 'higress-2.2', 'no-stream'],
    ['route_name', requestHeaders, 1, 'envoy-1.40', 'renamed'],
    ['route_name', requestHeaders, 1, 'higress-2.2', undefined],
    ['request', requestHeaders, 3, 'envoy-1.40', 'tree'],
    ['my_own', requestHeaders, 1, 'envoy-1.40', undefined],
  ])('%s in %s answering %d on %4$s', (path, callback, code, profile, variant) => {
    const found = explained(property(path, callback, code), profile)
    expect(found.map(({ params }) => params.variant)).toEqual(variant === undefined ? [] : [variant])
  })
})

const single = (event: TraceEvent, plugin?: number) => new TraceBuilder().event(event, plugin)
const inCallback = (inside: (trace: TraceBuilder) => unknown) =>
  new TraceBuilder().callback(requestHeaders, end(1), 0, 'Continue', (trace) => {
    inside(trace)
  })
const reply = {
  type: 'local-reply',
  status: 403,
  headers: [],
  body: new Uint8Array(),
  details: '',
  outcome: 'sent',
} as const

test.each<Row>([
  [
    'a second reply',
    inCallback((trace) => trace.event({ ...reply, outcome: 'ignored-second' })),
    ['local-reply-lost ignored warning proxy_on_request_headers'],
  ],
  [
    'a late reply',
    inCallback((trace) => trace.event({ ...reply, outcome: 'stream-reset' })),
    ['local-reply-lost too-late problem proxy_on_request_headers'],
  ],
  ['one reply is fine', inCallback((trace) => trace.event(reply)), []],
  [
    'too large a body',
    new TraceBuilder()
      .pause('request', 'StopIterationAndBuffer')
      .event({ ...reply, status: 413, details: 'request_payload_too_large' }),
    ['buffer-limit request problem'],
  ],
  [
    'a plugin may use the same details',
    inCallback((trace) => trace.event({ ...reply, status: 413, details: 'request_payload_too_large' })),
    [],
  ],
  [
    'the trace is full',
    single({ type: 'limit', what: 'events-dropped', count: 3, detail: '' }),
    ['run-cut events-dropped warning'],
  ],
  ['the deadline', single({ type: 'limit', what: 'deadline', count: 1, detail: '' }), ['run-cut deadline problem']],
  [
    'not implemented',
    inCallback((trace) => trace.call('proxy_grpc_call', { code: 12, reason: { code: 'not-implemented' } })),
    ['not-implemented function problem proxy_on_request_headers'],
  ],
  [
    'a service that is not there yet',
    single({ type: 'upstream.reset', cluster: 'r', reason: 'not in Proxyground yet: clusters of kind grpc' }),
    ['not-implemented service problem'],
  ],
  ['a service that is down', single({ type: 'upstream.reset', cluster: 'r', reason: 'connection refused' }), []],
  [
    'a splice',
    inCallback((trace) =>
      trace.call('proxy_set_buffer_bytes', { code: 2, reason: { code: 'splice-in-the-middle', start: 4, length: 9 } }),
    ),
    ['buffer-refused middle problem proxy_on_request_headers'],
  ],
  [
    'a configuration is read-only',
    inCallback((trace) =>
      trace.call('proxy_set_buffer_bytes', {
        code: 2,
        reason: { code: 'buffer-read-only', buffer: 'PluginConfiguration' },
      }),
    ),
    ['buffer-refused read-only problem proxy_on_request_headers'],
  ],
  [
    'asking for a configuration that is not there is usual',
    inCallback((trace) =>
      trace.call('proxy_get_buffer_bytes', {
        code: 1,
        reason: { code: 'buffer-unavailable', buffer: 'PluginConfiguration', phase: 'x' },
      }),
    ),
    [],
  ],
  [
    'a wild pointer',
    inCallback((trace) =>
      trace.call('proxy_log', { code: 6, reason: { code: 'out-of-bounds', argument: 'message', pointer: 1, size: 2 } }),
    ),
    ['bad-memory pointer problem proxy_on_request_headers'],
  ],
  [
    'an allocator that fails',
    inCallback((trace) => trace.call('proxy_get_property', { code: 6, reason: { code: 'allocator', detail: 'null' } })),
    ['bad-memory allocator problem proxy_on_request_headers'],
  ],
  [
    'pairs that cannot be parsed, answered Ok',
    inCallback((trace) => trace.call('proxy_set_header_map_pairs', { reason: { code: 'unparsable-pairs' } })),
    ['unparsable-pairs problem proxy_on_request_headers'],
  ],
  [
    'a context that is gone',
    inCallback((trace) =>
      trace.call('proxy_set_effective_context', { code: 2, reason: { code: 'unknown-context', id: 9 } }),
    ),
    ['unknown-context warning proxy_on_request_headers'],
  ],
  [
    'sleeping',
    inCallback((trace) => trace.wait(5e6).call('poll_oneoff')),
    ['guest-slept warning proxy_on_request_headers'],
  ],
  [
    'Go’s runtime sleeps on its way down, which is not the plugin’s doing',
    new TraceBuilder().callback(requestHeaders, end(1), 'trap', undefined, (trace) =>
      trace.wait(5e6).call('poll_oneoff').event({
        type: 'trap',
        callback: requestHeaders,
        kind: 'unreachable',
        message: 'unreachable',
        frames: [],
      }),
    ),
    ['trap problem proxy_on_request_headers'],
  ],
  [
    'reading the clock is not sleeping',
    inCallback((trace) => trace.wait(1000).call('clock_time_get').call('poll_oneoff')),
    [],
  ],
  [
    'get_log_level with two bytes',
    inCallback((trace) =>
      trace.call('proxy_call_foreign_function', {
        args: [bytes('name', 'get_log_level')],
        out: [bytes('result', 'ab')],
      }),
    ),
    ['log-level-shape problem proxy_on_request_headers'],
  ],
  [
    'get_log_level with four',
    inCallback((trace) =>
      trace.call('proxy_call_foreign_function', {
        args: [bytes('name', 'get_log_level')],
        out: [bytes('result', 'abcd')],
      }),
    ),
    [],
  ],
  [
    'a hidden line',
    inCallback((trace) => trace.event({ type: 'log', level: 'debug', message: 'm', via: 'proxy_log', shown: false })),
    ['log-hidden note'],
  ],
  [
    'a shown line',
    inCallback((trace) => trace.event({ type: 'log', level: 'info', message: 'm', via: 'proxy_log', shown: true })),
    [],
  ],
])('%s', (_name, trace, expected) => {
  expect(brief(explained(trace))).toEqual(expected)
})

test('the same finding in several requests is reported once, at its first event', () => {
  const trace = new TraceBuilder()
  for (const stream of [1, 2, 3]) {
    trace
      .inStream(stream)
      .callback(requestHeaders, end(1), 0, 'Continue', (inside) =>
        inside.call('proxy_grpc_call', { code: 12, reason: { code: 'not-implemented' } }),
      )
  }
  expect(explained(trace)).toHaveLength(1)
})

describe('modules that do not load', () => {
  const reasons: readonly [LoadReason, string][] = [
    [{ code: 'not-wasm' }, 'not-wasm'],
    [{ code: 'command-module' }, 'command-module'],
    [{ code: 'unknown-abi', marker: 'proxy_abi_version_0_2_100' }, 'higress-abi'],
    [{ code: 'unknown-abi', marker: 'proxy_abi_version_9' }, 'unknown-abi'],
    [{ code: 'missing-import', module: 'env', name: 'abort' }, 'assemblyscript-abort'],
    [{ code: 'missing-import', module: 'env', name: 'proxy_redis_call' }, 'higress-import'],
    [{ code: 'missing-import', module: 'wasi_snapshot_preview1', name: 'sock_open' }, 'unknown-wasi'],
    [{ code: 'missing-import', module: 'env', name: 'x' }, 'missing-import'],
    [{ code: 'bad-signature', name: 'proxy_on_tick', expected: '(i32)', actual: '()' }, 'bad-signature'],
    [{ code: 'imported-memory', name: 'memory' }, 'imported-memory'],
  ]
  test.each(reasons)('%j', (reason, variant) => {
    const found = explained(single({ type: 'load-error', message: 'Failed to load Wasm code', reason }, 0))
    expect(found.map(({ params }) => params.variant)).toEqual([variant])
    expect(found[0]?.params.message).toBe('Failed to load Wasm code')
  })
})

describe('a trap', () => {
  const trapped = inCallback((trace) =>
    trace.event({
      type: 'trap',
      callback: requestHeaders,
      kind: 'unreachable',
      message: 'unreachable',
      frames: [
        { name: '~lib/builtins/abort', offset: 10 },
        { name: 'src/plugin/Auth#onRequestHeaders', offset: 20 },
      ],
    }),
  )
  test('names the guest’s functions', () => {
    const [found] = explained(trapped)
    expect(found?.params.frames).toEqual(['~lib/builtins/abort', 'src/plugin/Auth#onRequestHeaders'])
  })

  test('with a source map it names file and line, in both languages', () => {
    const [found] = explained(trapped)
    if (found === undefined) throw new Error('no finding')
    const locate = (plugin: string, offsets: readonly number[]) =>
      plugin === 'auth' && offsets[1] === 20 ? { file: 'plugin.ts', line: 12 } : undefined
    expect(describeFinding(found, createText('en', english), { locate }).why).toContain('plugin.ts:12')
    expect(describeFinding(found, createText('zh', chinese), { locate }).why).toContain('plugin.ts:12')
  })
})

describe('words', () => {
  const languages = ['en', 'zh'] as const
  const every = rules.flatMap(({ id, variants = [] }) =>
    ['', ...variants].map((variant): [string, string] => [id, variant]),
  )
  test.each(every)('%s %s has all three parts in both languages', (rule, variant) => {
    for (const language of languages) {
      const params = { ...(variant === '' ? {} : { variant }), status: 'BadArgument', direction: 'request' }
      const found: Finding = { rule, severity: 'problem', plugin: 'p', callback: requestHeaders, event: 0, params }
      const {
        what,
        why,
        do: remedy,
      } = describeFinding(found, createText(language, language === 'en' ? english : chinese))
      for (const part of [what, why, remedy]) expect(part).not.toBe('')
      for (const part of [what, why, remedy]) expect(part).not.toMatch(/^finding\.|!|！|please|请注意|^error:/i)
    }
  })

  test('a message is one line of sentences', () => {
    const [found] = explained(pausedFor(() => undefined).event(hang))
    if (found === undefined) throw new Error('no finding')
    expect(findingMessage(found, createText('en', english))).toBe(
      'auth holds the request, and nothing resumes it. on_request_headers returned HeaderStopAllIterationAndWatermark. ' +
        'Nothing is under way that could call continue for this stream. Return Continue on this path, or start something ' +
        'whose callback resumes the stream.',
    )
  })

  test('no parameter of any rule is left unfilled', () => {
    const traces = [
      pausedFor((trace) => trace.callout(4, cluster)).event(hang),
      inCallback((trace) =>
        trace.call('proxy_log', { code: 6, reason: { code: 'out-of-bounds', argument: 'a', pointer: 1, size: 2 } }),
      ),
      single(
        {
          type: 'load-error',
          message: 'm',
          reason: { code: 'import-type', module: 'env', name: 'n', expected: 'e', actual: 'a' },
        },
        0,
      ),
      single({ type: 'hung', certainty: 'certain', direction: 'response' }),
    ]
    for (const found of traces.flatMap((trace) => explained(trace))) {
      for (const language of languages)
        expect(findingMessage(found, createText(language, language === 'en' ? english : chinese))).not.toMatch(
          /\{\{|undefined/,
        )
    }
  })
})
