/** What the emulator costs in Node: one traced run, and many requests with and without recording. Built into dist/node. */
import { compilePlugin } from '../src/compile-worker/node.ts'
import { gatewayFamily } from '../src/model/profile.ts'
import { loadProject } from '../src/model/project/load.ts'
import type { HttpListener, Project, Step } from '../src/model/project/types.ts'
import { executeRun } from '../src/sandbox/entry/execute-run.ts'
import { warmUp } from '../src/sandbox/entry/warm-up.ts'
import type { ClientRequest } from '../src/sandbox/gateway/client-sender.ts'
import { Gateway } from '../src/sandbox/gateway/gateway.ts'
import { clientRequest } from '../src/sandbox/run/client-request.ts'
import { waitFor } from '../src/sandbox/run/wait.ts'
import { openTrace } from '../src/sandbox/trace/view.ts'
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

/** What the page's worker does while it waits for its first job. */
export const warmAsTheWorkerDoes = (): unknown => warmUp(() => 0)

/** Milliseconds of one run with everything a run includes: loading, preparing the module, tracing, explaining. */
export function timeOneRun(wasm: Uint8Array): number {
  const request = { files, modules: { hello: wasm }, scenario: { file: 'scenarios/get.yaml' } }
  const result = executeRun(request, { now: () => performance.now() })
  if (result.kind !== 'finished' || !result.report.passed) throw new Error(`The sample run ended as ${result.kind}`)
  return result.wallMs
}

/** Milliseconds of the parts of a first run, in the order in which a run has them. */
export type RunParts = {
  /** Project files: YAML, schemas. */
  readonly load: number
  /** The module: our parser, the engine's compiler. */
  readonly prepare: number
  /** Gateway and plugin: instance, `_initialize`, `on_vm_start`, `on_configure`. */
  readonly start: number
  /** The traced request itself, from its arrival to the end of its stream. */
  readonly request: number
  /** Trace as transferable buffers, its hash, its records decoded. */
  readonly read: number
}

/** The parts of one run of the sample; cold in a fresh process. */
export function timeParts(wasm: Uint8Array): RunParts {
  let last = performance.now()
  const lap = (): number => {
    const now = performance.now()
    const passed = now - last
    last = now
    return passed
  }
  const { project, step, listener } = sampleOf(files)
  const request = clientRequest(step.request)
  const load = lap()
  const module = prepareModule(wasm, { family: gatewayFamily(project.gateway.profile) })
  const prepare = lap()
  const gateway = startGateway(project, module, true)
  const start = lap()
  serve(gateway, listener, request)
  const served = lap()
  const view = openTrace(gateway.recorder.data())
  for (let index = 0; index < view.length; index++) view.record(index)
  return { load, prepare, start, request: served, read: lap() }
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

type Sample = {
  readonly project: Project
  readonly step: Extract<Step, { kind: 'request' }>
  readonly listener: HttpListener
}

function sampleOf(texts: Readonly<Record<string, string>>): Sample {
  const { project } = loadProject(texts)
  const step = project?.scenarios[0]?.steps[0]
  const listener = project?.gateway.listeners[0]
  if (project === undefined || step?.kind !== 'request' || listener?.kind !== 'http')
    throw new Error(`The sample ${sample} does not begin with a request`)
  return { project, step, listener }
}

function startGateway(project: Project, module: ReturnType<typeof prepareModule>, record: boolean): Gateway {
  const modules = new Map([['hello', module]])
  const gateway = new Gateway({ config: project.gateway, plugins: project.plugins, modules, record })
  if (!gateway.isRunning('hello')) throw new Error('The sample plugin did not start')
  return gateway
}

function serve(gateway: Gateway, listener: HttpListener, request: ClientRequest): void {
  gateway.clock.noteInput()
  const exchange = gateway.open(listener, request)
  waitFor(gateway, exchange, [])
  if (exchange.ended === undefined) throw new Error('A request did not end')
}

/** Module and project of the sample are made once, as a worker keeps them from run to run. */
const prepared = new Map<string, Sample & { readonly module: ReturnType<typeof prepareModule> }>()

function prepareSample(wasm: Uint8Array, upstream: BenchUpstream) {
  const known = prepared.get(upstream)
  if (known !== undefined) return known
  const main = 'proxyground.yaml'
  const loaded = sampleOf(upstream === 'fixed' ? { ...files, [main]: files[main] + fixedUpstream } : files)
  const module = prepareModule(wasm, { family: gatewayFamily(loaded.project.gateway.profile) })
  const made = { ...loaded, module }
  prepared.set(upstream, made)
  return made
}

/** Microseconds per request, of one moment: recorded, and the same requests right before or after without recording. */
export type RatePair = {
  readonly recorded: number
  readonly plain: number
  /** As above, but processor time of all threads of this process: what others do meanwhile hardly counts. */
  readonly recordedCpu: number
  readonly plainCpu: number
}

/** Requests of one measured slice: short, so that the two of a pair meet the same moment of the machine. */
const slice = 500
/** Slices of one gateway, after which it is a new one. */
const slices = 10

/**
 * What recording costs: two gateways in turns, slice by slice. Their start is not counted; the memory of a trace is
 * that of the one before, as in a worker.
 */
export function measureRecording(wasm: Uint8Array, rounds: number, upstream: BenchUpstream = 'httpbin'): RatePair[] {
  const { project, step, listener, module } = prepareSample(wasm, upstream)
  const request = clientRequest(step.request)
  const timeSlice = (gateway: Gateway) => {
    const cpu = process.cpuUsage()
    const began = performance.now()
    for (let sent = 0; sent < slice; sent++) serve(gateway, listener, request)
    const wall = ((performance.now() - began) * 1000) / slice
    const { user, system } = process.cpuUsage(cpu)
    return { wall, cpu: (user + system) / slice }
  }
  const pairs: RatePair[] = []
  for (let round = 0; round < rounds; round++) {
    const gateways = { recorded: startGateway(project, module, true), plain: startGateway(project, module, false) }
    for (let turn = 0; turn < slices; turn++) {
      const first = turn % 2 === 0 ? timeSlice(gateways.recorded) : undefined
      const plain = timeSlice(gateways.plain)
      const recorded = first ?? timeSlice(gateways.recorded)
      pairs.push({ recorded: recorded.wall, plain: plain.wall, recordedCpu: recorded.cpu, plainCpu: plain.cpu })
    }
    gateways.recorded.recorder.release()
  }
  return pairs
}
