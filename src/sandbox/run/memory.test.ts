/** Many requests through one VM (issue 5, "Speed and memory"): what they leave behind, counted and weighed, not timed. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { gatewayFamily } from '../../model/profile.ts'
import { loadProject } from '../../model/project/load.ts'
import type { Exchange } from '../gateway/exchange.ts'
import { Gateway } from '../gateway/gateway.ts'
import { openTrace } from '../trace/view.ts'
import { prepareModule } from '../vm/prepare.ts'
import { wat } from '../vm/test-world.ts'
import { clientRequest } from './client-request.ts'
import { guest } from './test-guest.ts'
import { waitFor } from './wait.ts'

const requests = 100_000
const maxEvents = 60_000
/** Ends of streams are kept when the trace is full, up to this number (recorder.ts). */
const endsBeyond = 10_000

const plugin = guest((g) => ({
  request_headers: [g.add(0, 'x-one', '1'), g.log('a request')],
  response_headers: [g.add(2, 'x-two', '2')],
  log: [],
  done: [],
  delete: [],
}))

const files = {
  'proxyground.yaml': `
version: 1
plugins: [{ name: p, language: wat }]
gateway:
  clusters:
    httpbin: { kind: fixed, headers: { content-type: text/plain }, body: an answer }
`,
  'plugins/p/plugin.wat': '',
  'scenarios/one.yaml': 'steps: [{ request: { url: "http://127.0.0.1:10000/get", method: POST, body: a question } }]',
}

function startGateway(): { readonly gateway: Gateway; readonly serve: (count: number) => void } {
  const { project } = loadProject(files)
  const step = project?.scenarios[0]?.steps[0]
  const listener = project?.gateway.listeners[0]
  if (project === undefined || step?.kind !== 'request' || listener?.kind !== 'http') throw new Error('a wrong project')
  const module = prepareModule(wat(plugin), { family: gatewayFamily(project.gateway.profile) })
  const modules = new Map([['p', module]])
  const gateway = new Gateway({ config: project.gateway, plugins: project.plugins, modules, maxEvents })
  const request = clientRequest(step.request)
  const serve = (count: number): void => {
    for (let sent = 0; sent < count; sent++) {
      gateway.clock.noteInput()
      const exchange: Exchange = gateway.open(listener, request)
      waitFor(gateway, exchange, [])
      if (exchange.ended !== 'complete') throw new Error(`request ${sent} ended as ${exchange.ended}`)
    }
  }
  return { gateway, serve }
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Bytes that the process holds after everything unreachable is gone. */
function held(): number {
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

test('100,000 requests through one VM: memory stays flat, the trace within its bound, and what it dropped is counted', {
  // A machine that does other things gives it a small part of a processor.
  timeout: 600_000,
}, () => {
  const { gateway, serve } = startGateway()
  // Until the trace is full, and no more ends of streams are kept either.
  serve(20_000)
  const before = held()
  const streams = 20_000
  serve(requests - streams)
  const grown = held() - before
  // 80,000 requests: a hundred bytes kept of each would be 8 MB.
  expect(grown).toBeLessThan(2_000_000)
  expect(gateway.clock.queued).toBeLessThan(200)

  const all = gateway.recorder.length
  const trace = gateway.recorder.data()
  expect(trace.length).toBeGreaterThanOrEqual(maxEvents)
  expect(trace.length).toBeLessThanOrEqual(maxEvents + endsBeyond)
  expect(trace.dropped).toBe(all - trace.length)
  // Every request tells the same number of events; those of the start are few.
  expect(all / requests).toBeGreaterThan(20)
  const view = openTrace(trace)
  expect(view.record(maxEvents - 1).seq).toBe(maxEvents - 1)
  expect(view.record(view.length - 1).event.type).toBe('stream.end')
  expect(trace.hash).toMatch(/^[0-9a-f]{16}$/)
})
