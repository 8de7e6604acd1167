import { describe, expect, it } from 'vitest'
import { loadProject, projectLoader } from './load.ts'
import type { ProjectProblem } from './problem.ts'

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)
const brief = ({ file, line, column, message }: ProjectProblem) => `${file}:${line}:${column} ${message}`

const design = `version: 1
title: Redis rate limit
gateway:
  profile: higress-2.2
  clock: 2026-01-01T00:00:00Z
  seed: 1
  workers: 1
  logLevel: info
  scheme: https
  properties: { node.id: gw-1 }
  timeouts: { streamIdle: 5m, request: 0s }
  listeners:
    - { name: main, port: 10000, plugins: [limiter, mock], bufferLimit: 32768 }
    - { name: tcp, port: 18002, kind: tcp, plugins: [counter], cluster: echo }
  services: [{ plugin: collector, singleton: true }]
  routes:
    - { name: default/foo, domains: ["*.example.com"], prefix: /foo, headers: { x-v: a }, cluster: httpbin, timeout: 15s, rewrite: /bar }
    - { name: httpbin, domains: ["*"], prefix: /, cluster: httpbin }
  clusters:
    httpbin: { kind: httpbin }
    outbound|6379||redis.static: { kind: redis, password: "", data: { k: v } }
    outbound|80||auth.dns: { kind: fixed, status: 200, headers: { x-user: ann }, body: ok, delay: 20ms }
    sse: { kind: stream, headers: { content-type: text/event-stream }, chunks: [{ data: "data: a\\n\\n", delay: 5ms }] }
    rules: { kind: rules, rules: [{ when: { path: /login }, then: { kind: fixed, status: 401 } }] }
    echo: { kind: echo }
    down: { kind: unreachable }
plugins:
  - { name: limiter, language: go, sdk: higress }
  - { name: mock, language: assemblyscript }
  - { name: counter, source: collector }
  - { name: collector }
`

const scenario = `name: the third request in a minute is refused
plugins: { limiter: { defaultConfig: { qpm: 2 } } }
steps:
  - request: { method: GET, url: http://example.com/get?a=1, headers: { x-key: a }, times: 2 }
    expect: { status: 200 }
  - request:
      id: slow
      method: POST
      url: http://example.com/post
      protocol: h2
      headers: [[x-key, a], [x-key, b]]
      body: '{"a":1}'
      chunks: [3, { size: 4, after: 10ms }]
      trailers: {}
      abort: { after: 1s }
      await: false
  - request: { url: http://example.com/get, headers: { x-key: a } }
  - await: slow
    expect:
      status: 429
      details: window.limited
      headers: { content-type: text/plain, x-secret: null, x-id: { matches: '^\\d+$' } }
      trailers: {}
      body: { contains: too many }
      upstream: [{ cluster: httpbin, requests: 0 }]
      calls: [{ cluster: outbound|80||auth.dns, path: /check }]
      redis: [{ command: incr, key: a }]
      hostcalls: [{ fn: proxy_http_call, status: BadArgument, count: 1 }]
      log: [{ level: warn, contains: limited }]
      noLog: [{ level: error }]
      actions: { limiter.request_headers: StopAllIterationAndWatermark }
      order: [limiter.request_headers, mock.request_headers]
      findings: []
      outcome: response
  - advance: 60s
  - configure: { limiter: { defaultConfig: { qpm: 9 } } }
  - connection: { listener: tcp, send: [{ data: hello }, { data: bye, after: 5ms }], close: client }
    expect: { received: hellobye }
  - fault: { cluster: httpbin, at: connect, kind: reset, times: 1 }
  - expect: { metrics: { limiter_total: 3 }, sharedData: { k: v } }
`

const files = {
  'proxyground.yaml': design,
  'plugins/limiter/main.go': 'package main\n',
  'plugins/mock/plugin.ts': 'export {}\n',
  'plugins/collector/plugin.wat': '(module)\n',
  'scenarios/limit.yaml': scenario,
}

describe('the example of the design', () => {
  const { project, problems } = loadProject(files)

  it('loads without a problem', () => {
    expect(problems.map(brief)).toEqual([])
    expect(project?.scenarios).toHaveLength(1)
  })

  it('keeps headers, clusters and data as ordered pairs, durations as nanoseconds', () => {
    expect(project?.gateway.clusters.map(([name]) => name)).toEqual([
      'httpbin',
      'outbound|6379||redis.static',
      'outbound|80||auth.dns',
      'sse',
      'rules',
      'echo',
      'down',
    ])
    expect(project?.gateway.timeouts).toEqual({ streamIdle: 300e9, request: 0 })
    expect(project?.gateway.clockStart).toBe(BigInt(Date.UTC(2026, 0)) * 1_000_000n)
    const step = project?.scenarios[0]?.steps[1]
    expect(step?.kind === 'request' && step.request).toMatchObject({
      headers: [
        ['x-key', 'a'],
        ['x-key', 'b'],
      ],
      listener: 'main',
      url: { authority: 'example.com', path: '/post' },
      chunks: [{ after: 0 }, { after: 10e6 }],
    })
  })
})

describe('a project without proxyground.yaml', () => {
  it('has one listener on 10000, route and cluster httpbin, and all plugins in chain order', () => {
    const { project, problems } = loadProject({
      'plugins/a/plugin.ts': '',
      'plugins/b/plugin.ts': '',
      'plugins/b/plugin.yaml': 'phase: AUTHN',
      'plugins/c/plugin.ts': '',
      'plugins/c/plugin.yaml': 'priority: 5',
    })
    expect(problems).toEqual([])
    expect(project?.gateway.listeners).toMatchObject([
      { kind: 'http', port: 10000, plugins: ['b', 'c', 'a'], bufferLimit: 32768, routes: [{ name: 'httpbin' }] },
    ])
    expect(project?.gateway.clusters).toEqual([['httpbin', { kind: 'httpbin', protocol: 'h1' }]])
    expect(project?.plugins.map(({ language }) => language)).toEqual([
      'assemblyscript',
      'assemblyscript',
      'assemblyscript',
    ])
  })
})

describe('configuration bytes', () => {
  const configurationOf = (yaml: string) => {
    const { project, problems } = loadProject({ 'plugins/p/plugin.ts': '', 'plugins/p/plugin.yaml': yaml })
    return { bytes: project?.plugins[0]?.configuration, plugin: project?.plugins[0], problems }
  }

  it.each([
    ['defaultConfig: { b: 1, a: 1.0, big: 12345678901234567890 }', '{"a":1,"b":1,"big":12345678901234567000}'],
    [
      'defaultConfig: { x: 1 }\nmatchRules:\n- { ingress: [default/foo], config: { x: 2 } }\n- { domain: ["*.example.com"], config: { x: 3 } }\n- { configDisable: true, config: {} }',
      '{"_rules_":[{"_match_route_":["default/foo"],"x":2},{"_match_domain_":["*.example.com"],"x":3}],"x":1}',
    ],
    [
      'defaultConfigDisable: true\ndefaultConfig: { x: 1 }\nmatchRules: [{ service: [a.dns], config: {} }]',
      '{"_rules_":[{"_match_service_":["a.dns"]}]}',
    ],
    ['pluginConfig: { y: [1, { z: null }] }', '{"y":[1,{"z":null}]}'],
    ['defaultConfig: {}', '{}'],
    [
      'apiVersion: extensions.higress.io/v1alpha1\nkind: WasmPlugin\nmetadata: { name: n }\nspec: { defaultConfig: { k: v } }',
      '{"k":"v"}',
    ],
    ['kind: EnvoyPlugin\nconfiguration: "  any text\\n"', '  any text\n'],
    ['kind: EnvoyPlugin\nconfiguration: { b: 1, a: 2 }', '{"a":2,"b":1}'],
  ])('%s', (yaml, expected) => {
    const { bytes, problems } = configurationOf(yaml)
    expect(problems.map(brief)).toEqual([])
    expect(text(bytes)).toBe(expected)
  })

  it('is absent without any', () => {
    expect(configurationOf('phase: AUTHZ').plugin).not.toHaveProperty('configuration')
  })

  it('is not delivered when the default is disabled and no rule is left', () => {
    const { plugin, problems } = configurationOf('defaultConfigDisable: true')
    expect(plugin?.delivered).toBe(false)
    expect(problems.map(({ code }) => code)).toEqual(['problem.notDelivered'])
  })

  it('refuses a rule that matches nothing', () => {
    expect(configurationOf('matchRules:\n  - config: {}').problems.map(brief)).toEqual([
      'plugins/p/plugin.yaml:2:5 A match rule names no ingress, domain or service; the gateway rejects the whole plugin (write one, or configDisable: true)',
    ])
  })
})

it('gives the same project again after an edit of what loading does not read, after every other edit a new one', () => {
  const load = projectLoader()
  const files = {
    'proxyground.yaml': 'plugins: [{ name: a, language: assemblyscript }]',
    'plugins/a/plugin.ts': 'one',
    'plugins/a/plugin.yaml': 'priority: 1',
    'scenarios/get.yaml': 'steps: [{ request: { url: http://127.0.0.1:10000/, body: { file: body.txt } } }]',
    'body.txt': 'text',
  }
  const first = load(files)
  expect(first.problems).toEqual([])
  expect(load({ ...files, 'plugins/a/plugin.ts': 'two' })).toBe(first)
  for (const path of ['proxyground.yaml', 'plugins/a/plugin.yaml', 'scenarios/get.yaml', 'body.txt'] as const) {
    const edited = { ...files, [path]: `${files[path]} ` }
    const loaded = load(edited)
    expect(loaded, path).not.toBe(first)
    expect(loaded).toEqual(loadProject(edited))
  }
  expect(load({ ...files, 'plugins/b/plugin.ts': '' })).toEqual(loadProject({ ...files, 'plugins/b/plugin.ts': '' }))
  expect(load(files)).toEqual(first)
})
