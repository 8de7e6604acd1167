import { describe, expect, test } from 'vitest'
import { convertsHeaderStop, dataStatus, type HeaderStopRule, headersStatus, trailersStatus } from './action.ts'

const rule: HeaderStopRule = {
  family: 'higress',
  abi: '0_2_100',
  exportsRequestHeaders: true,
  allowOnHeadersStopIteration: false,
}

describe('header status 1 (proxy-wasm-host.md section 4)', () => {
  test.each<[string, Partial<HeaderStopRule>, boolean]>([
    ['Higress keeps it for ABI 0.2.100', {}, false],
    ['Higress converts ABI 0.2.1', { abi: '0_2_1' }, true],
    ['Higress converts ABI 0.2.0', { abi: '0_2_0' }, true],
    ['Higress converts ABI 0.1.0', { abi: '0_1_0' }, true],
    [
      'Higress does not convert 0.2.1 without on_request_headers',
      { abi: '0_2_1', exportsRequestHeaders: false },
      false,
    ],
    ['Envoy converts by default', { family: 'envoy', abi: '0_2_1' }, true],
    ['Envoy keeps it where the plugin allows it', { family: 'envoy', allowOnHeadersStopIteration: true }, false],
  ])('%s', (_name, change, expected) => {
    expect(convertsHeaderStop({ ...rule, ...change })).toBe(expected)
  })
})

test.each([
  [0, 'Continue', 'Continue', 'Continue', 'Continue'],
  [1, 'StopIteration', 'StopAllIterationAndWatermark', 'StopIterationAndBuffer', 'StopIteration'],
  [2, 'Continue', 'Continue', 'StopIterationAndWatermark', 'StopIteration'],
  [3, 'StopAllIterationAndBuffer', 'StopAllIterationAndBuffer', 'StopIterationNoBuffer', 'StopIteration'],
  [4, 'StopAllIterationAndWatermark', 'StopAllIterationAndWatermark', 'StopIterationNoBuffer', 'StopIteration'],
  [99, 'StopAllIterationAndWatermark', 'StopAllIterationAndWatermark', 'StopIterationNoBuffer', 'StopIteration'],
])('returned %i means %s (converted %s), body %s, trailers %s', (value, kept, converted, data, trailers) => {
  expect(headersStatus(value, false)).toBe(kept)
  expect(headersStatus(value, true)).toBe(converted)
  expect(dataStatus(value)).toBe(data)
  expect(trailersStatus(value)).toBe(trailers)
})
