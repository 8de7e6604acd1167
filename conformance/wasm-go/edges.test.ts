import { describe, expect, test } from 'vitest'
import { renderTrace } from '../../src/sandbox/trace/render.ts'
import { goMissing } from '../go-sdk/build-guest.ts'
import { guest, type PluginRun, runGuest } from './run-project.ts'

const get = (path: string, more = '') => `  - request: { url: "http://127.0.0.1:10000/anything/${path}"${more} }\n`

const lines = (run: PluginRun) =>
  run.report.logs.map(({ level, message }) => `${level} ${message.replace(/^\[edges\] (\[[^\]]*\] ){2}/, '')}`)

const services = `gateway:
  clusters:
    httpbin: { kind: httpbin }
    slow: { kind: hang }
    closed: { kind: unreachable }
    cut: { kind: reset }
    redis: { kind: redis }
`

describe.skipIf(goMissing)('the edges of the wrapper', { timeout: 300_000 }, () => {
  const wasm = goMissing === undefined ? guest('edges') : new Uint8Array()
  const run = (steps: string, config = 'defaultConfig: { a: 1 }', project = services) =>
    runGuest({ wasm, config, project, steps: `steps:\n${steps}` })

  test('a panic in any callback of a stream is a line of the log, and the stream goes on as if it had said Continue', () => {
    const made = run(get('panic', ', method: POST, body: hello'))
    const panics = lines(made).flatMap((line) => /^error recovered from panic (.*?), stack/.exec(line)?.[1] ?? [])
    expect(panics).toEqual([
      'in request headers',
      'in request body',
      'in response headers',
      ...panics.filter((panic) => panic === 'in a response chunk'),
      'in stream done',
    ])
    expect(panics).toContain('in a response chunk')
    expect(made.report.steps[0]).toMatchObject({ response: { status: 200 } })
  })

  test('the environment can switch recovery off: the VM traps', () => {
    const made = run(
      get('panic'),
      'defaultConfig: { a: 1 }\nvmConfig: { env: [{ name: WASM_DISABLE_PANIC_RECOVERY, value: "true" }] }',
    )
    expect(renderTrace(made.trace)).toMatch(/in request headers/)
    expect(made.report.steps[0]).toMatchObject({ response: { status: 503 } })
  })

  test('a panic in the parser traps, for nothing recovers while it is configured', () => {
    const made = run(get('x'), 'defaultConfig: { panic: true }')
    expect(lines(made).filter((line) => line.includes('recovered'))).toEqual([])
    expect(made.findings.find(({ rule }) => rule === 'trap')?.params).toMatchObject({
      variant: 'go-panic',
      file: expect.stringMatching(/edges\.go$/),
      line: 35,
    })
  })

  test('an upgrade to WebSocket switches both body handlers off', () => {
    const upgrade = ', method: POST, body: hello, headers: { connection: Upgrade, upgrade: websocket }'
    const made = lines(run(get('x', upgrade)))
    expect(made.filter((line) => /request body|last chunk/.test(line))).toEqual([])
    expect(lines(run(get('x', ', method: POST, body: hello')))).toContain('info request body "hello"')
  })

  test('the detail of a local reply is an attribute without spaces', () => {
    expect(lines(run(get('detail')))).toContain('info response details no_key_given')
  })

  test('lines below the level of the log are not even sent', () => {
    const trace = (level: string) => renderTrace(run(get('x'), undefined, `gateway: { logLevel: ${level} }\n`).trace)
    expect(trace('info')).not.toContain('a line of debug')
    expect(trace('debug')).toContain('a line of debug')
  })

  test('a call of an unknown cluster or without a sensible timeout fails at once', () => {
    expect(lines(run(get('unknown')))).toContain(
      'info call of outbound|8080||nobody.static: error status returned by host: bad argument',
    )
    expect(lines(run(get('negative')))).toContain('info call: error status returned by host: bad argument')
  })

  test.each([
    ['slow', /^info answer 504 "upstream request timeout"/],
    ['closed', /^info answer 503 /],
    ['cut', /^info answer 50[23] /],
  ])('a call of the service %s is answered for it', (cluster, answer) => {
    const made = run(get(`call/${cluster}`))
    expect(lines(made).find((line) => line.startsWith('info answer'))).toMatch(answer)
    expect(made.report.steps[0]).toMatchObject({ response: { status: 200 } })
    const trace = renderTrace(made.trace)
    expect(trace).toMatch(/proxy_http_call\(.*timeout[^=]*=500\b/)
    expect(trace).toMatch(/:authority[^)]*unknownhost/)
    expect(trace).toMatch(/:path[^)]*\/\?x=1/)
  })

  test('a Redis that is unknown does not stop the start; each command tries again', () => {
    const made = lines(run(get('redis'), 'defaultConfig: { redis: nobody }'))
    expect(made.find((line) => line.startsWith('warn'))).toMatch(/failed to init redis: .*, will retry later/)
    expect(made).toContain('info init <nil> ready false')
    expect(made.find((line) => line.startsWith('info redis call'))).toMatch(/bad argument/)
  })

  test('Redis is told how to gather commands, or not to', () => {
    const first = (config: string) => /proxy_redis_init\(([^)]*)\)/.exec(renderTrace(run(get('x'), config).trace))?.[1]
    expect(first('defaultConfig: { redis: redis }')).toContain(
      'redis?buffer_flush_timeout=3&max_buffer_size_before_flush=1024',
    )
    const both = renderTrace(run(get('x'), 'defaultConfig: { redis: redis, unbuffered: true }').trace)
    expect(both).toContain('redis?buffer_flush_timeout=0&max_buffer_size_before_flush=0')
  })
})
