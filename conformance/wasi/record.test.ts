import { expect, test } from 'vitest'
import { observeEnvoy } from '../envoy/run.ts'
import { envoyVersions } from '../expected.ts'
import { instead, wasiCase, writeWasi } from './expected.ts'
import { callsFor, wasiGuest } from './guest.ts'

// Set by `npm run conformance:record`.
const binary = process.env.PROXYGROUND_ENVOY
const version = envoyVersions.find((each) => each === process.env.PROXYGROUND_ENVOY_VERSION) ?? '1.40'

test.skipIf(binary === undefined)(`records WASI on Envoy ${version}`, { timeout: 120_000 }, async () => {
  const [seen] = await observeEnvoy(binary ?? '', instead(wasiGuest(version, 'case0:0')), [wasiCase])
  writeWasi(version, seen?.log ?? [])
  expect(seen?.log.filter((line) => line.includes(' -> '))).toHaveLength(callsFor(version).length)
})
