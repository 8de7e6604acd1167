/** What the emulator costs in Node: one traced run, and many requests with and without recording. Built into dist/node. */
import { compilePlugin } from '../src/compile-worker/node.ts'
import { gatewayFamily } from '../src/model/profile.ts'
import { loadProject } from '../src/model/project/load.ts'
import { executeRun } from '../src/sandbox/entry/execute-run.ts'
import { Gateway } from '../src/sandbox/gateway/gateway.ts'
import { clientRequest } from '../src/sandbox/run/client-request.ts'
import { waitFor } from '../src/sandbox/run/wait.ts'
import { prepareModule } from '../src/sandbox/vm/prepare.ts'
import { pluginSources, templateFiles } from '../src/templates/templates.ts'

const sample = 'hello-header'
const files = templateFiles(sample)

/** The sample's wasm: `debug` as the page ships it, `release` as one would deploy it. */
export async function compileSample(mode: 'debug' | 'release'): Promise<Uint8Array> {
  const sources = pluginSources(files).get('hello')
  if (sources === undefined) throw new Error(`The sample ${sample} has no plugin hello`)
  const result = await compilePlugin({ plugin: 'hello', language: 'assemblyscript', mode, sources })
  if (result.kind !== 'ok') throw new Error(`The sample does not compile: ${result.kind}`)
  return result.wasm
}

/** Milliseconds of one run with everything a run includes: loading, preparing the module, tracing, explaining. */
export function timeOneRun(wasm: Uint8Array): number {
  const request = { files, modules: { hello: wasm }, scenario: { file: 'scenarios/get.yaml' } }
  const result = executeRun(request, { now: () => performance.now() })
  if (result.kind !== 'finished' || !result.report.passed) throw new Error(`The sample run ended as ${result.kind}`)
  return result.wallMs
}

/** Milliseconds of one traced and explained run of so many requests: what a load run costs a person. */
export function timeManyRequests(wasm: Uint8Array, times: number): number {
  const inline = `steps: [{ request: { url: "http://127.0.0.1:10000/get", times: ${times} } }]`
  const request = { files, modules: { hello: wasm }, scenario: { inline, name: 'many' } }
  const result = executeRun(request, { now: () => performance.now() })
  if (result.kind !== 'finished') throw new Error(`The sample run ended as ${result.kind}`)
  return result.wallMs
}

/** What answers behind the gateway: the sample's own httpbin mock, or a fixed reply, so that the emulator alone is seen. */
export type BenchUpstream = 'httpbin' | 'fixed'

const fixedUpstream = `
gateway:
  clusters:
    httpbin: { kind: fixed, headers: { content-type: application/json }, body: '{"ok":true}' }
`

/** Requests per second of one gateway; its start is not counted. */
export function requestsPerSecond(
  wasm: Uint8Array,
  record: boolean,
  count: number,
  upstream: BenchUpstream = 'httpbin',
): number {
  const main = 'proxyground.yaml'
  const { project } = loadProject(upstream === 'fixed' ? { ...files, [main]: files[main] + fixedUpstream } : files)
  const step = project?.scenarios[0]?.steps[0]
  const listener = project?.gateway.listeners[0]
  if (project === undefined || step?.kind !== 'request' || listener?.kind !== 'http')
    throw new Error(`The sample ${sample} does not begin with a request`)
  const module = prepareModule(wasm, { family: gatewayFamily(project.gateway.profile) })
  const gateway = new Gateway({
    config: project.gateway,
    plugins: project.plugins,
    modules: new Map([['hello', module]]),
    record,
  })
  if (!gateway.isRunning('hello')) throw new Error('The sample plugin did not start')
  const request = clientRequest(step.request)
  const began = performance.now()
  for (let sent = 0; sent < count; sent++) {
    gateway.clock.noteInput()
    const exchange = gateway.open(listener, request)
    waitFor(gateway, exchange, [])
    if (exchange.ended === undefined) throw new Error('A request did not end')
  }
  return (count / (performance.now() - began)) * 1000
}
