import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { executeRun } from '../../src/sandbox/entry/execute-run.ts'
import { renderTrace } from '../../src/sandbox/trace/render.ts'
import { goMissing } from '../go-sdk/build-guest.ts'
import { buildPlugin } from '../go-sdk/build-plugin.ts'
import { built, guest, type PluginRun, runGuest } from './run-project.ts'

const get = (path: string, more = '') => `  - request: { url: "http://127.0.0.1:10000${path}"${more} }\n`

/** Lines of the plugin without the brackets that name plugin, id and request. */
const lines = (run: PluginRun) =>
  run.report.logs.map(({ level, message }) => `${level} ${message.replace(/^\[core\] (\[[^\]]*\] ){2}/, '')}`)

describe.skipIf(goMissing)('the wrapper around a plugin', { timeout: 300_000 }, () => {
  const wasm = goMissing === undefined ? guest('core') : new Uint8Array()
  const run = (steps: string, config = 'defaultConfig: { name: global }', project = '') =>
    runGuest({ wasm, config, project, steps: `steps:\n${steps}` })

  test('a start without configuration warns and parses nothing; with one it says that it started', () => {
    const none = runGuest({ wasm, steps: `steps:\n${get('/get')}` })
    expect(none.report.logs[0]?.message).toBe('[core] [nil] [nil] config is empty, but has ParseConfigFunc')
    expect(lines(none).slice(0, 2)).toEqual([
      'warn config is empty, but has ParseConfigFunc',
      'info plugin start successfully',
    ])
    expect(lines(run(get('/get')))[0]).toBe('info plugin start successfully')
  })

  test('the plugin id leaves the configuration and stands in the second bracket', () => {
    const { report } = run(get('/get'), 'defaultConfig: { name: a, _plugin_id_: mine }')
    expect(report.logs.map(({ message }) => message)).toContain('[core] [mine] [nil] plugin start successfully')
    expect(report.logs.at(-1)?.message).toMatch(/^\[core\] \[mine\] \[[0-9a-f-]{36}\] done kept/)
  })

  test.each([
    [
      'the parser refuses',
      'defaultConfig: { refuse: bad name }',
      'parse config failed, no valid rules; global config parse error:bad name',
    ],
    [
      'there are no rules',
      'defaultConfig: { _rules_: [] }',
      'parse config failed, no valid rules; global config parse error:<nil>',
    ],
    [
      'a rule has no matcher',
      'defaultConfig: { _rules_: [{ name: a }] }',
      "there is at least one of  '_match_route_', '_match_domain_', '_match_service_' and '_match_route_prefix_' can present in configuration.",
    ],
    [
      'a rule is refused',
      'defaultConfig: { name: a, _rules_: [{ _match_domain_: ["*"], refuse: bad rule }] }',
      'bad rule',
    ],
  ])('the start fails when %s', (_, config, message) => {
    expect(lines(run(get('/get'), config)).slice(0, 2)).toEqual([
      `warn parse rule config failed: ${message}`,
      'error plugin start failed',
    ])
  })

  test('the callbacks of a GET: contexts, phases, a buffered response', () => {
    expect(lines(run(get('/get?a=1'))).slice(1)).toEqual([
      'info request http 127.0.0.1:10000 /get?a=1 GET body=false websocket=false binary=false phase=0 config=global<nothing',
      'info response 200 body=true binary=false json=true upstream=true phase=2',
      expect.stringMatching(/^info response body of \d{3} bytes phase=3$/),
      'info done kept true raw not a text phase=4',
    ])
  })

  test('a body in chunks reaches the handler once and whole; DontRead… switches both handlers off', () => {
    const post = ', method: POST, body: hello, chunks: [{ size: 2 }, { size: 3 }]'
    expect(lines(run(get('/post', post)))).toContain('info request body "hello" phase=1')
    expect(lines(run(get('/anything/skip', post))).filter((line) => line.includes('request body'))).toHaveLength(1)
    expect(lines(run(get('/skip', post))).filter((line) => line.includes(' body "') || line.includes('bytes'))).toEqual(
      [],
    )
  })

  test('a binary request body and an encoded response skip their handlers', () => {
    const grpc = ', method: POST, headers: { content-type: application/grpc }, body: x'
    const sent = lines(run(get('/post', grpc)))
    expect(sent[1]).toContain('binary=true')
    expect(sent.some((line) => line.startsWith('info request body'))).toBe(false)
    const zipped = lines(run(get('/response-headers?content-encoding=gzip')))
    expect(zipped).toContain('info response 200 body=true binary=true json=true upstream=true phase=2')
    expect(zipped.some((line) => line.includes('bytes'))).toBe(false)
  })

  test('a panic of a handler is one line with file and line, and the request goes on', () => {
    const failed = run(get('/panic'))
    const [, , panic] = lines(failed)
    expect(panic).toMatch(/^error recovered from panic assignment to entry in nil map, stack: goroutine \d+/)
    expect(panic).toMatch(/main\.onRequestHeaders\(.*core\.go:\d+/)
    expect(panic).not.toContain('\n')
    expect(failed.report.steps[0]).toMatchObject({ response: { status: 404 } })
  })

  test('user attributes are merged into the access log, escaped, and become span tags', () => {
    const made = run(get('/attributes'))
    expect(lines(made)[3]).toBe('info wrote <nil>, trace <nil>, has map[later:true]')
    const line = JSON.parse(made.report.accessLog[0] ?? '')
    expect(JSON.parse(line.custom_log)).toEqual({ count: 2, later: true, quoted: 'a "b" \\c' })
    expect(renderTrace(made.trace)).toContain('proxy_set_property(path="trace_span_tag.later", value="true") = Ok')
  })

  test('rerouting and buffer limits are properties of the host', () => {
    const trace = renderTrace(run(get('/properties')).trace)
    expect(trace).toContain('proxy_set_property(path="clear_route_cache", value="off") = Ok')
    expect(trace).toContain('proxy_set_property(path="set_decoder_buffer_limit", value="1000") = Ok')
    expect(trace).toContain('proxy_set_property(path="set_encoder_buffer_limit", value="2000") = Ok')
  })

  test('the queue of a stream is first in, first out', () => {
    expect(lines(run(get('/queue')))).toContain('info queue 2 one two 0 true')
  })

  test('the first rule that matches holds, then the global part, then none', () => {
    const rules = (list: string, more = '') => `defaultConfig: { ${more}_rules_: [${list}] }`
    const chosen = (config: string, host = '127.0.0.1:10000') =>
      lines(run(get('/get', `, headers: { host: "${host}" }`), config))
        .map((line) => / config=(.*)$/.exec(line)?.[1])
        .filter((line) => line !== undefined)
    const domain = '{ _match_domain_: ["*.example.com"], name: suffix }'
    const route = '{ _match_route_: [httpbin], name: route }'
    expect(chosen(rules(`${domain}, ${route}`, 'name: g, '), 'a.example.com:80')).toEqual(['suffix<g'])
    expect(chosen(rules(`${domain}, ${route}`, 'name: g, '))).toEqual(['route<g'])
    expect(chosen(rules(domain, 'name: g, '))).toEqual(['g<nothing'])
    expect(chosen(rules(domain))).toEqual([])
    expect(chosen(rules('{ _match_route_prefix_: [http], name: prefix }'))).toEqual(['prefix<'])
    expect(chosen(rules('{ _match_domain_: ["127.*"], name: prefix }'))).toEqual(['prefix<'])
    expect(chosen(rules('{ _match_route_: [httpbin], _match_service_: [other.dns], name: both }'))).toEqual([])
  })
})

describe.skipIf(goMissing)("the documents' programs", { timeout: 300_000 }, () => {
  const source = (template: string, plugin: string) =>
    readFileSync(new URL(`../../src/templates/${template}/plugins/${plugin}/main.go`, import.meta.url), 'utf8')

  test('W1: the mock response, with the logger as an argument', () => {
    const wasm = built({ 'main.go': source('go-mock-response', 'mock') })
    const off = runGuest({ wasm, config: 'defaultConfig: { mockEnable: false }', steps: `steps:\n${get('/get')}` })
    expect(off.report.steps[0]).toMatchObject({ upstream: [{ headers: expect.arrayContaining([['hello', 'world']]) }] })
    const on = runGuest({ wasm, config: 'defaultConfig: { mockEnable: true }', steps: `steps:\n${get('/get')}` })
    expect(on.report.steps[0]).toMatchObject({ response: { status: 200, body: { text: 'hello world' } }, upstream: [] })
  })

  test.each([
    ['no configuration', undefined],
    ['{}', 'defaultConfig: {}'],
    ['any', 'defaultConfig: { a: 1 }'],
  ])('W6: a plugin without a parser answers with %s', (_, config) => {
    const wasm = guest('plain')
    const { report } = runGuest({ wasm, ...(config === undefined ? {} : { config }), steps: `steps:\n${get('/get')}` })
    expect(report.steps[0]).toMatchObject({ response: { status: 200, body: { text: 'hello world' } } })
    expect(report.logs.map(({ message }) => message)).toEqual(['[hello-world] [nil] [nil] plugin start successfully'])
  })

  test('W12: the minimal template of the skill sheet', () => {
    const wasm = guest('minimal')
    const { report } = runGuest({ wasm, config: 'defaultConfig: { enabled: true }', steps: `steps:\n${get('/get')}` })
    expect(report.steps[0]).toMatchObject({
      upstream: [{ headers: expect.arrayContaining([['x-my-header', 'hello']]) }],
    })
  })

  // The printed programs have defects (workflows.md W7, W8): the compiler's own error, where it is.
  const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length
  const output = (text: string) => {
    const build = buildPlugin({ 'main.go': text })
    return build.kind === 'failed' ? build.output : 'it builds'
  }

  test('W7 as printed lacks the brace that ends parseConfig: the error stands at the next function', () => {
    const printed = source('go-http-call', 'call').replace(
      '\treturn nil\n}\n\nfunc onHttp',
      '\treturn nil\n\nfunc onHttp',
    )
    const line = lineOf(printed, 'func onHttpRequestHeaders')
    expect(output(printed)).toContain(
      `./main.go:${line}:6: syntax error: unexpected name onHttpRequestHeaders, expected (`,
    )
  })

  test('W8 as printed does not import strings: the error stands where it is used', () => {
    const printed = source('go-redis-limiter', 'limiter').replace('\t"strings"\n', '')
    const line = lineOf(printed, 'strings.HasSuffix')
    expect(output(printed)).toContain(`./main.go:${line}:6: undefined: strings`)
  })

  test.each([
    ['W7', 'go-http-call', 'call'],
    ['W8', 'go-redis-limiter', 'limiter'],
  ])(
    '%s with HeaderStopIteration, as printed: a POST leaves before the answer, and the finding says so',
    (_, name, plugin) => {
      const text = source(name, plugin).replace('types.HeaderStopAllIterationAndWatermark', 'types.HeaderStopIteration')
      const read = (path: string) =>
        readFileSync(new URL(`../../src/templates/${name}/${path}`, import.meta.url), 'utf8')
      const result = executeRun(
        {
          files: {
            'proxyground.yaml': read('proxyground.yaml'),
            [`plugins/${plugin}/plugin.yaml`]: read(`plugins/${plugin}/plugin.yaml`),
            [`plugins/${plugin}/main.go`]: text,
          },
          modules: { [plugin]: built({ 'main.go': text }) },
          scenario: { inline: `steps:\n${get('/post', ', method: POST, body: hello')}`, name: 'a POST' },
        },
        { now: () => 0 },
      )
      if (result.kind !== 'finished') throw new Error(JSON.stringify(result))
      expect(result.findings.map(({ rule }) => rule)).toContain('header-stop-released')
      expect(Object.fromEntries(result.report.steps[0]?.upstream?.[0]?.headers ?? [])).not.toHaveProperty('x-token')
    },
  )
})
