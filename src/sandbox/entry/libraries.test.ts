import { expect, test } from 'vitest'
import { executeLoaded } from './libraries.ts'

test('a run that asked for what was not loaded is made again with it', async () => {
  const inline =
    'steps:\n  - request: { url: "http://x:12345/image/png" }\n    expect: { status: 200, body: { size: 8090 } }\n'
  const request = { files: { 'proxyground.yaml': 'version: 1\n' }, modules: {}, scenario: { inline, name: 'picture' } }
  const result = await executeLoaded(request, { now: () => 0 })
  expect(result.kind === 'finished' && result.report.failures).toEqual([])
})
