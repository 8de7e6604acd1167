import { expect, test } from 'vitest'
import { get, hangTrace, helloTrace, TraceFixture } from '../timeline/fixture.ts'
import { hangOf } from './hang.ts'

test('a hang names who holds the stream and where it was stopped', () => {
  expect(hangOf(hangTrace().records)).toMatchObject({
    certainty: 'certain',
    plugin: 0,
    callback: 'proxy_on_request_headers',
    calledAfter: 0,
    chances: [{ kind: 'no-callouts' }, { kind: 'no-ticks' }],
  })
})

test('a callout that was answered without a resume is one of the chances', () => {
  const trace = new TraceFixture('p')
    .request(get, true)
    .callback(0, 'proxy_on_request_headers', 4, 'StopAllIterationAndWatermark', (f) =>
      f.event(
        { type: 'callout.request', token: 4, cluster: 'auth', headers: [], body: new Uint8Array(), timeoutMs: 1 },
        0,
      ),
    )
    .event({ type: 'chain.pause', direction: 'request', action: 'StopAllIterationAndWatermark', bufferedBytes: 0 }, 0)
    .wait(2)
    .event({
      type: 'callout.response',
      token: 4,
      cluster: 'auth',
      outcome: 'response',
      headers: [],
      body: new Uint8Array(),
      trailers: [],
    })
    .callback(0, 'proxy_on_http_call_response', 'nothing', undefined)
    .event({ type: 'hung', certainty: 'certain', direction: 'request' }, 0)
  const hang = hangOf(trace.records)
  expect(hang?.calledAfter).toBe(1)
  expect(hang?.chances[0]).toMatchObject({ kind: 'callout', cluster: 'auth', at: 2e6 })
})

test('a run that ends has no hang', () => {
  expect(hangOf(helloTrace().records)).toBeUndefined()
})
