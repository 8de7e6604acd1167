import { expect, test } from 'vitest'
import { executeLoaded } from '../../entry/libraries.ts'
import { openTrace } from '../../trace/view.ts'

test('a script that is stopped in a run answers as after SCRIPT KILL, and the trace says so', async () => {
  const gateway = 'gateway: { clusters: { store: { kind: redis } } }'
  const steps =
    'steps:\n  - redis: { cluster: store, command: [EVAL, "while true do end", "0"] }\n  - redis: { cluster: store, command: [PING] }\n'
  const result = await executeLoaded(
    {
      files: { 'proxyground.yaml': `version: 1\n${gateway}\nplugins: []\n` },
      modules: {},
      scenario: { inline: steps, name: 'busy' },
    },
    { now: () => 0 },
  )
  if (result.kind !== 'finished') throw new Error(JSON.stringify(result))
  const received = result.report.steps.map(({ received: body }) => (body && 'text' in body ? body.text : ''))
  expect(received[0]).toMatch(/Script killed by user with SCRIPT KILL\.\.\. script: /)
  expect(received[1]).toContain('PONG')
  const view = openTrace(result.trace)
  const said = Array.from({ length: view.length }, (_, index) => view.record(index).event).filter(
    (event) => event.type === 'log' && event.level === 'error' && event.message.startsWith('Redis stopped the script '),
  )
  expect(said).toHaveLength(1)
})
