import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tcpCases } from './cases.ts'
import { observeConnectTimeout } from './connect-timeout.ts'
import { observeTcp } from './envoy.ts'

// Set by `npm run conformance:record`.
const binary = process.env.PROXYGROUND_ENVOY
const version = process.env.PROXYGROUND_ENVOY_VERSION ?? '1.40'

test.skipIf(binary === undefined)(`records what TCP faults are on Envoy ${version}`, { timeout: 120_000 }, async () => {
  const seen = await observeTcp(binary ?? '', tcpCases)
  expect(seen).toHaveLength(tcpCases.length)
  const byFault = Object.fromEntries(tcpCases.map(({ fault }, index) => [fault, seen[index]]))
  const http = await observeConnectTimeout(binary ?? '')
  const file = new URL(`../expected/tcp-${version}.json`, import.meta.url)
  writeFileSync(file, `${JSON.stringify({ faults: byFault, http }, null, 2)}\n`)
})
