import { expect, test } from 'vitest'
import { withSchedule } from '../../model/project/with-schedule.ts'
import { makeLink, openLink } from '../../model/share/link.ts'
import { guest } from '../run/test-guest.ts'
import { wat } from '../vm/test-world.ts'
import type { RunRequest } from './api.ts'
import { executeRun } from './execute-run.ts'
import { explore } from './explore.ts'

const run = async (request: RunRequest) => executeRun(request, { now: () => 0 })

/** One plugin of this text, two services that it can call, and a scenario. */
function request(text: string, steps: string, gateway = ''): RunRequest {
  const clusters = 'a: { kind: fixed, body: a }, b: { kind: fixed, body: b }, web: { kind: fixed, body: abcdef }'
  const routes = 'routes: [{ name: r, prefix: /, cluster: web }]'
  return {
    files: {
      'proxyground.yaml': `version: 1\ngateway: { ${gateway} clusters: { ${clusters} }, ${routes} }\nplugins: [{ name: p, language: wat }]\n`,
      'plugins/p/plugin.wat': '',
      'scenarios/s.yaml': `name: s\nsteps:\n${steps}`,
    },
    modules: { p: wat(text) },
    scenario: { file: 'scenarios/s.yaml' },
  }
}

const call = (g: Parameters<Parameters<typeof guest>[0]>[0], cluster: string) =>
  g.httpCall(cluster, [[':method', 'GET'], [':path', '/'], [':authority', cluster]]) // biome-ignore format: pairs

/** Whoever answers first decides: what a plugin must not rely on. */
const firstWins = guest((g) => ({
  request_headers: [call(g, 'a'), call(g, 'b'), g.answer(4)],
  http_call_response: [
    `(if (i32.eq (local.get 1) (i32.load (i32.const 24))) (then ${g.useStream()} ${g.reply(201)}) (else ${g.useStream()} ${g.reply(200)}))`,
  ],
}))

test('what is found is replayed by its schedule, alone or in the scenario', async () => {
  const asked = request(firstWins, '  - request: { url: http://x:10000/ }\n    expect: { status: 200 }\n')
  const found = await explore(run, asked, { count: 40, seed: 1 })
  const difference = found.kind === 'explored' ? found.differences[0] : undefined
  expect(difference).toMatchObject({
    lines: [
      { about: 'exchange', step: 0, usual: '200 ""', now: '201 ""' },
      { about: 'expectation', step: 0, usual: '', now: 'status' },
    ],
    failures: [{ path: 'status' }],
  })
  expect(difference?.choices).toMatchObject([{ what: 'delay', of: 'a' }])
  expect(difference?.schedule).toHaveLength(1)
  const text = withSchedule(asked.files['scenarios/s.yaml'] ?? '', difference?.schedule ?? [])
  const again = await run({ ...asked, files: { ...asked.files, 'scenarios/s.yaml': text } })
  expect(again.kind === 'finished' && again.report.steps[0]?.response?.status).toBe(201)
  expect(withSchedule(text, [1])).toBe(`schedule: [1]\n${asked.files['scenarios/s.yaml']}`)
})

test('a link that holds the order plays it where it is opened', async () => {
  const asked = request(firstWins, '  - request: { url: http://x:10000/ }\n')
  const found = await explore(run, asked, { count: 40, seed: 1 })
  const schedule = found.kind === 'explored' ? (found.differences[0]?.schedule ?? []) : []
  const text = withSchedule(asked.files['scenarios/s.yaml'] ?? '', schedule)
  const made = makeLink({ ...asked.files, 'scenarios/s.yaml': text })
  const opened = openLink(made.ok ? made.value.hash : '')
  const there = await run({ ...asked, files: opened.ok ? opened.value : {} })
  expect(there.kind === 'finished' && there.report.steps[0]?.response?.status).toBe(201)
})

test('times that a service sends back are no other ending', async () => {
  const idle = guest(() => ({}))
  const asked = request(idle, '  - request: { url: http://x:10000/get }\n  - request: { url: http://x:10000/get }\n')
  const project = asked.files['proxyground.yaml'] ?? ''
  const files = { ...asked.files, 'proxyground.yaml': project.replace('kind: fixed, body: abcdef', 'kind: httpbin') }
  const late = await run({ ...asked, files, schedule: { choices: [3] } })
  expect(late.kind === 'finished' && JSON.stringify(late.report)).toMatch(/Req-Start-Time/i)
  expect(await explore(run, { ...asked, files }, { count: 20, seed: 1 })).toMatchObject({ tried: 20, differences: [] })
})

test('the same seed finds the same', async () => {
  const asked = request(firstWins, '  - request: { url: http://x:10000/ }\n')
  const [first, second] = [
    await explore(run, asked, { count: 10, seed: 5 }),
    await explore(run, asked, { count: 10, seed: 5 }),
  ]
  expect(second).toEqual(first)
})

/** Looks at one piece of a body as if it were the whole. */
const hasty = guest((g) => ({ response_body: [g.setBody(1, '#')] }))

test('a plugin that takes a piece for the whole is found by another cut of the body', async () => {
  const found = await explore(run, request(hasty, '  - request: { url: http://x:10000/ }\n'), { count: 20, seed: 1 })
  const choices = found.kind === 'explored' ? found.differences.map((one) => one.choices) : []
  expect(choices.length).toBeGreaterThan(0)
  expect(choices.every((made) => made.every(({ what }) => what === 'cut'))).toBe(true)
})

test('a run without a schedule is the run as ever', async () => {
  const asked = request(firstWins, '  - request: { url: http://x:10000/ }\n')
  const [plain, usual] = [await run(asked), await run({ ...asked, schedule: { choices: [] } })]
  if (plain.kind !== 'finished' || usual.kind !== 'finished') throw new Error('not finished')
  expect(usual.trace.hash).toBe(plain.trace.hash)
  expect(plain.choices).toEqual([])
})

test('each schedule that was tried counts, alike ones together', async () => {
  const asked = request(firstWins, '  - request: { url: http://x:10000/ }\n')
  const found = await explore(run, asked, { count: 40, seed: 1 })
  let other = 0
  for (let seed = 1; seed <= 40; seed++) {
    const result = await run({ ...asked, schedule: { seed } })
    if (result.kind === 'finished' && result.report.steps[0]?.response?.status === 201) other++
  }
  expect(other).toBeGreaterThan(1)
  expect(found.kind === 'explored' && found.differences.map(({ times }) => times)).toEqual([other])
})

test('an exploration can be ended on the way', async () => {
  const asked = request(firstWins, '  - request: { url: http://x:10000/ }\n')
  const found = await explore(run, asked, { count: 40, seed: 1, onProgress: (tried) => tried < 3 })
  expect(found).toMatchObject({ tried: 3 })
})

/** By whether the answer is that of the last call that was made. */
const byToken = (last: string, other: string) =>
  `(if (i32.eq (local.get 1) (i32.load (i32.const 24))) (then ${last}) (else ${other}))`

test('answers of gRPC services come in another order too', async () => {
  const service = (cluster: string) =>
    `${cluster}: { kind: grpc, replies: { a.B/C: { messages: [{ data: ${cluster} }] } } }`
  const asked = request(
    guest((g) => ({
      request_headers: [g.grpcCall('one', 'a.B', 'C', 'q'), g.grpcCall('two', 'a.B', 'C', 'q'), g.answer(4)],
      grpc_receive: [g.useStream(), byToken(g.reply(201), g.reply(200))],
    })),
    '  - request: { url: http://x:10000/ }\n',
  )
  const file = asked.files['proxyground.yaml'] ?? ''
  const files = {
    ...asked.files,
    'proxyground.yaml': file.replace('clusters: {', `clusters: { ${service('one')}, ${service('two')},`),
  }
  const found = await explore(run, { ...asked, files }, { count: 30, seed: 1 })
  expect(found.kind === 'explored' && found.differences[0]?.choices).toMatchObject([{ what: 'delay', of: 'one' }])
})

test('a header, and what a service is asked, are part of how a run ends', async () => {
  // Which answer came first is told in a header of the request only.
  const marks = guest((g) => ({
    request_headers: [call(g, 'a'), call(g, 'b'), g.answer(4)],
    http_call_response: [g.useStream(), byToken(g.add(0, 'x-first', 'b'), g.add(0, 'x-first', 'a')), g.resume(0)],
  }))
  const found = await explore(run, request(marks, '  - request: { url: http://x:10000/ }\n'), { count: 40, seed: 1 })
  const lines = found.kind === 'explored' ? found.differences.flatMap((one) => one.lines) : []
  expect(lines.map(({ about }) => about)).toContain('upstream')
})

test('a body that a schedule cuts reaches the plugin in two pieces', async () => {
  const sizes = guest((g) => ({ request_body: [g.logArgument(1), g.answer(0)] }))
  const steps = '  - request: { method: POST, url: http://x:10000/, body: abcdef }\n'
  const bodies = async (choices: readonly number[]) => {
    const result = await run({ ...request(sizes, steps), schedule: { choices } })
    if (result.kind !== 'finished') throw new Error(`The run ended as ${result.kind}`)
    return result.report.logs.map(({ message }) => message.charCodeAt(0) - 48)
  }
  // HTTP/1 ends a body with a callback of its own.
  expect(await bodies([])).toEqual([6, 0])
  expect(await bodies([1])).toEqual([3, 3, 0])
})
