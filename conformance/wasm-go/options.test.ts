import { describe, expect, test } from 'vitest'
import { goMissing } from '../go-sdk/build-guest.ts'
import { guest, runGuest } from './run-project.ts'

describe.skipIf(goMissing)('options of SetCtxWithOptions', { timeout: 300_000 }, () => {
  const wasm = goMissing === undefined ? guest('options') : new Uint8Array()
  const run = (config: string) => {
    const steps = 'steps:\n  - request: { method: POST, url: http://127.0.0.1:10000/post, body: hello }\n'
    const { report } = runGuest({ wasm, config: `defaultConfig: ${config}`, steps })
    return report.logs.map(({ level, message }) => `${level} ${message}`)
  }

  test('handlers with a logger, a logger of its own, safe logs, the bytes of the configuration', () => {
    expect(run('{ a: 1, _plugin_id_: mine }')).toEqual([
      'info own info mine: plugin start successfully',
      'info own info mine: request {"a":1} < ',
      'info own debug: secret of /post',
      'info own info mine: request body hello',
      'info own info mine: response true',
      'info own info mine: response body true',
      'info own info mine: done',
    ])
  })

  test('a rule sees the global part as bytes; an isolated rule that fails is left out and the others hold', () => {
    const lines = run('{ a: 1, _rules_: [{ _match_domain_: ["*"], refuse: true }, { _match_domain_: ["*"], b: 2 }] }')
    expect(lines.find((line) => line.startsWith('warn'))).toMatch(/refused/)
    expect(lines.find((line) => line.includes('request {'))).toBe(
      'info own info : request {"_match_domain_":["*"],"b":2} < {"_rules_":[{"_match_domain_":["*"],"refuse":true},{"_match_domain_":["*"],"b":2}],"a":1}',
    )
  })

  test('a hook that refuses fails the start', () => {
    expect(run('{ refuseHook: true }')[0]).toMatch(/^error own: .*the hook refuses$/)
  })
})
