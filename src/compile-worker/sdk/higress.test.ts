import { describe, expect, test } from 'vitest'
import { exchange, get, logsOf, runGuest } from './test-guest.ts'

const IMPORTS = `import { bytes, Header, HttpContext, Json, JsonObject, JsonType, lastStatus, Log, log, PluginContext, proxywasm, statusName, text, types, wrapper } from '@proxyground/sdk/higress'\n`

/** A plugin that logs `name` of its configuration for each request; '-' prefix and request id are cut off by `said`. */
const NAMED = `${IMPORTS}
class Config { name: string = ''; inherited: string = '' }
function parse(json: Json, config: Config, log: Log): Error | null {
  if (json.Get('bad').Bool()) return new Error('bad is set')
  config.name = json.Get('name').String()
  return null
}
function takeOver(json: Json, global: Config | null, config: Config, log: Log): Error | null {
  config.inherited = global === null ? 'none' : global.name
  return parse(json, config, log)
}
function onHeaders(ctx: HttpContext, config: Config, log: Log): types.Action {
  log.Info('config ' + config.name + ' ' + config.inherited)
  return types.HeaderContinue
}
`
const PLAIN = `${NAMED}wrapper.SetCtx<Config>('named', [wrapper.ParseConfigBy<Config>(parse), wrapper.ProcessRequestHeadersBy<Config>(onHeaders)])\n`
const OVERRIDE = `${NAMED}wrapper.SetCtx<Config>('named', [wrapper.ParseOverrideConfigBy<Config>(parse, takeOver), wrapper.ProcessRequestHeadersBy<Config>(onHeaders)])\n`

/** Guest lines without level, plugin, plugin id and request id, from the first request on. */
const said = (report: Awaited<ReturnType<typeof runGuest>>) =>
  logsOf(report)
    .map((line) => line.replace(/^\w+: \[[^\]]*\] \[[^\]]*\] \[[^\]]*\] /, ''))
    .filter((line) => line !== 'plugin start successfully')

describe('rules', { timeout: 120_000 }, () => {
  const gateway = `  routes:
    - { name: default/foo, domains: ["*"], prefix: /foo, cluster: httpbin }
    - { name: rest, domains: ["*"], prefix: /, cluster: httpbin }`
  const rules = (list: string, global = '') => `{ ${global} _rules_: [${list}] }`
  const at = (url: string) => `  - request: { url: ${url} }`

  test('the first that matches wins, then the global configuration', async () => {
    const report = await runGuest({
      source: PLAIN,
      gateway,
      config: rules(
        `{ _match_route_: [default/foo], name: route }, { _match_domain_: ['*.example.com', 'api.*'], name: domain },
         { _match_service_: [nobody.dns], name: service }, { _match_route_prefix_: [default/], name: prefix }`,
        'name: global,',
      ),
      steps: [
        at('http://a.example.com:10000/foo'),
        at('http://a.example.com:10000/bar'),
        at('http://api.test:10000/bar'),
        at('http://example.com:10000/bar'),
      ].join('\n'),
    })
    expect(report.failures).toEqual([])
    expect(said(report)).toEqual(['config route ', 'config domain ', 'config domain ', 'config global '])
  })

  test('without a global part unmatched requests skip the plugin', async () => {
    const report = await runGuest({
      source: PLAIN,
      config: rules("{ _match_domain_: ['x.test'], name: x }"),
      steps: [at('http://x.test:10000/get'), at('http://y.test:10000/get')].join('\n'),
    })
    expect(said(report)).toEqual(['config x '])
  })

  test('a rule may take over from the global configuration', async () => {
    const report = await runGuest({
      source: OVERRIDE,
      config: rules("{ _match_domain_: ['x.test'], name: x }", 'name: g,'),
      steps: at('http://x.test:10000/get'),
    })
    expect(said(report)).toEqual(['config x g'])
  })

  test.each([
    ['no configuration at all', undefined, ['config is empty, but has ParseConfigFunc', 'config  ']],
    ['an empty object', '{}', ['config  ']],
    [
      'only an empty list of rules',
      '{ _rules_: [] }',
      [expect.stringContaining('no valid rules'), 'plugin start failed'],
    ],
    [
      'a rule without a matcher',
      '{ _rules_: [{ name: x }] }',
      [expect.stringContaining('_match_route_'), 'plugin start failed'],
    ],
    ['a parser that refuses', '{ bad: true }', [expect.stringContaining('bad is set'), 'plugin start failed']],
  ])('%s', async (_, config, lines) => {
    const report = await runGuest({ source: PLAIN, ...(config === undefined ? {} : { config }), steps: get })
    expect(said(report).slice(0, lines.length)).toEqual(lines)
  })
})

describe('handlers', { timeout: 120_000 }, () => {
  const BODIES = `${IMPORTS}
class Config {}
function headers(ctx: HttpContext, c: Config): types.Action {
  log.Info(ctx.Method() + ' ' + ctx.Scheme() + ' ' + ctx.Host() + ' ' + ctx.Path() + ' ' + ctx.HasRequestBody().toString())
  ctx.SetContext<string>('who', 'ann')
  ctx.SetUserAttribute('user', 'a"b')
  ctx.SetUserAttributeRaw('n', '3')
  ctx.WriteUserAttributeToLog()
  ctx.SetUserAttribute('more', '1')
  ctx.WriteUserAttributeToLog()
  proxywasm.RemoveHttpRequestHeader('content-length')
  return types.HeaderContinue
}
function body(ctx: HttpContext, c: Config, data: ArrayBuffer): types.Action {
  log.Info('body ' + text(data) + ' ' + ctx.GetStringContext('who', '') + ctx.GetBoolContext('who', false).toString())
  proxywasm.ReplaceHttpRequestBody(bytes('[' + text(data) + ']'))
  return types.DataContinue
}
function responseHeaders(ctx: HttpContext, c: Config): types.Action {
  proxywasm.RemoveHttpResponseHeader('content-length')
  log.Info('response ' + wrapper.IsResponseFromUpstream().toString() + ' ' + ctx.GetExecutionPhase().toString())
  return types.HeaderContinue
}
function chunk(ctx: HttpContext, c: Config, data: ArrayBuffer, last: bool): ArrayBuffer {
  log.Info('chunk ' + data.byteLength.toString() + ' ' + last.toString())
  return bytes('x')
}
function done(ctx: HttpContext, c: Config): void { log.Info('done ' + text(proxywasm.GetProperty(['custom_log']))) }
wrapper.SetCtx<Config>('bodies', [
  wrapper.ProcessRequestHeaders<Config>(headers),
  wrapper.ProcessRequestBody<Config>(body),
  wrapper.ProcessResponseHeaders<Config>(responseHeaders),
  wrapper.ProcessStreamingResponseBody<Config>(chunk),
  wrapper.ProcessStreamDone<Config>(done),
])
`
  test('see the whole request body, each response chunk, and the end', async () => {
    const report = await runGuest({
      source: BODIES,
      gateway: `  clusters:
    sse: { kind: stream, chunks: [{ data: abc }, { data: de, delay: 5ms }] }
  routes: [{ name: r, domains: ["*"], prefix: /, cluster: sse }]`,
      steps: `  - request: { method: POST, url: http://h.test:10000/p?q=1, body: abcd, chunks: [1, 3] }
    expect: { status: 200, upstream: [{ body: '[abcd]' }] }`,
    })
    expect(report.failures).toEqual([])
    const lines = said(report)
    expect(lines.slice(0, 5)).toEqual([
      'POST http h.test:10000 /p?q=1 true',
      'body abcd annfalse',
      'response true 2',
      'chunk 3 false',
      'chunk 2 false',
    ])
    expect(lines.at(-1)).toBe('done {\\"user\\":\\"a\\\\\\"b\\",\\"n\\":3,\\"more\\":\\"1\\"}')
    expect(exchange(report).response?.body).toMatchObject({ text: expect.stringMatching(/^x+$/) })
  })

  test('skip the body of a binary request', async () => {
    const report = await runGuest({
      source: BODIES,
      steps: `  - request: { method: POST, url: http://h.test:10000/post, body: abcd, headers: { content-type: application/octet-stream } }
    expect: { upstream: [{ body: abcd }] }`,
    })
    expect(report.failures).toEqual([])
  })
})

describe('clusters and calls', { timeout: 120_000 }, () => {
  test('names, hosts, and what a call sends', async () => {
    const report = await runGuest({
      source: `${IMPORTS}
class Config { n: i32 = 7 }
function show(c: wrapper.Cluster): void { log.Info(c.ClusterName() + ' ' + c.HostName()) }
function headers(ctx: HttpContext, c: Config): types.Action {
  show(new wrapper.RouteCluster()); show(new wrapper.TargetCluster('h', 'any'))
  show(new wrapper.K8sCluster('svc', '', 80)); show(new wrapper.K8sCluster('svc', 'ns', 80, 'v1', 'h'))
  show(new wrapper.NacosCluster('svc', 'public', 8848)); show(new wrapper.NacosCluster('svc', 'public', 8848, 'MY_GROUP', '', true))
  show(new wrapper.StaticIpCluster('ip', 80)); show(new wrapper.DnsCluster('d', 'd.test', 443))
  show(new wrapper.ConsulCluster('c', 'dc1', 8500)); show(new wrapper.FQDNCluster('a.b', 80))
  const client = wrapper.NewClusterClient(new wrapper.DnsCluster('auth', 'auth.test', 80))
  const failed = client.Post('http://other.test//check?x=1#f', [[':path', '/no'], ['x-a', '1']], bytes('hi'), answer)
  return failed === null ? types.HeaderStopAllIterationAndWatermark : types.HeaderContinue
}
function answer(ctx: HttpContext, code: i32, headers: Header, body: ArrayBuffer): void {
  log.Info('answer ' + code.toString() + ' ' + headers.Get('X-User') + ' ' + text(body) + ' ' + wrapper.ConfigOf<Config>(ctx).n.toString() + ctx.Path())
  const none = wrapper.NewClusterClient(new wrapper.FQDNCluster('gone', 80)).Get('/', [], answer)
  if (none !== null) log.Info('refused: ' + none.message)
  proxywasm.ResumeHttpRequest()
}
wrapper.SetCtx<Config>('calls', [wrapper.ProcessRequestHeaders<Config>(headers)])
`,
      gateway: `  clusters:
    outbound|80||auth.dns: { kind: fixed, status: 201, headers: { x-user: ann }, body: yes }`,
      steps: `${get}
    expect: { status: 200, calls: [{ cluster: 'outbound|80||auth.dns', path: '/check?x=1' }] }`,
    })
    expect(report.failures).toEqual([])
    expect(exchange(report).calls?.[0]?.headers.slice(0, 3)).toEqual([
      [':method', 'POST'],
      [':path', '/check?x=1'],
      [':authority', 'other.test'],
    ])
    const lines = said(report).filter((line) => !/^http call (start|end)/.test(line))
    expect(lines).toEqual([
      'httpbin 127.0.0.1:10000',
      'any h',
      'outbound|80||svc.default.svc.cluster.local svc..svc.cluster.local',
      'outbound|80|v1|svc.ns.svc.cluster.local h',
      'outbound|8848||svc.DEFAULT-GROUP.public.nacos svc',
      'outbound|8848||svc.MY-GROUP.public.nacos-ext svc',
      'outbound|80||ip.static ip',
      'outbound|443||d.dns d.test',
      'outbound|8500||c.dc1.consul c',
      'outbound|80||a.b a.b',
      'answer 201 ann yes 7/get?a=1',
      'http call to outbound|80||gone failed: BadArgument',
      'refused: http call to outbound|80||gone failed: BadArgument',
    ])
    expect(said(report).filter((line) => line.startsWith('http call'))[0]).toContain('timeout: 500')
  })
})

describe('JSON', { timeout: 120_000 }, () => {
  const cases: readonly (readonly [expression: string, expected: string])[] = [
    [`Json.Parse('{"a":{"b":[1,{"c":"x"}]}}').Get('a.b.1.c').String()`, 'x'],
    [`Json.Parse('{"a.b":1}').Get('a\\\\.b').Int().toString()`, '1'],
    [`Json.Parse('[1,2,3]').Get('#').Int().toString()`, '3'],
    [`Json.Parse('{"a":"\\\\u4f60\\\\n\\\\"q\\\\""}').Get('a').String()`, '你\n"q"'],
    [`Json.Parse('{"a":[1, 2 ]}').Get('a').String()`, '[1, 2 ]'],
    [`Json.Parse(' {"a" : true , "b":null} ').Get('a').Bool().toString()`, 'true'],
    [`Json.Parse('{"a":"1"}').Get('a').Bool().toString()`, 'true'],
    [`Json.Parse('{"a":-1.5e2}').Get('a').Float().toString()`, '-150.0'],
    [`Json.Parse('{"a":9007199254740993}').Get('a').Int().toString()`, '9007199254740993'],
    [`Json.Parse('{"a":1}').Get('b').Exists().toString()`, 'false'],
    [`Json.Parse('{"a":1}').Get('a.b.c').String()`, ''],
    [`Json.Parse('{"__proto__":1,"b":2}').Keys().join()`, '__proto__,b'],
    [`Json.Valid('{"a":1,}').toString()`, 'false'],
    [`Json.Valid('{"a":01}').toString()`, 'false'],
    [`Json.Valid('{} x').toString()`, 'false'],
    [`Json.Valid('["\\\\x"]').toString()`, 'false'],
    [`Json.Valid('['.repeat(100000)).toString()`, 'false'],
    [`Json.Valid('').toString()`, 'false'],
    [
      `new JsonObject().SetText('k"', 'v\\n').SetInt('n', -1).SetBool('b', true).SetText('k"', 'w').toString()`,
      '{"k\\"":"w","n":-1,"b":true}',
    ],
  ]
  test('is read and written as gjson does', async () => {
    const report = await runGuest({
      source: `${IMPORTS}
class Config {}
function headers(ctx: HttpContext, c: Config): types.Action {
${cases.map(([expression]) => `  proxywasm.LogInfo(${expression})`).join('\n')}
  return types.HeaderContinue
}
wrapper.SetCtx<Config>('json', [wrapper.ProcessRequestHeaders<Config>(headers)])
`,
      steps: get,
    })
    const lines = logsOf(report).filter((line) => !line.includes('plugin start'))
    expect(cases.map(([expression], index) => [expression, lines[index]])).toEqual(
      cases.map(([expression, expected]) => [expression, `info: ${expected}`]),
    )
  })
})

describe('ticks', { timeout: 120_000 }, () => {
  test('run their functions about every period, and may call services', async () => {
    const report = await runGuest({
      source: `${IMPORTS}
class Config {}
function parse(json: Json, config: Config): Error | null {
  wrapper.RegisterTickFunc(300, () => {
    log.Info('tick')
    wrapper.NewClusterClient(new wrapper.TargetCluster('h', 'httpbin')).Get('/get', [], answer)
  })
  return null
}
function answer(ctx: HttpContext, code: i32, headers: Header, body: ArrayBuffer): void { log.Info('answer ' + code.toString()) }
wrapper.SetCtx<Config>('ticks', [wrapper.ParseConfig<Config>(parse)])
`,
      config: '{ a: 1 }',
      steps: '  - advance: 450ms',
    })
    const lines = said(report).filter((line) => !/^http call (start|end)/.test(line))
    expect(lines).toEqual(['tick', 'answer 200', 'tick', 'answer 200'])
  })
})
