/**
 * Proxyground on the plugin of this folder: the whole gateway, every request traced. Cold: the first thing a process
 * does. Steady: what a second then holds. Built into dist/node.
 */
import { gatewayFamily } from '../../src/model/profile.ts'
import { loadProject } from '../../src/model/project/load.ts'
import type { HttpListener } from '../../src/model/project/types.ts'
import type { ClientRequest } from '../../src/sandbox/gateway/client-sender.ts'
import { Gateway } from '../../src/sandbox/gateway/gateway.ts'
import { clientRequest } from '../../src/sandbox/run/client-request.ts'
import { waitFor } from '../../src/sandbox/run/wait.ts'
import { prepareModule } from '../../src/sandbox/vm/prepare.ts'

/** One request as every host of this comparison gets it: eight headers and a body, answered with five and a body. */
const files = {
  'proxyground.yaml': `
version: 1
plugins:
  - { name: bench, language: go }
gateway:
  clusters:
    httpbin:
      kind: fixed
      protocol: h2
      headers: { content-type: text/plain, server: upstream, x-removed: "1", x-kept: "2" }
      body: an answer of thirty-two characters
`,
  'plugins/bench/plugin.go': 'package main\n',
  'scenarios/bench.yaml': `
steps:
  - request:
      url: "http://127.0.0.1:10000/path?query=1"
      method: POST
      protocol: h2
      headers: { user-agent: curl/8.1.2, accept: "*/*", x-one: "1" }
      body: a question of thirty-two letters
`,
}

/** Milliseconds to start and serve so many requests, nothing kept from before; then requests per second of each round. */
export type HostTimes = { readonly start: number; readonly cold: number; readonly steady: readonly number[] }

export function measureEmulator(wasm: Uint8Array, cold: number, rounds: number, record = true): HostTimes {
  const began = performance.now()
  const { project, problems } = loadProject(files)
  const step = project?.scenarios[0]?.steps[0]
  const listener = project?.gateway.listeners[0]
  if (project === undefined || step?.kind !== 'request' || listener?.kind !== 'http')
    throw new Error(`The project of the bench is wrong: ${JSON.stringify(problems)}`)
  const module = prepareModule(wasm, { family: gatewayFamily(project.gateway.profile) })
  const modules = new Map([['bench', module]])
  const open = (): Gateway => {
    const gateway = new Gateway({ config: project.gateway, plugins: project.plugins, modules, record })
    if (!gateway.isRunning('bench')) throw new Error('The plugin did not start')
    return gateway
  }
  const request = clientRequest(step.request)
  const first = open()
  const start = performance.now() - began
  serve(first, listener, request, cold)
  const coldTime = performance.now() - began
  first.recorder.release()
  const steady = Array.from({ length: rounds }, () => {
    const gateway = open()
    const roundBegan = performance.now()
    serve(gateway, listener, request, cold)
    const rate = (cold / (performance.now() - roundBegan)) * 1000
    gateway.recorder.release()
    return rate
  })
  return { start, cold: coldTime, steady }
}

function serve(gateway: Gateway, listener: HttpListener, request: ClientRequest, count: number): void {
  for (let sent = 0; sent < count; sent++) {
    gateway.clock.noteInput()
    const exchange = gateway.open(listener, request)
    waitFor(gateway, exchange, [])
    if (exchange.ended !== 'complete') throw new Error(`A request ended as ${exchange.ended}`)
  }
}
