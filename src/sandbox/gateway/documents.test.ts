/** The documents' own requests (workflows.md W2 to W4), to the letter. */
import { expect, test } from 'vitest'
import { guest } from '../run/test-guest.ts'
import { runTest } from '../run/test-run.ts'

const curl = (url: string) => `  - request: { url: "${url}", headers: { user-agent: curl/7.79.1, accept: "*/*" } }`
const clock = 'clock: 2023-04-12T03:14:33.896Z'

type Body = { readonly report: ReturnType<typeof runTest>['report'] }
function answer({ report }: Body): { readonly text: string; readonly headers: readonly (readonly [string, string])[] } {
  const response = report.steps[0]?.response
  if (response === undefined || !('text' in response.body)) throw new Error('no text came back')
  return { text: response.body.text, headers: response.headers }
}

test('W2: httpbin directly on 12345', () => {
  const { text } = answer(runTest({ steps: curl('http://127.0.0.1:12345/get') }))
  expect(text).toMatch(
    /^\{\n {2}"args": \{\}, \n {2}"headers": \{\n {4}"Accept": "\*\/\*", \n {4}"Host": "127.0.0.1:12345", \n {4}"User-Agent": "curl\/7.79.1"\n {2}\}, \n {2}"origin": "[\d.]+", \n {2}"url": "http:\/\/127.0.0.1:12345\/get"\n\}\n$/,
  )
})

const hello = guest((g) => ({ request_headers: [g.add(0, 'hello', 'world')] }))

test.each([
  ['higress-2.1', 'Original-Host'],
  ['higress-2.2', 'X-Envoy-Original-Host'],
])('W3: through the plugin on %s', (profile, originalHost) => {
  const gateway = `gateway: { profile: ${profile}, ${clock}, scheme: https }`
  const run = runTest({ plugins: { hello }, gateway, steps: curl('http://127.0.0.1:10000/get') })
  const { text, headers } = answer(run)
  expect(JSON.parse(text)).toEqual({
    args: {},
    headers: {
      Accept: '*/*',
      Hello: 'world',
      Host: '127.0.0.1:10000',
      [originalHost]: '127.0.0.1:10000',
      'Req-Start-Time': '1681269273896',
      'User-Agent': 'curl/7.79.1',
      'X-Envoy-Expected-Rq-Timeout-Ms': '15000',
    },
    origin: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/),
    url: 'https://127.0.0.1:10000/get',
  })
  const names = headers.map(([name]) => name)
  expect(Object.fromEntries(headers)).toMatchObject({ server: 'istio-envoy', 'req-arrive-time': '1681269273896' })
  for (const name of ['req-cost-time', 'resp-start-time', 'x-envoy-upstream-service-time', 'date'])
    expect(names).toContain(name)
  expect(names).not.toContain('connection')
})

test('W3: an Envoy profile adds its own headers only', () => {
  const gateway = `gateway: { profile: envoy-1.40, ${clock} }`
  const run = runTest({ plugins: { hello }, gateway, steps: curl('http://127.0.0.1:10000/get') })
  expect(Object.keys(JSON.parse(answer(run).text).headers)).toEqual([
    'Accept',
    'Hello',
    'Host',
    'User-Agent',
    'X-Envoy-Expected-Rq-Timeout-Ms',
  ])
  expect(run.report.accessLog).toEqual([
    expect.stringMatching(
      /^\[2023-04-12T03:14:33\.896Z\] "GET \/get HTTP\/1\.1" 200 - 0 \d+ \d+ \d+ "-" "curl\/7\.79\.1" "[0-9a-f-]{36}" "127\.0\.0\.1:10000" "[\d.]+:\d+"$/,
    ),
  ])
})

test('W4: the plugin answers, and httpbin is not asked', () => {
  const mock = guest((g) => ({ request_headers: [g.add(0, 'hello', 'world'), g.reply(200, 'hello world')] }))
  const run = runTest({ plugins: { mock }, steps: curl('http://127.0.0.1:10000/get') })
  expect(answer(run).text).toBe('hello world')
  expect(run.report.steps[0]).toMatchObject({ upstream: [], actions: [{ returned: 0 }] })
  expect(run.records.some(({ event }) => event.type === 'local-reply' && event.outcome === 'sent')).toBe(true)
})

test('one access-log line for each request, with the details of a local reply and no upstream', () => {
  const mock = guest((g) => ({
    request_headers: [g.setProperty('ai_log', '{\\"a\\":1}'), g.reply(403, 'no', 'not allowed')],
  }))
  const { report } = runTest({ plugins: { mock }, steps: curl('http://127.0.0.1:10000/get') })
  expect(report.accessLog).toHaveLength(1)
  expect(JSON.parse(report.accessLog[0] ?? '')).toMatchObject({
    ai_log: '{"a":1}',
    response_code: '403',
    response_code_details: 'not_allowed',
    upstream_host: '-',
    path: '/get',
  })
})
