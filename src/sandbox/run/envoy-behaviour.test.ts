/** Rows of envoy-observed.md and proxy-wasm-host.md, through the whole emulator. */
import { describe, expect, test } from 'vitest'
import { guest } from './test-guest.ts'
import { callbacks, eventsOf, logLines, runTest } from './test-run.ts'

const get = '  - request: { url: http://127.0.0.1:10000/get }'
const echoGateway = `gateway:
  clusters: { up: { kind: echo } }
  routes: [{ name: r-main, cluster: up }]`
const post = (body: string, more = ''): string =>
  `  - request: { method: POST, url: http://a:10000/p, body: ${body}${more} }`

describe('e. body replacement and content-length', () => {
  const replaces = (text: string, headerOperation: 'keep' | 'remove') =>
    guest((g) => ({
      request_headers: headerOperation === 'remove' ? [g.remove(0, 'content-length')] : [],
      request_body: [g.beforeEnd(g.answer(1)), g.atEnd(g.setBody(0, text))],
    }))

  test('a longer body under the old length: the service answers 400', () => {
    const run = runTest({ plugins: { p: replaces('a longer body', 'keep') }, gateway: echoGateway, steps: post('abc') })
    expect(run.report.steps).toMatchObject([{ response: { status: 400 } }])
  })

  test('a shorter one: the service waits until the route gives up', () => {
    const run = runTest({ plugins: { p: replaces('a', 'keep') }, gateway: echoGateway, steps: post('abc') })
    expect(run.report.steps).toMatchObject([{ response: { status: 504, flags: 'UT', details: 'response_timeout' } }])
  })

  test('content-length removed in time: chunked, and the new body arrives', () => {
    const run = runTest({ plugins: { p: replaces('other', 'remove') }, gateway: echoGateway, steps: post('abc') })
    expect(run.report.steps).toMatchObject([{ response: { status: 200 }, upstream: [{ body: { text: 'other' } }] }])
    expect(eventsOf(run, 'upstream.request')[0]?.headers).toContainEqual(['transfer-encoding', 'chunked'])
  })

  test('headers in the body phase after Continue: BadArgument, the body change still Ok', () => {
    const p = guest((g) => ({
      request_headers: [],
      request_body: [g.atEnd(g.add(0, 'late', '1'), g.logStatus(), g.setBody(0, ''), g.logStatus())],
    }))
    expect(logLines(runTest({ plugins: { p }, gateway: echoGateway, steps: post('abc') }))).toEqual(['2', '0'])
  })

  test('a shorter response body under the old length: the client waits', () => {
    const p = guest((g) => ({
      request_headers: [],
      response_body: [g.beforeEnd(g.answer(1)), g.atEnd(g.setBody(1, 'x'))],
    }))
    const run = runTest({ plugins: { p }, steps: get })
    expect(run.report.steps).toMatchObject([{ outcome: 'hung', started: 'body', response: { body: { text: 'x' } } }])
    expect(eventsOf(run, 'hung')).toMatchObject([{ direction: 'response' }])
  })
})

describe('f. body sizes', () => {
  const chunks = ', chunks: [1, { size: 2, after: 1ms }, { size: 3, after: 1ms }]'
  const pauses = guest((g) => ({ request_body: [g.logBuffer(0), g.beforeEnd(g.answer(1))] }))

  test('paused each time: accumulated, the current chunk included', () => {
    const run = runTest({ plugins: { p: pauses }, gateway: echoGateway, steps: post('abcdef', chunks) })
    expect(callbacks(run).map((line) => line.split(' ')[0])).toEqual([
      'A.request_body(1,0)',
      'A.request_body(3,0)',
      'A.request_body(6,0)',
      'A.request_body(6,1)',
    ])
    expect(logLines(run)).toEqual(['a', 'abc', 'abcdef', 'abcdef'])
    expect(run.report.steps).toMatchObject([{ upstream: [{ body: { text: 'abcdef' } }] }])
  })

  test('gateway 2.1 hides the current chunk', () => {
    const gateway = `${echoGateway}\n  profile: higress-2.1`
    const run = runTest({ plugins: { p: pauses }, gateway, steps: post('abcdef', chunks) })
    expect(callbacks(run).map((line) => line.split(' ')[0])).toEqual([
      'A.request_body(1,0)',
      'A.request_body(1,0)',
      'A.request_body(3,0)',
      'A.request_body(6,1)',
    ])
    expect(run.report.steps).toMatchObject([{ upstream: [{ body: { text: 'abcdef' } }] }])
  })

  test('continued each time: the chunk only, then an empty end', () => {
    const p = guest(() => ({ request_body: [] }))
    const run = runTest({ plugins: { p }, gateway: echoGateway, steps: post('abcdef', chunks) })
    expect(callbacks(run)).toEqual([
      'A.request_body(1,0)',
      'A.request_body(2,0)',
      'A.request_body(3,0)',
      'A.request_body(0,1)',
    ])
  })

  test('HTTP/2 puts the end on the last chunk', () => {
    const p = guest(() => ({ request_body: [] }))
    const run = runTest({ plugins: { p }, gateway: echoGateway, steps: post('abcdef', `${chunks}, protocol: h2`) })
    expect(callbacks(run).at(-1)).toBe('A.request_body(3,1)')
  })

  test('more than the limit while buffering: 413 through the plugin', () => {
    const p = guest((g) => ({
      request_headers: [],
      request_body: [g.answer(1)],
      response_headers: [g.logHeader(2, ':status')],
    }))
    const gateway = 'gateway: { listeners: [{ name: main, port: 10000, bufferLimit: 4 }] }'
    const run = runTest({ plugins: { p }, gateway, steps: post('abcdef', ', chunks: [3, { size: 3, after: 1ms }]') })
    expect(run.report.steps).toMatchObject([
      { response: { status: 413, body: { text: 'Payload Too Large' }, details: 'request_payload_too_large' } },
    ])
    expect(logLines(run)).toEqual(['413'])
    const raised = guest((g) => ({
      request_headers: [g.setProperty('set_decoder_buffer_limit', '100')],
      request_body: [g.beforeEnd(g.answer(1))],
    }))
    expect(
      runTest({ plugins: { p: raised }, gateway, steps: post('abcdef').replace('/p,', '/post,') }).report.steps,
    ).toMatchObject([{ response: { status: 200 } }])
  })

  test("over HTTP/2 the window of a stream is the limit, not the listener's", () => {
    const p = guest((g) => ({ request_headers: [], request_body: [g.answer(1)] }))
    const status = (profile: string, bytes: number) => {
      const gateway = `gateway: { profile: ${profile}, listeners: [{ name: main, port: 10000, bufferLimit: 40000 }] }`
      const steps = post('a'.repeat(bytes), ', protocol: h2, abort: { after: 10s }')
      return runTest({ plugins: { p }, gateway, steps }).report.steps[0]?.response?.status
    }
    expect(status('higress-2.2', 65_535)).toBeUndefined()
    expect(status('higress-2.2', 65_536)).toBe(413)
    // 16 MiB on Envoy.
    expect(status('envoy-1.40', 900_000)).toBeUndefined()
  })

  test('over HTTP/2 a chunk comes in frames of 16 KiB, and of each the listener lets its limit through', () => {
    const p = guest(() => ({ request_body: [] }))
    const gateway = (limit: number) => `gateway: { listeners: [{ name: main, port: 10000, bufferLimit: ${limit} }] }`
    const bodies = (limit: number, bytes: number) =>
      callbacks(runTest({ plugins: { p }, gateway: gateway(limit), steps: post('a'.repeat(bytes), ', protocol: h2') }))
        .filter((line) => line.includes('request_body'))
        .join(' ')
    expect(bodies(32_768, 40_000)).toBe('A.request_body(16384,0) A.request_body(16384,0) A.request_body(7232,1)')
    expect(bodies(4, 9)).toBe('A.request_body(4,0) A.request_body(4,0) A.request_body(1,1)')
  })
})

describe('j. traps', () => {
  const traps = guest((g) => ({ request_headers: [g.trap], response_headers: [], log: [], done: [] }))
  const twice = `${get}\n  - advance: 2s\n${get}`
  const policy = (text: string) => ({ 'plugins/p/plugin.yaml': text })

  test('closed on Envoy: 503 with an empty body, then 503 for ever; no log or done from that VM', () => {
    const run = runTest({
      plugins: { p: traps },
      gateway: 'gateway: { profile: envoy-1.40 }',
      files: policy('kind: EnvoyPlugin'),
      steps: twice,
    })
    expect(run.report.steps).toMatchObject([
      { response: { status: 503, details: 'wasm_fail_stream', body: { text: '' } } },
      { kind: 'advance' },
      { response: { status: 503, details: 'wasm_fail_stream' } },
    ])
    expect(callbacks(run)).toEqual(['A.request_headers(6,1)'])
  })

  test('Higress builds a new VM for the next request', () => {
    const run = runTest({ plugins: { p: traps }, steps: twice })
    expect(callbacks(run)).toEqual(['A.request_headers(6,1)', 'A.request_headers(6,1)'])
  })

  test('open: the request goes on, and later ones pass the plugin by', () => {
    const run = runTest({
      plugins: { p: traps },
      gateway: 'gateway: { profile: envoy-1.40 }',
      files: policy('kind: EnvoyPlugin\nfail_open: true'),
      steps: `${get}\n${get}`,
    })
    expect(run.report.steps).toMatchObject([{ response: { status: 200 } }, { response: { status: 200 } }])
    expect(callbacks(run)).toEqual(['A.request_headers(6,1)'])
  })

  test('in response headers: 503; in the response body: cut', () => {
    const inHeaders = guest((g) => ({ request_headers: [], response_headers: [g.trap] }))
    expect(runTest({ plugins: { p: inHeaders }, steps: get }).report.steps).toMatchObject([
      { response: { status: 503 } },
    ])
    const inBody = guest((g) => ({ request_headers: [], response_body: [g.trap] }))
    expect(runTest({ plugins: { p: inBody }, steps: get }).report.steps).toMatchObject([{ ended: 'truncated' }])
  })

  test('a plugin that refuses its configuration takes no part, and the scenario says so', () => {
    const refuses = guest((g) => ({ configure: [g.answer(0)], request_headers: [g.reply(500)] }))
    const run = runTest({ plugins: { p: refuses }, steps: get })
    expect(eventsOf(run, 'load-error')).toMatchObject([{ reason: { code: 'configure-failed' } }])
    expect(run.report.steps).toMatchObject([{ response: { status: 200 } }])
    expect(run.report.failures).toMatchObject([{ path: 'plugins.p' }])
  })
})

describe('k. headers', () => {
  const edits = (edit: (g: Parameters<Parameters<typeof guest>[0]>[0]) => string[]) =>
    guest((g) => ({ request_headers: edit(g) }))
  const run = (wat: string) => runTest({ plugins: { p: wat }, gateway: echoGateway, steps: get })
  const of = (wat: string) => run(wat).report.steps

  test.each<[string, string, object]>([
    ['remove :path', edits((g) => [g.remove(0, ':path')]), { status: 404, flags: 'NR', details: 'route_not_found' }],
    [
      'remove :method',
      edits((g) => [g.remove(0, ':method')]),
      { status: 503, body: { text: 'missing required header: :method' }, flags: 'DPE' },
    ],
    ['remove :authority', edits((g) => [g.remove(0, ':authority')]), { status: 400 }],
    ['remove :scheme', edits((g) => [g.remove(0, ':scheme')]), { status: 200 }],
    ['a name with a space', edits((g) => [g.add(0, 'bad name', 'x')]), { status: 503, flags: 'DPE' }],
    ['a value with a line break', edits((g) => [g.add(0, 'x', 'a\r\nb')]), { status: 503, flags: 'DPE' }],
    ['an empty name', edits((g) => [g.add(0, '', 'x')]), { status: 200 }],
    ['an odd pseudo header', edits((g) => [g.add(0, ':foo', 'x')]), { status: 200 }],
    ['an empty map', edits((g) => [g.setPairs(0, [])]), { status: 404 }],
  ])('%s', (_name, wat, response) => {
    expect(of(wat)).toMatchObject([{ response }])
  })

  test('PATCH without a body gains content-length: 0', () => {
    const patched = run(edits((g) => [g.replace(0, ':method', 'PATCH')]))
    expect(eventsOf(patched, 'upstream.request')[0]?.headers).toContainEqual(['content-length', '0'])
  })

  test('a response without :status is a 502', () => {
    const p = guest((g) => ({ request_headers: [], response_headers: [g.remove(2, ':status')] }))
    expect(of(p)).toMatchObject([{ response: { status: 502, body: { text: 'missing required header: :status' } } }])
  })

  test('changing :path re-selects the route; route_name follows on Higress', () => {
    const p = edits((g) => [g.logProperty('route_name'), g.replace(0, ':path', '/alt'), g.logProperty('route_name')])
    const gateway = `gateway:
  clusters: { up: { kind: echo } }
  routes: [{ name: r-alt, prefix: /alt, cluster: up }, { name: r-main, cluster: up }]`
    const changed = runTest({ plugins: { p }, gateway, steps: get })
    expect(logLines(changed)).toEqual(['r-main', 'r-alt'])
    expect(eventsOf(changed, 'route')).toEqual([{ type: 'route', name: 'r-alt', cluster: 'up' }])
  })

  test('the request map is gone in the response phase', () => {
    const p = guest((g) => ({
      request_headers: [],
      response_headers: [g.logHeader(0, ':path'), g.add(0, 'a', 'b'), g.logStatus()],
    }))
    expect(logLines(run(p))).toEqual(['2', '2'])
  })
})

describe('g. properties', () => {
  test('phases: request attributes vanish after Continue and are back in the log', () => {
    const p = guest((g) => ({
      request_headers: [
        g.logProperty('request', 'path'),
        g.logProperty('response', 'code'),
        g.setProperty('mine', 'v'),
      ],
      response_headers: [g.logProperty('request', 'path'), g.logProperty('mine')],
      log: [g.logProperty('request', 'path'), g.logProperty('response', 'code_details')],
    }))
    const run = runTest({ plugins: { p }, gateway: echoGateway, steps: get })
    expect(logLines(run)).toEqual(['/get', '1', '1', 'v', '/get', 'via_upstream'])
  })

  test('upstream Envoy has removed route_name at the top level; xds.route_name stays', () => {
    const p = guest((g) => ({ request_headers: [g.logProperty('route_name'), g.logProperty('xds', 'route_name')] }))
    const run = runTest({ plugins: { p }, gateway: `${echoGateway}\n  profile: envoy-1.40`, steps: get })
    expect(logLines(run)).toEqual(['1', 'r-main'])
  })
})

describe('configuration updates', () => {
  const p = guest((g) => ({ configure: [g.log('configured'), g.logBuffer(7)], request_headers: [] }))
  const files = { 'plugins/p/plugin.yaml': 'defaultConfig: { a: 1 }' }

  test('a new root context gets the new configuration, requests go on', () => {
    const steps = `${get}\n  - configure: { p: { defaultConfig: { a: 2 } } }\n${get}`
    const run = runTest({ plugins: { p }, files, steps })
    expect(logLines(run)).toEqual(['configured', '{"a":1}', 'configured', '{"a":2}'])
    expect(eventsOf(run, 'configure').map(({ phase }) => phase)).toEqual(['start', 'update'])
    expect(run.report.steps.map(({ kind }) => kind)).toEqual(['request', 'configure', 'request'])
  })

  test('an update that is refused is told, and the old configuration keeps serving', () => {
    // Refuses its second configuration: shared data remembers the first.
    const once = guest((g) => ({
      configure: [
        g.logBuffer(7),
        '(if (i32.gt_u (local.get 1) (i32.const 7)) (then (global.set $answer (i32.const 0))))',
      ],
      request_headers: [g.add(0, 'seen', 'yes')],
    }))
    const steps = `  - configure: { p: { configuration: much longer } }\n${get}
    expect: { status: 200, upstream: [{ headers: { seen: "yes" } }] }`
    const run = runTest({
      plugins: { p: once },
      gateway: 'gateway: { profile: envoy-1.40 }',
      files: { 'plugins/p/plugin.yaml': 'kind: EnvoyPlugin\nconfiguration: short' },
      steps,
    })
    expect(eventsOf(run, 'load-error')).toMatchObject([{ reason: { code: 'configure-failed' } }])
    expect(logLines(run)).toEqual(['short', 'much longer'])
    expect(run.report.failures).toEqual([])
  })
})

describe('steps', () => {
  test('a request that is not awaited goes on while others run', () => {
    const steps = `  - request: { id: slow, url: http://a:10000/delay/2, await: false }
  - request: { url: http://a:10000/get }
    expect: { status: 200 }
  - await: slow
    expect: { status: 200 }`
    const run = runTest({ steps })
    expect(run.report.failures).toEqual([])
    expect(eventsOf(run, 'stream.end')).toHaveLength(2)
  })

  test('a client that goes away', () => {
    const p = guest((g) => ({ request_headers: [g.answer(1)], log: [g.logProperty('response', 'code')] }))
    const run = runTest({ plugins: { p }, steps: '  - request: { url: http://a:10000/, abort: { after: 1s } }' })
    expect(run.report.steps).toMatchObject([{ outcome: 'reset', ended: 'client-abort' }])
    expect(logLines(run)).toEqual(['1'])
    expect(eventsOf(run, 'stream.end')).toMatchObject([{ flags: 'DC' }])
  })

  test('a client that announces more than it sends never ends its request', () => {
    const steps = '  - request: { method: POST, url: http://a:10000/post, body: abc, headers: { content-length: "9" } }'
    expect(runTest({ steps }).report.steps).toMatchObject([{ outcome: 'hung', started: 'none' }])
  })

  test('port 12345 is httpbin without the gateway', () => {
    const p = guest((g) => ({ request_headers: [g.reply(500)] }))
    const run = runTest({ plugins: { p }, steps: '  - request: { url: http://127.0.0.1:12345/get }' })
    expect(run.report.steps).toMatchObject([{ response: { status: 200 }, upstream: [], actions: [] }])
    const { response } = run.report.steps[0] ?? {}
    expect(JSON.stringify(response?.body)).toContain('http://127.0.0.1:12345/get')
  })

  test('a malformed header name is refused by the codec', () => {
    const p = guest(() => ({ request_headers: [], log: [] }))
    const run = runTest({ plugins: { p }, steps: '  - request: { url: http://a:10000/, headers: { "bad name": x } }' })
    expect(run.report.steps).toMatchObject([{ ended: 'rejected', response: { status: 400 } }])
    expect(callbacks(run)).toEqual([])
  })
})

describe('the scheme and the documents (W3)', () => {
  test.each([
    ['higress-2.2', 'X-Envoy-Original-Host'],
    ['higress-2.1', 'Original-Host'],
  ])('%s', (profile, name) => {
    const run = runTest({ gateway: `gateway: { profile: ${profile}, scheme: https }`, steps: get })
    const body = run.report.steps[0]?.response?.body
    const text = body !== undefined && 'text' in body ? body.text : ''
    expect(JSON.parse(text)).toMatchObject({
      headers: {
        Host: '127.0.0.1:10000',
        [name]: '127.0.0.1:10000',
        'Req-Start-Time': '1767225600000',
        'X-Envoy-Expected-Rq-Timeout-Ms': '15000',
      },
      url: 'https://127.0.0.1:10000/get',
    })
  })
})

describe('trailers (6.6)', () => {
  test('HTTP/2 trailers go through; made ones reach the client', () => {
    const p = guest((g) => ({
      request_headers: [],
      request_trailers: [g.logHeader(1, 't')],
      response_headers: [],
      response_body: [g.atEnd(g.add(3, 'made', 'here'), g.logStatus())],
    }))
    const gateway = `gateway:
  clusters: { up: { kind: fixed, body: ok, protocol: h2 } }
  routes: [{ name: r, cluster: up }]`
    const run = runTest({ plugins: { p }, gateway, steps: post('abc', ', protocol: h2, trailers: { t: v }') })
    expect(logLines(run)).toEqual(['v', '0'])
    expect(run.report.steps).toMatchObject([
      { upstream: [{ trailers: [['t', 'v']] }], response: { trailers: [['made', 'here']] } },
    ])
  })
})
