import { describe, expect, test } from 'vitest'
import { buildGuest, goMissing } from './build-guest.ts'
import { runGuest } from './run-guest.ts'

const notFound = 'error status returned by host: not found'

describe.skipIf(goMissing)('bodies and trailers through proxywasm', { timeout: 120_000 }, () => {
  const wasm = goMissing === undefined ? buildGuest('bodies') : new Uint8Array()
  const run = (request: string) =>
    runGuest(wasm, {
      steps: `  - request: { method: POST, url: http://127.0.0.1:10000/post, ${request} }`,
      gateway: {
        clusters: { up: { kind: 'fixed', body: 'answer', trailers: [['u', '9']], protocol: 'h2' } },
        routes: [{ name: 'r', cluster: 'up' }],
      },
    })

  test('a held request body is read in parts and changed on both sides', () => {
    const { logs, report } = run('body: abcdef')
    expect(logs.slice(0, 8)).toEqual([
      'remove: |<nil>',
      `early: |${notFound}`,
      'part: bc|<nil>',
      `beyond: |${notFound}`,
      'append: |<nil>',
      'prepend: |<nil>',
      'nothing: |<nil>',
      'request of 6: start|abcdef|end|<nil>',
    ])
    expect(report.steps[0]?.upstream?.[0]?.body).toEqual({ text: 'start|abcdef|end' })
  })

  test('response headers, body and trailers are changed on their way back', () => {
    const { logs, report } = run("body: 'x'")
    const responses = logs.slice(logs.indexOf('status: 200|<nil>'))
    expect(responses).toContain('headers: %!s(bool=true)|<nil>')
    expect(responses).toContain('response: answer|<nil>')
    expect(responses.slice(responses.indexOf('trailers 1: [[u 9]]|<nil>'))).toEqual([
      'trailers 1: [[u 9]]|<nil>',
      'replace all: |<nil>',
      'add: |<nil>',
      'replace: |<nil>',
      'remove: |<nil>',
      'get: 4|<nil>',
      'done: /post|<nil>',
      'too late: |<nil>',
    ])
    expect(report.steps[0]?.response).toMatchObject({ body: { text: '<replaced>' } })
    expect(report.steps[0]?.response?.headers).toContainEqual(['x-added', '2'])
  })

  test('request trailers are read, replaced, added and removed', () => {
    const { logs, report } = run("protocol: h2, body: abc, trailers: [[t, '0']]")
    expect(logs.slice(2, 8)).toEqual([
      'trailers 1: [[t 0]]|<nil>',
      'replace all: |<nil>',
      'add: |<nil>',
      'replace: |<nil>',
      'remove: |<nil>',
      'get: 5|<nil>',
    ])
    expect(report.steps[0]?.upstream?.[0]?.trailers).toEqual([
      ['c', '4'],
      ['b', '5'],
    ])
  })
})
