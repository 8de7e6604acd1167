import { expect, test, vi } from 'vitest'
import { executeLoaded } from './libraries.ts'

test('a run that asked for what was not loaded is made again with it', async () => {
  const inline =
    'steps:\n  - request: { url: "http://x:12345/image/png" }\n    expect: { status: 200, body: { size: 8090 } }\n'
  const request = { files: { 'proxyground.yaml': 'version: 1\n' }, modules: {}, scenario: { inline, name: 'picture' } }
  const result = await executeLoaded(request, { now: () => 0 })
  expect(result.kind === 'finished' && result.report.failures).toEqual([])
})

test('a project with a Redis is run again once its code is there', async () => {
  // Modules of their own, in which nothing was provided beforehand.
  vi.resetModules()
  const fresh = await import('./libraries.ts')
  const project = 'version: 1\ngateway:\n  clusters: { outbound|6379||redis.dns: { kind: redis, data: { k: v } } }\n'
  const inline = 'steps:\n  - redis: { command: [get, k] }\n    expect: { received: \'"v"\' }\n'
  const request = { files: { 'proxyground.yaml': project }, modules: {}, scenario: { inline, name: 'redis' } }
  const result = await fresh.executeLoaded(request, { now: () => 0 })
  expect(result.kind === 'finished' && result.report).toMatchObject({ failures: [], redis: [{ key: 'k' }] })
})
