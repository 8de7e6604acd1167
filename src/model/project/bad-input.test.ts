import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonSchemas } from './json-schema.ts'
import { loadProject } from './load.ts'
import { loadScenario } from './load-scenario.ts'
import type { ProjectProblem } from './problem.ts'

const brief = ({ file, line, column, message }: ProjectProblem) => `${file}:${line}:${column} ${message}`
const problemsOf = (yaml: string) => loadProject({ 'proxyground.yaml': yaml }).problems.map(brief)

const { project } = loadProject({})
const scenarioProblems = (yaml: string) => {
  if (!project) throw new Error('the default project does not load')
  return loadScenario(yaml, 's.yaml', project).problems.map(brief)
}

describe('proxyground.yaml that cannot be used', () => {
  it.each([
    ['titel: x', 'proxyground.yaml:1:1 Unknown key titel; did you mean title?'],
    ['gateway:\n  log_level: info', 'proxyground.yaml:2:3 Unknown key log_level; did you mean logLevel?'],
    ['gateway:\n  zzz: 1', /^proxyground.yaml:2:3 Unknown key zzz; known here: profile, clock,/],
    [
      'plugins: [{ name: auth, config: {} }]',
      'proxyground.yaml:1:25 Unknown key config; what a plugin is told stands in plugins/auth/plugin.yaml, as defaultConfig',
    ],
    [
      'plugins: [{ name: auth, matchRules: [] }]',
      'proxyground.yaml:1:25 Unknown key matchRules; what a plugin is told stands in plugins/auth/plugin.yaml, as matchRules',
    ],
    ['__proto__: 1', /^proxyground.yaml:1:1 Unknown key __proto__/],
    ['title: a\ntitle: b', 'proxyground.yaml:2:1 The key title appears twice'],
    ['title: 3', 'proxyground.yaml:1:8 Expected text, found 3'],
    ['gateway: []', 'proxyground.yaml:1:10 Expected a map, found a list of 0'],
    ['- a', 'proxyground.yaml:1:1 Expected a map, found a list of 1'],
    ['just text', 'proxyground.yaml:1:1 Expected a map, found "just text"'],
    [
      'gateway: { profile: higress }',
      /^proxyground.yaml:1:21 Expected one of higress-2.2, higress-2.1, envoy-1.36, envoy-1.40, found "higress"/,
    ],
    [
      'gateway: { clock: yesterday }',
      'proxyground.yaml:1:19 Expected a point in time such as 2026-01-01T00:00:00Z, found "yesterday"',
    ],
    [
      'gateway: { timeouts: { request: 5 } }',
      'proxyground.yaml:1:33 Expected a duration such as 20ms, 15s or 5m, found 5',
    ],
    ['gateway: { workers: 0 }', 'proxyground.yaml:1:21 Expected at least 1, found 0'],
    ['gateway: { clusters: { a: { kind: fixd } } }', /^proxyground.yaml:1:35 Expected one of httpbin, echo, fixed/],
    [
      'gateway: { clusters: { a: { kind: fixed, stats: 1 } } }',
      'proxyground.yaml:1:42 Unknown key stats; did you mean status?',
    ],
    [
      'gateway: { clusters: { a: { kind: fixed, body: { file: ../x } } } }',
      'proxyground.yaml:1:48 The file ../x is outside the project folder',
    ],
    [
      'gateway: { clusters: { a: { kind: fixed, body: { file: x } } } }',
      'proxyground.yaml:1:48 There is no file x in the project',
    ],
    ['gateway: { clusters: { a: {} } }', 'proxyground.yaml:1:24 The key kind is missing'],
    [
      'gateway: { routes: [{ name: a }] }',
      'proxyground.yaml:1:21 A route has exactly one of cluster, direct and weights; found none',
    ],
    [
      'gateway: { routes: [{ name: a, cluster: nope }] }',
      'proxyground.yaml:1:41 There is no cluster nope; known: httpbin',
    ],
    [
      'gateway: { routes: [{ name: a, cluster: outbound|8080||b.static }], clusters: { outbound|80||b.static: { kind: echo } } }',
      'proxyground.yaml:1:41 There is no cluster outbound|8080||b.static; did you mean outbound|80||b.static? Known: outbound|80||b.static, httpbin',
    ],
    [
      'gateway: { listeners: [{ name: a, port: 1 }, { name: b, port: 1 }] }',
      'proxyground.yaml:1:63 Port 1 is used by two listeners',
    ],
    [
      'gateway: { listeners: [{ name: a, port: 1, plugins: [x] }] }',
      'proxyground.yaml:1:54 There is no plugin x; known: none',
    ],
    [
      'plugins: [{ name: ../x }]',
      'proxyground.yaml:1:19 The plugin name ../x cannot be used; letters, digits, dot, dash and underscore can',
    ],
    ['a: [', /^proxyground.yaml:1:5 This is not valid YAML: /],
    ['a: b: c', /^proxyground.yaml:1:4 This is not valid YAML: /],
    ['title: "x', /^proxyground.yaml:1:\d+ This is not valid YAML: /],
    ['a: &a [*a]', 'proxyground.yaml:1:8 The alias *a has no anchor &a before it'],
    ['title: *x', 'proxyground.yaml:1:8 The alias *x has no anchor &x before it'],
    ['title: !!js/function x', /tag/],
    ['? [a]\n: b', 'proxyground.yaml:1:3 A key has to be plain text'],
    ['a: 1\n---\nb: 2', /^proxyground.yaml:2:1 This is not valid YAML: /],
  ])('%s', (yaml, expected) => {
    const [first] = problemsOf(yaml)
    expect(first).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected))
  })

  it.each<readonly [string, string, RegExp]>([
    ['50,000 open brackets', '['.repeat(50_000), /not valid YAML|nested too deeply/],
    ['200 nested lists', `${'['.repeat(200)}${']'.repeat(200)}`, /nested too deeply/],
    ['a million characters', `title: ${'x'.repeat(1_000_001)}`, /larger than 1000000 characters/],
  ])('%s', (_, yaml, expected) => {
    expect(problemsOf(yaml)[0]).toMatch(expected)
  })

  it('aliases that expand without end are a message, at once', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`)
    expect(problemsOf(`l0: &l0 lol\n${levels.join('\n')}\n`)[0]).toMatch(
      /The aliases .* expand to more than 200000 values/,
    )
  })
})

describe('a scenario that cannot be used', () => {
  it.each([
    [
      'steps: [{ request: { url: example.com } }]',
      's.yaml:1:27 Expected a URL such as http://example.com/get, found "example.com"',
    ],
    ['steps: [{ request: { method: GET } }]', 's.yaml:1:11 The key url is missing'],
    [
      'steps: [{ request: { url: http://a/ }, advance: 1s }]',
      /^s.yaml:1:9 A step has exactly one of .* found request and advance/,
    ],
    ['steps: [{}]', /^s.yaml:1:9 A step has exactly one of/],
    ['steps: [{ advance: 1s, expect: { status: 1 } }]', /nothing to expect/],
    ['steps: [{ await: x }]', 's.yaml:1:18 No earlier request has the id x'],
    ['plugins: { x: {} }', 's.yaml:1:12 There is no plugin x; known: none'],
    [
      'steps: [{ request: { url: http://a/, body: abc, chunks: [4] } }]',
      's.yaml:1:57 The chunks add up to 4 bytes, the body has 3',
    ],
    ['steps: [{ expect: { stats: 200 } }]', 's.yaml:1:21 Unknown key stats; did you mean status?'],
    ['steps: [{ expect: { status: abc } }]', 's.yaml:1:29 Expected a number, found "abc"'],
    ['steps: [{ expect: { actions: { a.b: Pause } } }]', /^s.yaml:1:30 Expected one of Continue, StopIteration,/],
    ['steps: [{ expect: { upstream: [{ cluser: a }] } }]', 's.yaml:1:34 Unknown key cluser; did you mean cluster?'],
    ['steps: [{ request: { url: http://a/, body: { base64: "%" } } }]', 's.yaml:1:44 This is not base64'],
  ])('%s', (yaml, expected) => {
    const [first] = scenarioProblems(yaml)
    expect(first).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected))
  })
})

describe('odd names are ordinary', () => {
  it('__proto__ is a header, a data key and a configuration key', () => {
    const loaded = loadProject({
      'proxyground.yaml': 'gateway: { clusters: { r: { kind: redis, data: { __proto__: a, 10: b, 9: c } } } }',
      'plugins/p/plugin.ts': '',
      'plugins/p/plugin.yaml': 'defaultConfig: { __proto__: { polluted: true } }',
      'scenarios/a.yaml': 'steps: [{ request: { url: http://a/, headers: { __proto__: x, b: 1.0 } } }]',
    })
    expect(loaded.problems.map(brief)).toEqual([])
    expect(loaded.project?.gateway.clusters[0]?.[1]).toMatchObject({
      data: [
        ['__proto__', 'a'],
        ['10', 'b'],
        ['9', 'c'],
      ],
    })
    expect(new TextDecoder().decode(loaded.project?.plugins[0]?.configuration)).toBe('{"__proto__":{"polluted":true}}')
    const step = loaded.project?.scenarios[0]?.steps[0]
    expect(step?.kind === 'request' && step.request.headers).toEqual([
      ['__proto__', 'x'],
      ['b', '1.0'],
    ])
    expect('polluted' in {}).toBe(false)
  })
})

describe('loading never throws', { timeout: 60_000 }, () => {
  const keys = [
    'gateway',
    'plugins',
    'clusters',
    'routes',
    'kind',
    'name',
    'steps',
    'expect',
    'request',
    '__proto__',
    'url',
  ]
  const tree = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.double(),
      fc.constantFrom(null, true, 'httpbin', '5s', 'http://a/'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 4 }),
    ),
  })).value

  it('for any JSON-like document in any place', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const text = JSON.stringify(value) ?? ''
        const files = { 'proxyground.yaml': text, 'plugins/p/plugin.yaml': text, 'plugins/p/plugin.ts': '' }
        for (const { line, column, message } of loadProject(files).problems) {
          expect(line).toBeGreaterThan(0)
          expect(column).toBeGreaterThan(0)
          // What the document itself says may have braces; a sentence whose gaps were not filled names one of them.
          if (!text.includes('{{')) expect(message).not.toContain('{{')
        }
        scenarioProblems(text)
      }),
      { numRuns: 80 },
    )
  })

  it('for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void problemsOf(text)),
      { numRuns: 100 },
    )
  })
})

it('the JSON Schemas name every key, and reach into maps of clusters', () => {
  const text = JSON.stringify(jsonSchemas())
  for (const key of ['bufferLimit', 'singleton', 'httpbin', 'defaultConfig', 'root_id', 'hostcalls', 'each-byte']) {
    expect(text).toContain(key)
  }
})
