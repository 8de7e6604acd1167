/** The faults of TCP services beside what real Envoys did with such services (`record.test.ts`). */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { eventsOf, logLines, runTest } from '../../src/sandbox/run/test-run.ts'
import { type TcpSeen, tcpCases, tcpGuest } from './cases.ts'

const recorded = z.object({
  faults: z.record(z.string(), z.object({ heard: z.string(), received: z.string(), flags: z.string() })),
  http: z.object({ status: z.number(), body: z.string(), flags: z.string(), details: z.string() }),
})

/** Whether the end of the service's bytes comes with the last of them or alone is chance. */
const withEnd = (seen: TcpSeen): TcpSeen => ({
  ...seen,
  heard: seen.heard.replace(/(?<= upstream_data \d+) 0 (\S+) upstream_data 0 1 /g, ' 1 $1'),
})

const silent = (version: string) => {
  const run = runTest({
    gateway: `gateway: { profile: envoy-${version}, listeners: [{ name: main, port: 10000 }], routes: [{ name: r, prefix: /, cluster: s }],
      clusters: { s: { kind: echo, faults: [{ kind: timeout, at: connect }] } } }`,
    steps: '  - request: { url: "http://127.0.0.1:10000/" }\n',
  })
  const { status = 0, body, flags = '', details = '' } = run.report.steps[0]?.response ?? {}
  return { status, body: body !== undefined && 'text' in body ? body.text : '', flags, details }
}

const emulated = (fault: string, version: string): TcpSeen => {
  const run = runTest({
    gateway: `gateway: { profile: envoy-${version},
      listeners: [{ name: tcp, port: 18002, kind: tcp, plugins: [a], cluster: s }],
      clusters: { s: { kind: tcp, echo: true, timeout: 1s, faults: [{ ${fault} }] } } }`,
    plugins: { a: tcpGuest('') },
    steps: '  - connection: { listener: tcp, send: [{ data: abcdef }, { data: ghi, after: 400ms }] }\n',
  })
  const [step] = run.report.steps
  const received = step?.received !== undefined && 'text' in step.received ? step.received.text : ''
  const [end] = eventsOf(run, 'stream.end')
  return { heard: logLines(run).join(' '), received, flags: end?.flags || '-' }
}

const nothing: TcpSeen = { heard: '', received: '', flags: '' }

describe.each(['1.40', '1.36'])('Envoy %s', (version) => {
  const file = new URL(`../expected/tcp-${version}.json`, import.meta.url)
  const seen = recorded.parse(JSON.parse(readFileSync(file, 'utf8')))

  test.each(tcpCases.map(({ fault }) => fault))('%s', (fault) => {
    expect(withEnd(emulated(fault, version))).toEqual(withEnd(seen.faults[fault] ?? nothing))
  })

  test('an HTTP service whose address stays silent', () => {
    expect(silent(version)).toEqual(seen.http)
  })
})
