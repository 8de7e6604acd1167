import type { HeaderList } from '../src/model/http.ts'
import { loadProject } from '../src/model/project/load.ts'
import type { BodyReport, ExchangeReport } from '../src/model/report.ts'
import { runScenario } from '../src/sandbox/entry/index.ts'
import { openTrace } from '../src/sandbox/trace/view.ts'
import { prepareModule } from '../src/sandbox/vm/prepare.ts'
import { http2Body } from './envoy/http2-server.ts'
import type { EnvoyVersion } from './expected.ts'
import { grpcReplies } from './grpc-service.ts'
import { type FaultOf, maskHeaders, maskLine, type Observed, type ProbeCase, type ReceivedGrpc } from './observed.ts'

export type EnvoyProfile = `envoy-${EnvoyVersion}`

/** Runs a case in the emulator and tells the same as `observeEnvoy` does. */
export function observeEmulator(
  wasm: Uint8Array,
  probe: ProbeCase,
  profile: EnvoyProfile,
  delays: Delays = recorded,
): Observed {
  const { report, trace } = runProbe(wasm, probe, profile, delays)
  const step = report.steps[0]
  if (step === undefined || !('outcome' in step)) throw new Error(JSON.stringify(report.failures))
  const exchanges = report.steps.filter((each): each is ExchangeReport & { kind: string } => 'outcome' in each)
  const ended = upstreamEnds(trace)
  const later = exchanges.slice(1).map(client)
  return {
    client: client(step as ExchangeReport),
    ...(later.length === 0 ? {} : { later }),
    upstream: (probe.cluster === undefined ? exchanges : [])
      .flatMap(({ upstream }) => upstream)
      .flatMap((each, index) => (isComplete(received(each), ended[index] ?? false) ? [received(each)] : [])),
    calls: callsToAuth(trace),
    ...receivedGrpc(trace),
    log: probeLines(trace),
  }
}

/** Runs a case in the emulator: its report and trace. */
export function runProbe(wasm: Uint8Array, probe: ProbeCase, profile: EnvoyProfile, delays: Delays = recorded) {
  const { project, problems } = loadProject(projectFiles(probe, profile, delays))
  const scenario = project?.scenarios[0]
  if (project === undefined || scenario === undefined)
    throw new Error(problems.map(({ message }) => message).join('\n'))
  const module = prepared(wasm)
  const modules = new Map(project.plugins.map(({ name }) => [name, module]))
  return runScenario(project, modules, scenario)
}

type Module = ReturnType<typeof prepareModule>
const modulesOf = new WeakMap<Uint8Array, Module>()

/** Thousands of programs share one probe. */
function prepared(wasm: Uint8Array): Module {
  const known = modulesOf.get(wasm)
  if (known !== undefined) return known
  const made = prepareModule(wasm, { family: 'envoy' })
  modulesOf.set(wasm, made)
  return made
}

/** How long the services take, ms. */
type Delays = { readonly upstream: number; readonly auth: number }

/** The upstream later than any callout, and of one digit, as in the recorded runs. */
const recorded: Delays = { upstream: 9, auth: 5 }

/** Written as JSON, which is YAML, too, and made faster. */
function projectFiles(probe: ProbeCase, profile: EnvoyProfile, delays: Delays): Record<string, string> {
  const reply: NonNullable<ProbeCase['reply']> = probe.reply ?? {
    status: 200,
    headers: [['content-type', 'text/plain'] as const],
    body: 'upstream says hello',
  }
  const names = probe.scripts.map((_, index) => `p${index}`)
  const limit = probe.limit === undefined ? {} : { bufferLimit: probe.limit }
  return {
    'proxyground.yaml': JSON.stringify({
      version: 1,
      gateway: {
        profile,
        logLevel: 'debug',
        listeners: [{ name: 'main', port: 10000, plugins: names, ...limit }],
        routes: [
          ['r-alt', '/alt'],
          ['r-main', '/'],
        ].map(([name, prefix]) => ({ name, domains: ['*'], prefix, cluster: probe.cluster ?? 'upstream' })),
        clusters: {
          upstream: {
            kind: 'fixed',
            status: reply.status,
            headers: reply.headers ?? [],
            ...(reply.chunks === undefined
              ? { body: reply.body }
              : { chunks: reply.chunks.map((data) => ({ data, delay: '30ms' })) }),
            ...(reply.trailers === undefined ? {} : { trailers: reply.trailers }),
            delay: `${delays.upstream}ms`,
            ...faultsOf(probe.faults?.upstream),
          },
          auth: {
            kind: 'fixed',
            status: 200,
            headers: [
              ['content-type', 'text/plain'],
              ['x-up', 'auth'],
            ],
            body: 'allowed',
            delay: `${delays.auth}ms`,
            ...faultsOf(probe.faults?.auth),
          },
          grpc: { kind: 'grpc', replies: grpcReplyFile, ...faultsOf(probe.faults?.grpc) },
          h2: {
            kind: 'fixed',
            protocol: 'h2',
            status: 200,
            headers: [['content-type', 'text/plain']],
            body: http2Body,
            ...faultsOf(probe.faults?.h2),
          },
          silent: { kind: 'hang' },
          refused: { kind: 'unreachable' },
          closing: { kind: 'reset', delay: '5ms' },
          broken: {
            kind: 'fixed',
            status: 200,
            headers: [
              ['content-type', 'text/plain'],
              ['content-length', '10'],
            ],
            chunks: [{ data: 'half ' }],
            reset: true,
            delay: '5ms',
          },
        },
      },
      plugins: names.map((name) => ({ name, language: 'wasm' })),
    }),
    ...Object.fromEntries(
      probe.scripts.map((script, index) => [`plugins/p${index}/plugin.yaml`, pluginFile(probe, script, index)]),
    ),
    'scenarios/case.yaml': JSON.stringify({
      steps: [
        requestStep(probe, []),
        ...(probe.again ?? []).flatMap(({ after, headers }) => [
          ...(after > 0 ? [{ advance: `${after}ms` }] : []),
          requestStep(probe, headers ?? []),
        ]),
        // Long enough for what comes after the answer, as in the recorded runs.
        { advance: `${probe.settle ?? 60}ms` },
      ],
    }),
  }
}

const faultsOf = (fault: FaultOf | undefined) => (fault === undefined ? {} : { faults: [fault] })

function requestStep(probe: ProbeCase, more: HeaderList): object {
  const { method, path, headers = [], chunks = [], trailers } = probe.request
  const sized = chunks.map((chunk) => ({ size: chunk.length, after: '30ms' }))
  const chunked = chunks.length > 1 || trailers !== undefined
  return {
    request: {
      method,
      url: `http://example.test${path}`,
      headers: [...headers, ...more, ...(chunked ? [['transfer-encoding', 'chunked']] : [])],
      ...(chunks.length === 0 ? {} : { body: chunks.join('') }),
      ...(chunked ? { chunks: sized } : {}),
      ...(trailers === undefined ? {} : { trailers }),
      // The recording client's patience.
      abort: { after: `${probe.patience ?? 1500}ms` },
    },
  }
}

function pluginFile(probe: ProbeCase, script: string, index: number): string {
  return JSON.stringify({
    kind: 'EnvoyPlugin',
    name: `p${index}`,
    root_id: `root${index}`,
    vm_config: { vm_id: 'vm', configuration: `vm${index}` },
    configuration: `tag ${index}\n${script.replaceAll('~', '')}`,
    ...probe.plugin,
    ...(probe.allowStopIteration === true ? { allow_on_headers_stop_iteration: true } : {}),
  })
}

function client(step: ExchangeReport): Observed['client'] {
  if (step.response === undefined)
    return { kind: step.ended === 'hung' || step.ended === 'client-abort' ? 'hang' : 'reset' }
  const headers = maskHeaders(step.response.headers.filter(([name]) => !name.startsWith(':')))
  const body = textOf(step.response.body)
  const { status } = step.response
  // Nothing is missing of a response that has no body.
  const complete = step.ended === 'complete' || status === 204 || status === 304
  return { kind: 'response', status, headers, body, complete }
}

type Received = Pick<ExchangeReport['upstream'][number], 'headers' | 'body'>

function received({ headers, body }: Received): Observed['upstream'][number] {
  const value = (name: string) => headers.find(([key]) => key === name)?.[1] ?? ''
  const rest = headers.filter(([name]) => !name.startsWith(':') && name !== 'host')
  const host = value(':authority') || value('host')
  return {
    start: `${value(':method')} ${value(':path')} HTTP/1.1`,
    // A plugin that took it away: then there is no such line.
    headers: maskHeaders([...(host === '' ? [] : [['host', host] as const]), ...rest]),
    body: textOf(body),
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

/** The service answers 25 ms after what it answers, as the recording one does. */
const grpcReplyFile = Object.fromEntries(
  Object.entries(grpcReplies).map(([method, reply]) => [method, { delay: '25ms', ...reply }]),
)

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
