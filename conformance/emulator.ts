import type { HeaderList } from '../src/model/http.ts'
import { type GatewayProfile, gatewayFamily } from '../src/model/profile.ts'
import { loadProject } from '../src/model/project/load.ts'
import type { BodyReport, ExchangeReport } from '../src/model/report.ts'
import { runScenario } from '../src/sandbox/entry/index.ts'
import { openTrace } from '../src/sandbox/trace/view.ts'
import { prepareModule } from '../src/sandbox/vm/prepare.ts'
import { type Delays, projectFiles, recorded } from './emulator-project.ts'
import { maskHeaders, maskLine, type Observed, type ProbeCase, type ReceivedGrpc } from './observed.ts'

/** Runs a case in the emulator and tells the same as `observeEnvoy` does. */
export function observeEmulator(
  wasm: Uint8Array,
  probe: ProbeCase,
  profile: GatewayProfile,
  delays: Delays = recorded,
): Observed {
  const { report, trace } = runProbe(wasm, probe, profile, delays)
  const exchanges = report.steps.filter((each): each is ExchangeReport & { kind: string } => 'outcome' in each)
  const [step] = exchanges
  if (step === undefined) throw new Error(JSON.stringify(report.failures))
  const ended = upstreamEnds(trace)
  const http2 = probe.protocol === 'h2'
  const later = exchanges.slice(1).map((each) => client(each, http2))
  return {
    client: client(step, http2),
    ...(later.length === 0 ? {} : { later }),
    upstream: (keepsRequests(probe) ? exchanges : [])
      .flatMap(({ upstream }) => upstream)
      .map((each) => received(each, probe.cluster === 'h2' ? 'HTTP/2' : 'HTTP/1.1'))
      .filter(
        (each, index) => (probe.cluster !== 'h2' || ended[index] === true) && isComplete(each, ended[index] ?? false),
      ),
    calls: callsToAuth(trace),
    ...receivedGrpc(trace),
    log: probe.workers === undefined ? probeLines(trace) : probeLines(trace).toSorted(),
  }
}

/** Runs a case in the emulator: its report and trace. */
export function runProbe(wasm: Uint8Array, probe: ProbeCase, profile: GatewayProfile, delays: Delays = recorded) {
  const { project, problems } = loadProject(projectFiles(probe, profile, delays))
  const scenario = project?.scenarios[0]
  if (project === undefined || scenario === undefined)
    throw new Error(problems.map(({ message }) => message).join('\n'))
  const module = prepared(wasm, profile)
  const modules = new Map(project.plugins.map(({ name }) => [name, module]))
  return runScenario(project, modules, scenario)
}

type Module = ReturnType<typeof prepareModule>
const modulesOf: Record<GatewayProfile, WeakMap<Uint8Array, Module>> = {
  'envoy-1.40': new WeakMap(),
  'envoy-1.36': new WeakMap(),
  'higress-2.2': new WeakMap(),
  'higress-2.1': new WeakMap(),
}

/** Thousands of programs share one probe. */
function prepared(wasm: Uint8Array, profile: GatewayProfile): Module {
  const known = modulesOf[profile].get(wasm)
  if (known !== undefined) return known
  const made = prepareModule(wasm, { family: gatewayFamily(profile), profile })
  modulesOf[profile].set(wasm, made)
  return made
}

function client(step: ExchangeReport, http2: boolean): Observed['client'] {
  if (step.response === undefined)
    return { kind: step.ended === 'hung' || step.ended === 'client-abort' ? 'hang' : 'reset' }
  const headers = maskHeaders(step.response.headers.filter(([name]) => !name.startsWith(':')))
  const body = textOf(step.response.body)
  const { status } = step.response
  // Nothing is missing of a response that has no body.
  const complete = step.ended === 'complete' || status === 204 || status === 304
  const trailers = maskHeaders(step.response.trailers)
  return { kind: 'response', status, headers, body, ...(http2 && trailers.length > 0 ? { trailers } : {}), complete }
}

/** Its service is one that keeps what it received. */
const keepsRequests = ({ cluster, reply }: ProbeCase): boolean =>
  cluster === undefined || (cluster === 'h2' && reply !== undefined)

type Received = Pick<ExchangeReport['upstream'][number], 'headers' | 'body'> & { readonly trailers?: HeaderList }

function received({ headers, body, trailers = [] }: Received, protocol = 'HTTP/1.1'): Observed['upstream'][number] {
  const value = (name: string) => headers.find(([key]) => key === name)?.[1] ?? ''
  const rest = headers.filter(([name]) => !name.startsWith(':') && name !== 'host')
  const host = value(':authority') || value('host')
  return {
    start: `${value(':method')} ${value(':path')} ${protocol}`,
    // A plugin that took it away: then there is no such line.
    headers: maskHeaders([...(host === '' ? [] : [['host', host] as const]), ...rest]),
    body: textOf(body),
    ...(trailers.length === 0 || protocol === 'HTTP/1.1' ? {} : { trailers: maskHeaders(trailers) }),
  }
}

/** Those of ticks, too, which belong to no exchange. */
function callsToAuth(trace: Parameters<typeof openTrace>[0]): Observed['calls'] {
  const view = openTrace(trace)
  const calls: Observed['calls'][number][] = []
  for (let index = 0; index < view.length; index++) {
    const { event } = view.record(index)
    if (event.type !== 'callout.request' || event.cluster !== 'auth') continue
    const isGrpc = event.headers.some(([name, value]) => name === 'content-type' && value.startsWith(grpcType))
    const body = isGrpc ? framedMessages(view, event.token, event.body) : new TextDecoder().decode(event.body)
    calls.push(received({ headers: event.headers, body: { text: body } }))
  }
  return calls
}

const grpcType = 'application/grpc'

type View = ReturnType<typeof openTrace>

/** What a plugin sent on a gRPC call or stream, as byte strings. */
function messagesOf(view: View, token: number, whole: Uint8Array, timeoutHeader: boolean): readonly string[] {
  if (timeoutHeader) return [latin1(whole)]
  const messages: string[] = []
  for (let index = 0; index < view.length; index++) {
    const { event } = view.record(index)
    if (event.type === 'grpc.message' && event.token === token && event.from === 'plugin')
      messages.push(latin1(event.data))
  }
  return messages
}

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

function framedMessages(view: View, token: number, whole: Uint8Array): string {
  const messages = messagesOf(view, token, whole, token % 4 === 1)
  return messages.map((data) => `\0\0\0\0${String.fromCharCode(data.length)}${data}`).join('')
}

function receivedGrpc(trace: Parameters<typeof openTrace>[0]): Pick<Observed, 'grpc'> {
  const view = openTrace(trace)
  const grpc: ReceivedGrpc[] = []
  for (let index = 0; index < view.length; index++) {
    const { event } = view.record(index)
    if (event.type !== 'callout.request' || event.cluster !== 'grpc') continue
    const { token, headers, body } = event
    const path = headers.find(([name]) => name === ':path')?.[1] ?? ''
    grpc.push({ path, headers: maskHeaders(headers), messages: messagesOf(view, token, body, token % 4 === 1) })
  }
  return grpc.length === 0 ? {} : { grpc }
}

/** For each request to the upstream, in order, whether its end was sent. */
function upstreamEnds(trace: Parameters<typeof openTrace>[0]): readonly boolean[] {
  const view = openTrace(trace)
  const ends = new Map<number | undefined, boolean>()
  for (let index = 0; index < view.length; index++) {
    const { event, stream } = view.record(index)
    if (event.type === 'upstream.request') {
      const chunked = event.headers.some(([name]) => name === 'transfer-encoding')
      ends.set(stream, event.endOfStream && !chunked)
    }
    if (event.type === 'upstream.request.trailers') ends.set(stream, true)
    if (event.type === 'upstream.request.body' && event.endOfStream) ends.set(stream, true)
  }
  return [...ends.values()]
}

/** The recording server, too, keeps complete requests only: by their length if they say one, else by their end. */
function isComplete({ headers, body }: Observed['upstream'][number], ended: boolean): boolean {
  const length = headers.find(([name]) => name === 'content-length')?.[1]
  return length === undefined ? ended : Number(length) <= body.length
}

/** Byte by byte, as the recording client reads. */
const textOf = (body: BodyReport): string =>
  'text' in body ? latin1(new TextEncoder().encode(body.text)) : `base64 ${body.base64}`

function probeLines(trace: Parameters<typeof openTrace>[0]): readonly string[] {
  const view = openTrace(trace)
  const lines: string[] = []
  for (let index = 0; index < view.length; index++) {
    const { event } = view.record(index)
    if (event.type === 'log' && event.via === 'proxy_log' && /^\d /.test(event.message))
      lines.push(maskLine(event.message))
  }
  return lines
}
