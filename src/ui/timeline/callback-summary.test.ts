import { expect, test } from 'vitest'
import { callbackSummaries } from './callback-summary.ts'
import { gateTrace, hangTrace, mockTrace, trapTrace } from './fixture.ts'

test('the outline shows what each callback did last', () => {
  const marks = (trace: { view(): Parameters<typeof callbackSummaries>[0] }, plugin: string) =>
    callbackSummaries(trace.view(), plugin).map(({ callback, mark }) => `${callback} ${mark ?? '-'}`)
  expect(marks(gateTrace(), 'gate')).toEqual([
    'proxy_on_request_headers stop',
    'proxy_on_http_call_response -',
    'proxy_on_response_headers continue',
  ])
  expect(marks(mockTrace(), 'mock')[0]).toBe('proxy_on_request_headers reply')
  expect(marks(trapTrace(), 'limiter')).toEqual(['proxy_on_request_headers trap'])
  expect(marks(hangTrace(), 'limiter')).toEqual(['proxy_on_request_headers hang'])
  expect(marks(hangTrace(), 'nobody')).toEqual([])
})
