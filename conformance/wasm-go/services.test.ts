import { describe, expect, test } from 'vitest'
import { renderTrace } from '../../src/sandbox/trace/render.ts'
import { goMissing } from '../go-sdk/build-guest.ts'
import { guest, type PluginRun, runGuest } from './run-project.ts'

const get = (path: string, more = '') => `  - request: { url: "http://127.0.0.1:10000${path}"${more} }\n`

const lines = (run: PluginRun) =>
  run.report.logs.map(({ level, message }) => `${level} ${message.replace(/^\[services\] (\[[^\]]*\] ){2}/, '')}`)

/** Text of the response to a step. */
const body = (run: PluginRun, step = 0) => {
  const made = run.report.steps[step]
  if (made?.response === undefined) throw new Error(JSON.stringify(run.report))
  return made.response.body
}

describe.skipIf(goMissing)('what the wrapper asks of the host', { timeout: 300_000 }, () => {
  const wasm = goMissing === undefined ? guest('services') : new Uint8Array()
  const clusters = `gateway:
  clusters:
    httpbin: { kind: httpbin }
    redis: { kind: redis }
    locked: { kind: redis, password: secret }
    gone: { kind: unreachable }
    slow: { kind: fixed, delay: 1s }
    answering: { kind: fixed, status: 201, headers: { x-answer: yes }, body: "two\\nlines" }
    teapot: { kind: fixed, status: 418 }
`
  const run = (steps: string, config = '{}') =>
    runGuest({ wasm, config: `defaultConfig: ${config}`, project: clusters, steps: `steps:\n${steps}` })

  test('chunks of both directions pass through their handlers, the last one marked', () => {
    const made = run(get('/post', ', method: POST, body: hello, chunks: [2, 3]'))
    expect(lines(made).filter((line) => line.startsWith('info request chunk'))).toEqual([
      'info request chunk "he" last false',
      'info request chunk "llo" last false',
      'info request chunk "" last true',
    ])
    expect(made.report.steps[0]).toMatchObject({ upstream: [{ body: { text: 'HELLO' } }] })
    expect(JSON.stringify(body(made))).toMatch(/^\{"text":"<\{.*>"\}$/s)
  })

  test('a paused streaming response stops here, and the plugin injects what it kept', () => {
    const made = run(get('/inject'))
    expect(lines(made).some((line) => line.startsWith('info response chunk'))).toBe(true)
    const trace = renderTrace(made.trace)
    expect(trace).toMatch(/< proxy_on_response_body = 3 StopIterationNoBuffer/)
    expect(trace).toMatch(/proxy_inject_encoded_data_to_filter_chain\(body="injected .*, end_of_stream=1\)/)
    expect(JSON.stringify(body(made))).toMatch(/^\{"text":"injected <!DOCTYPE.*injected "\}$/)
  })

  test('a route call is another request to the same route, and its answer comes to the callback', () => {
    const made = run(get('/anything/route', ', method: POST, headers: { accept-encoding: gzip }, body: x, chunks: [1]'))
    expect(lines(made)).toContain('info route call <nil>')
    const [step] = made.report.steps
    expect(step).toMatchObject({ upstream: [{ body: { text: 'routed x' } }] })
    const headers = step?.upstream?.[0]?.headers
    expect(Object.fromEntries(headers ?? [])).toMatchObject({
      ':method': 'PUT',
      ':path': '/put?a=1',
      ':authority': 'other.example.com',
      'x-added': '1',
      'x-envoy-original-method': 'POST',
      'x-envoy-original-path': '/anything/route',
      'x-envoy-original-host': '127.0.0.1:10000',
    })
    expect(Object.fromEntries(headers ?? [])).not.toHaveProperty('accept-encoding')
    expect(body(made)).toEqual({ text: '200 routed x' })
  })

  test('tick functions run at the first tick and then by their periods; the only worker leads', () => {
    const ticks = lines(run('  - advance: 1050ms\n', '{ ticks: true }')).filter((line) => line.includes('tick'))
    const count = (text: string) => ticks.filter((line) => line === text).length
    expect(count('info tick 100')).toBe(10)
    expect(count('info tick 300 leader true')).toBe(4)
  })

  test('one of two workers leads', () => {
    const { report } = runGuest({
      wasm,
      config: 'defaultConfig: { ticks: true }',
      project: 'gateway: { workers: 2 }\n',
      steps: 'steps:\n  - advance: 150ms\n',
    })
    const leads = report.logs.map(({ message }) => /leader (true|false)/.exec(message)?.[1]).filter(Boolean)
    expect(leads.sort()).toEqual(['false', 'true'])
  })

  test('a rebuild is asked for after the requests that the option says, and the limit of requests at start', () => {
    const trace = renderTrace(run(get('/get').repeat(3)).trace)
    expect(trace.match(/proxy_set_property\(path="wasm_need_rebuild", value="true"\)/g)).toHaveLength(1)
    expect(trace).toContain(
      String.raw`proxy_call_foreign_function(name="set_global_max_requests_per_io_cycle", argument="\u0007\u0000\u0000\u0000\u0000\u0000\u0000\u0000")`,
    )
  })

  test('a call sends its headers in order, its own pseudo headers last, and logs start and end', () => {
    const made = run(get('/call/post'), '{ call: answering }')
    expect(body(made)).toEqual({ text: '201 yes 201 "two\\nlines"' })
    const [step] = made.report.steps
    const [call] = step?.calls ?? []
    expect(call).toMatchObject({ cluster: 'answering', body: { text: 'body of\ncall' } })
    const sent = Object.fromEntries(call?.headers ?? [])
    expect(sent).toMatchObject({ ':method': 'POST', ':path': '/check?q=1', ':authority': 'named.example.com' })
    const own = call?.headers
      .map(([name]) => name)
      .filter((name) => name.startsWith('x-') && !name.startsWith('x-envoy'))
    expect(own?.slice(0, 2)).toEqual(['x-first', 'x-second'])
    const [, start, end] = lines(made).filter((line) => !line.startsWith('warn'))
    expect(start).toMatch(
      /^info http call start, id: [0-9a-f-]{36}, cluster: answering, method: POST, url: http:\/\/named/,
    )
    expect(start).toMatch(/body: body of\\ncall, timeout: 200$/)
    expect(end).toMatch(/^info http call end, id: [0-9a-f-]{36}, code: 201, normal: true, body: two\\nlines$/)
  })

  test.each([
    ['slow', '504  504 "upstream request timeout"'],
    ['gone', /^503 {2}503 /],
    ['teapot', '418  418 ""'],
    ['unknown', 'error status returned by host: bad argument'],
  ])('a call to the cluster %s ends as on the gateway', (cluster, text) => {
    const answer = body(run(get('/call/get'), `{ call: ${cluster} }`))
    expect(answer).toEqual({ text: typeof text === 'string' ? text : expect.stringMatching(text) })
  })

  test('Redis commands and their answers', () => {
    const made = run(get('/redis'), '{ redis: redis }')
    expect(lines(made)).toContain('info redis ready true')
    const [step] = made.report.steps
    expect(step?.redis?.map(({ command }) => command.toLowerCase())).toEqual(
      'set get get set mset mget incrby incr rpush lrange hset hgetall sadd zadd zscore del'.split(' '),
    )
    expect(body(made)).toEqual({
      text: [
        'OK',
        '1.5',
        'null',
        'null',
        'OK',
        '[1  2]',
        '42',
        'error ERR value is not an integer or out of range',
        '2',
        '[x 2]',
        '1',
        '[f true]',
        '1',
        '1',
        '2',
        '1',
      ].join('\n'),
    })
  })

  test('Redis behind a password, with a wrong one, and one that cannot be reached', () => {
    expect(JSON.stringify(body(run(get('/redis'), '{ redis: locked, password: secret }')))).toContain('OK')
    expect(JSON.stringify(body(run(get('/redis'), '{ redis: locked }')))).toContain('error NOAUTH')
    expect(JSON.stringify(body(run(get('/redis'), '{ redis: unknown }')))).toContain('bad argument')
  })
})
