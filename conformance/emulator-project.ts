/** The project of a case: gateway, services, plugins and the one scenario, as its files. */
import type { HeaderList } from '../src/model/http.ts'
import type { GatewayProfile } from '../src/model/profile.ts'
import { http2Body } from './envoy/http2-server.ts'
import { grpcReplies } from './grpc-service.ts'
import type { FaultOf, ProbeCase } from './observed.ts'

/** How long the services take, ms. */
export type Delays = { readonly upstream: number; readonly auth: number }

/** The upstream later than any callout, and of one digit, as in the recorded runs. */
export const recorded: Delays = { upstream: 9, auth: 5 }

/** Written as JSON, which is YAML, too, and made faster. */
export function projectFiles(probe: ProbeCase, profile: GatewayProfile, delays: Delays): Record<string, string> {
  const reply: NonNullable<ProbeCase['reply']> = probe.reply ?? {
    status: 200,
    headers: [['content-type', 'text/plain'] as const],
    body: 'upstream says hello',
  }
  const upstream = {
    status: reply.status,
    headers: reply.headers ?? [],
    ...(reply.chunks === undefined
      ? { body: reply.body }
      : { chunks: reply.chunks.map((data) => ({ data, delay: '30ms' })) }),
    ...(reply.trailers === undefined ? {} : { trailers: reply.trailers }),
    delay: `${delays.upstream}ms`,
  }
  const names = probe.scripts.map((_, index) => `p${index}`)
  const services = (probe.services ?? []).map((each, index) => ({ ...each, plugin: `s${index}` }))
  const limit = probe.limit === undefined ? {} : { bufferLimit: probe.limit }
  return {
    'proxyground.yaml': JSON.stringify({
      version: 1,
      gateway: {
        profile,
        logLevel: 'debug',
        ...(probe.workers === undefined ? {} : { workers: probe.workers, startup: 'full' }),
        services: services.map(({ plugin, singleton }) => ({ plugin, singleton })),
        listeners: [{ name: 'main', port: 10000, plugins: names, ...limit }],
        routes: [
          ['r-alt', '/alt'],
          ['r-main', '/'],
        ].map(([name, prefix]) => ({ name, domains: ['*'], prefix, cluster: probe.cluster ?? 'upstream' })),
        clusters: {
          upstream: {
            kind: 'fixed',
            ...upstream,
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
            ...(probe.reply === undefined ? http2Answer : upstream),
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
      plugins: [...names, ...services.map(({ plugin }) => plugin)].map((name) => ({ name, language: 'wasm' })),
    }),
    ...Object.fromEntries(
      probe.scripts.map((script, index) => [
        `plugins/p${index}/plugin.yaml`,
        pluginFile(probe, profile, script, index),
      ]),
    ),
    ...Object.fromEntries(
      services.map(({ plugin, script }, index) => [
        `plugins/${plugin}/plugin.yaml`,
        JSON.stringify({
          kind: 'EnvoyPlugin',
          name: plugin,
          root_id: `service${index}`,
          vm_config: { vm_id: 'services', configuration: 'services' },
          configuration: `tag ${probe.scripts.length + index}\n${script.replaceAll('~', '')}`,
        }),
      ]),
    ),
    'scenarios/case.yaml': JSON.stringify({
      steps: [
        // Threads have long started when the first request comes.
        ...(probe.workers === undefined ? [] : [{ advance: '200ms' }]),
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

const http2Answer = { status: 200, headers: [['content-type', 'text/plain']], body: http2Body }

const faultsOf = (fault: FaultOf | undefined) => (fault === undefined ? {} : { faults: [fault] })

function requestStep(probe: ProbeCase, more: HeaderList): object {
  const { method, path, headers = [], chunks = [], trailers } = probe.request
  const sized = chunks.map((chunk) => ({ size: chunk.length, after: '30ms' }))
  const chunked = chunks.length > 1 || trailers !== undefined
  return {
    request: {
      method,
      ...(probe.protocol === undefined ? {} : { protocol: probe.protocol }),
      // A tunnel's target stands in place of host and path.
      url: method === 'CONNECT' ? `http://${path}` : `http://example.test${path}`,
      headers: [
        ...headers,
        ...more,
        ...(chunked && probe.protocol === undefined ? [['transfer-encoding', 'chunked']] : []),
      ],
      ...(chunks.length === 0 ? {} : { body: chunks.join('') }),
      ...(chunked ? { chunks: sized } : {}),
      ...(trailers === undefined ? {} : { trailers }),
      // The recording client's patience.
      abort: { after: `${probe.patience ?? 1500}ms` },
    },
  }
}

function pluginFile(probe: ProbeCase, profile: GatewayProfile, script: string, index: number): string {
  return JSON.stringify({
    kind: 'EnvoyPlugin',
    name: `p${index}`,
    root_id: `root${index}`,
    vm_config: { vm_id: 'vm', configuration: `vm${index}` },
    configuration: `tag ${index}\n${script.replaceAll('~', '')}`,
    ...probe.plugin,
    // Higress has no such option: ABI 0_2_100 is what says it there.
    ...(probe.allowStopIteration === true && profile.startsWith('envoy')
      ? { allow_on_headers_stop_iteration: true }
      : {}),
  })
}

/** The service answers 25 ms after what it answers, as the recording one does. */
const grpcReplyFile = Object.fromEntries(
  Object.entries(grpcReplies).map(([method, reply]) => [method, { delay: '25ms', ...reply }]),
)
