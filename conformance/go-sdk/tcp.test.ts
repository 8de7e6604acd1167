import { describe, expect, test } from 'vitest'
import { buildGuest, goMissing } from './build-guest.ts'
import { runGuest } from './run-guest.ts'
import { tcpLines } from './tcp-lines.ts'

describe.skipIf(goMissing)('a TCP plugin in Go', { timeout: 300_000 }, () => {
  test('does in the emulator what it does in Envoy', () => {
    const { logs, report } = runGuest(buildGuest('tcp'), {
      profile: 'envoy-1.40',
      gateway: {
        listeners: [{ name: 'tcp', port: 18002, kind: 'tcp', plugins: ['guest'], cluster: 'echo' }],
        clusters: { echo: { kind: 'echo' } },
      },
      steps: `  - connection: { listener: tcp, send: [{ data: abc }, { data: def, after: 200ms }, { data: '', after: 100ms }], close: client }
    expect: { received: replaced }`,
    })
    expect(report.failures).toEqual([])
    expect(logs.filter((line) => line.startsWith('stream: '))).toEqual(tcpLines)
  })
})
