import { expect, test } from 'vitest'
import { executeLoaded } from '../entry/libraries.ts'
import { openTrace } from '../trace/view.ts'

/** Runs one request (or more) against a handler of this text; the answers and what the trace says of the handler. */
async function ask(handler: string, steps = '  - request: { url: http://a:10000/p?a=1 }\n', more = '') {
  const gateway = `gateway: { clusters: { own: { kind: handler, file: services/own.ts${more} } }, routes: [{ name: r, prefix: /, cluster: own }] }`
  const result = await executeLoaded(
    {
      files: { 'proxyground.yaml': `version: 1\n${gateway}\nplugins: []\n`, 'services/own.ts': handler },
      modules: {},
      scenario: { inline: `steps:\n${steps}`, name: 'a handler' },
    },
    { now: () => 0 },
  )
  if (result.kind !== 'finished') throw new Error(JSON.stringify(result))
  const view = openTrace(result.trace)
  const logs: string[] = []
  for (let index = 0; index < view.length; index++) {
    const { event } = view.record(index)
    if (event.type === 'log') logs.push(`${event.level} ${event.message}`)
  }
  const answers = result.report.steps.flatMap(({ response, requests = [] }) =>
    [response, ...requests.map((one) => one.response)].flatMap((one) => {
      if (one === undefined) return []
      const headers = one.headers.filter(([name]) => name.startsWith('x-'))
      return [{ status: one.status, body: 'text' in one.body ? one.body.text : one.body.base64, headers }]
    }),
  )
  return { answers, logs, trace: result.trace, report: result.report }
}

test('a handler gets the request and answers it', async () => {
  const { answers } = await ask(
    `type Request = { method: string; path: string; host: string; body: string; header(name: string): string | undefined; json(): { a: number } }
     export default (request: Request) => ({
       status: 201,
       headers: { 'X-Seen': request.header('X-One') as string, 'x-host': request.host },
       body: { method: request.method, path: request.path, twice: request.json().a * 2 },
     })`,
    '  - request: { method: POST, url: "http://a.test:10000/p?q=1", headers: { x-one: two }, body: { json: { a: 21 } } }\n',
  )
  expect(answers).toMatchObject([{ status: 201, body: '{"method":"POST","path":"/p?q=1","twice":42}' }])
  expect(answers[0]?.headers).toEqual(expect.arrayContaining([['x-seen', 'two'], ['x-host', 'a.test:10000']])) // biome-ignore format: pairs
})

test('its state lasts for the run, and is new in the next one', async () => {
  const handler = 'export default (_: unknown, state: any) => ({ body: String((state.n = (state.n ?? 0) + 1)) })'
  const bodies = async () =>
    (await ask(handler, '  - request: { url: http://a:10000/ }\n'.repeat(3))).answers.map(({ body }) => body)
  expect(await bodies()).toEqual(['1', '2', '3'])
  expect(await bodies()).toEqual(['1', '2', '3'])
})

test('time and chance are those of the run', async () => {
  const handler =
    'export default () => ({ body: [Date.now(), new Date().toISOString(), Math.random(), Math.random()].join(" ") })'
  const [first, second] = [await ask(handler), await ask(handler)]
  expect(first?.answers[0]?.body).toMatch(/^1767225600000 2026-01-01T00:00:00.000Z 0\.\d+ 0\.\d+$/)
  expect(second?.trace.hash).toBe(first?.trace.hash)
})

test('chunks, delays, bytes and the console', async () => {
  const { answers, logs, trace } = await ask(`
    export default () => {
      console.warn('slow', { today: true })
      return { delay: '20ms', chunks: [{ data: 'a' }, { data: new Uint8Array([98]), delay: '1s' }], headers: [['x-a', 1], ['x-a', 2]] }
    }`)
  expect(answers).toMatchObject([{ status: 200, body: 'ab' }])
  expect(answers[0]?.headers.filter(([name]) => name === 'x-a')).toEqual([['x-a', '1'], ['x-a', '2']]) // biome-ignore format: pairs
  expect(logs).toContain('warn services/own.ts: slow {"today":true}')
  const view = openTrace(trace)
  expect(view.record(view.length - 1).at).toBe(1.02e9)
})

test.each([
  [
    'throws',
    'export default () => {\n  throw new TypeError("no such user")\n}',
    'TypeError: no such user (services/own.ts:2)',
  ],
  ['loops', 'export default () => { for (;;); }', 'it took too many steps and was stopped'],
  ['loops while it loads', 'for (;;);\nexport default 1', 'it took too many steps and was stopped'],
  [
    'eats memory',
    'export default () => { const all = []; for (;;) all.push({ a: 1 }) }',
    'it took more than 16 MiB of memory',
  ],
  [
    'eats memory in large pieces',
    'export default () => { const all = []; for (;;) all.push(new Array(100000).fill(1)) }',
    // Its share of work is over before its memory is.
    'and was stopped',
  ],
  [
    'makes and drops large pieces',
    'export default () => { for (;;) new Array(100000).fill(1) }',
    'it took too many steps and was stopped',
  ],
  [
    'walks over large pieces',
    'export default () => { const a = Array.from({ length: 100000 }); for (;;) [...a].sort() }',
    'it took too many steps and was stopped',
  ],
  [
    'catches its end',
    'export default () => { for (;;) try { for (;;) "x".repeat(1000000) } catch {} }',
    'it took too many steps and was stopped',
  ],
  ['recurses', 'export default function f() { return f() }', 'stack overflow'],
  [
    'reaches for the network',
    'export default () => fetch("http://example.com")',
    'fetch is not there: a handler has no access to the network',
  ],
  ['imports', 'import x from "node:fs"\nexport default () => x', "could not load module 'node:fs'"],
  ['is async', 'export default async () => ({})', 'a handler answers at once: it cannot be async'],
  ['answers nothing', 'export default () => {}', 'a handler answers with an object'],
  ['answers wrongly', 'export default () => ({ status: "ok" })', 'its answer is not one: status'],
  ['has no export', 'const a = 1', 'no default export that is a function'],
  ['is not TypeScript', 'export default (', 'Unexpected token'],
  [
    'reaches the host',
    'export default () => ({ body: Function("return this")().host.constructor.constructor("return typeof process")() })',
    'process is not there',
  ],
])('a handler that %s answers 500 and is named in the trace', async (_what, handler, why) => {
  const { answers, logs } = await ask(handler)
  expect(answers.map(({ status }) => status)).toEqual([500])
  expect(answers[0]?.body).toContain('The handler services/own.ts failed: ')
  expect(
    logs.filter((line) => line.startsWith('error The handler services/own.ts did not answer: ') && line.includes(why)),
  ).toHaveLength(1)
})

test('a handler after one that failed still answers, and faults come on top', async () => {
  const handler = 'export default (r: any) => { if (r.path === "/bad") throw 1; return { body: "fine" } }'
  const steps =
    '  - request: { url: http://a:10000/bad }\n  - request: { url: http://a:10000/ }\n  - fault: { cluster: own, kind: status }\n  - request: { url: http://a:10000/ }\n'
  expect((await ask(handler, steps)).answers.map(({ status }) => status)).toEqual([500, 200, 503])
})
