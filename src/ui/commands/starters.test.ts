import { expect, test } from 'vitest'
import { compilePlugin } from '../../compile-worker/node.ts'
import { executeRun } from '../../sandbox/entry/execute-run.ts'
import { openTrace } from '../../sandbox/trace/view.ts'
import { starterFiles } from './starters.ts'

test.each(['assemblyscript', 'wat'] as const)(
  'the first plugin of a person in %s compiles without a warning and meets a request',
  { timeout: 60_000 },
  async (language) => {
    const sources = starterFiles('mine', { language })
    const built = await compilePlugin({ plugin: 'mine', language, mode: 'debug', sources })
    if (built.kind !== 'ok') throw new Error(JSON.stringify(built))
    expect(built.warnings).toEqual([])
    const files = {
      'proxyground.yaml': 'version: 1\nplugins:\n  - name: mine\n',
      'scenarios/a.yaml': 'steps: [{ request: { url: http://a/get }, expect: { status: 200 } }]',
      ...Object.fromEntries(Object.entries(sources).map(([path, text]) => [`plugins/mine/${path}`, text])),
    }
    const result = executeRun(
      { files, modules: { mine: built.wasm }, scenario: { file: 'scenarios/a.yaml' } },
      { now: () => 0 },
    )
    if (result.kind !== 'finished') throw new Error(JSON.stringify(result))
    expect(result.report.failures).toEqual([])
    expect(result.findings).toEqual([])
    const trace = openTrace(result.trace)
    const called = Array.from({ length: trace.length }, (_, at) => trace.record(at).event)
    expect(called).toContainEqual(
      expect.objectContaining({ type: 'guest.enter', callback: 'proxy_on_request_headers' }),
    )
  },
)
