/** WebSocket through the Higress gateway 2.2, which is built on Envoy 1.36, beside what a real Envoy 1.36 did. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { joined } from '../../src/sandbox/gateway/callout.ts'
import { eventsOf, logLines, runTest } from '../../src/sandbox/run/test-run.ts'
import { type UpgradeCase, type UpgradeSeen, upgradeCases, upgradeGuest } from './cases.ts'

const recorded = z.record(
  z.string(),
  z.object({
    heard: z.string(),
    head: z.array(z.string()),
    received: z.string(),
    served: z.array(z.string()),
    logged: z.string(),
  }),
)

const file = new URL('../expected/upgrade-1.36.json', import.meta.url)
const seen = recorded.parse(JSON.parse(readFileSync(file, 'utf8')))

/** What varies, and what Higress adds of its own. */
const varying =
  /^(date|x-request-id|host|:.*|req-start-time|x-envoy-original-host|original-host|x-envoy-decorator-operation|req-cost-time|req-arrive-time|resp-start-time): /

const lines = (start: string, headers: readonly (readonly [string, string])[]): string[] => [
  start,
  ...headers
    .map(([name, value]) => `${name}: ${value === 'istio-envoy' ? 'envoy' : value}`)
    .filter((line) => !varying.test(line)),
]
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const phrases: Readonly<Record<number, string>> = { 101: 'Switching Protocols', 200: 'OK', 403: 'Forbidden' }

function emulated(each: UpgradeCase): UpgradeSeen {
  const messages = (each.messages ?? []).map((text) => `{ data: ${text}, after: 300ms }`).join(', ')
  const says = each.says === undefined ? '' : `, messages: [{ data: ${each.says} }]`
  const service = each.service === 'echo' ? `kind: websocket${says}` : 'kind: fixed, body: "no"'
  const run = runTest({
    gateway: `gateway: { routes: [{ name: r, prefix: /, cluster: s }], clusters: { s: { ${service} } } }`,
    plugins: { a: upgradeGuest(each) },
    steps: `  - request: { url: "http://example.com:10000/chat", messages: [${messages}] }\n`,
  })
  const { status = 0, headers = [] } = run.report.steps[0]?.response ?? {}
  const bytes = (type: 'response.body' | 'upstream.request.body') =>
    hex(joined(eventsOf(run, type).map(({ data }) => data)))
  const [asked] = eventsOf(run, 'upstream.request')
  const [end] = eventsOf(run, 'stream.end')
  const served =
    asked === undefined ? [] : [...lines('GET /chat HTTP/1.1', asked.headers), bytes('upstream.request.body')]
  const counted = (what: string) => new RegExp(`"bytes_${what}":"?(\\d+)`).exec(end?.accessLog ?? '')?.[1]
  return {
    heard: logLines(run).join(' '),
    head: lines(`HTTP/1.1 ${status} ${phrases[status]}`, headers),
    received: bytes('response.body'),
    served,
    logged: `${status} ${end?.flags || '-'} ${end?.details} ${counted('received')} ${counted('sent')}`,
  }
}

const sorted = (each: UpgradeSeen | undefined) => ({
  ...each,
  head: each?.head.toSorted(),
  served: each?.served.toSorted(),
})

describe('WebSocket', () => {
  test.each(upgradeCases.map((each) => [each.name, each] as const))('%s', (name, each) => {
    expect(sorted(emulated(each))).toEqual(sorted(seen[name]))
  })
})
