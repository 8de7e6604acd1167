import { expect, test } from 'vitest'
import { guest } from '../run/test-guest.ts'
import { callbacks, eventsOf, runTest } from '../run/test-run.ts'

const asks = (upgrade: string) =>
  `  - request: { url: http://127.0.0.1:10000/get, headers: { connection: Upgrade, upgrade: ${upgrade} } }`
const plugin = guest(() => ({ request_headers: [], response_headers: [], log: [] }))

test.each([
  ['envoy-1.40', 'websocket', 403],
  ['envoy-1.40', 'h2c', 403],
  ['higress-2.2', 'h2c', 403],
  ['higress-2.2', 'WebSocket', 200],
])('%s answers a request for %s with %d', (profile, upgrade, status) => {
  const run = runTest({ plugins: { p: plugin }, gateway: `gateway: { profile: ${profile} }`, steps: asks(upgrade) })
  expect(run.report.steps[0]).toMatchObject({ response: { status } })
  if (status !== 403) return
  // Recorded on 1.36 and 1.40: no callback but the log, and the connection is closed.
  expect(callbacks(run)).toEqual(['A.log()'])
  expect(eventsOf(run, 'stream.end')).toMatchObject([{ details: 'upgrade_failed', ended: 'complete' }])
})
