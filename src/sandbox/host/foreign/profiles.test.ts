import { expect, test } from 'vitest'
import { guest } from '../../run/test-guest.ts'
import { logLines, runTest } from '../../run/test-run.ts'

/** Ok or NotFound of `clear_route_cache`: it came with Envoy 1.33, and gateway 2.1 is built on 1.27 (2.11). */
test.each([
  ['higress-2.1', '1'],
  ['higress-2.2', '0'],
  ['envoy-1.36', '0'],
  ['envoy-1.40', '0'],
])('%s answers %s to clear_route_cache', (profile, status) => {
  const run = runTest({
    plugins: { p: guest((g) => ({ request_headers: [g.foreign('clear_route_cache'), g.logStatus()] })) },
    gateway: `gateway: { profile: ${profile} }`,
    steps: '  - request: { url: http://127.0.0.1:10000/get }',
  })
  expect(logLines(run)).toEqual([status])
})
