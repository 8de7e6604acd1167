import type { ProbeCase, ServiceName } from '../observed.ts'

export type Ports = Readonly<Record<ServiceName, number>>

/** One listener a case, with its probes in order; VM ids differ so that no state passes from case to case. */
export function bootstrap(
  cases: readonly { readonly probe: ProbeCase; readonly port: number }[],
  /** Of the services; case N uses those of place N modulo their number. */
  slots: readonly Ports[],
  fileOf: (abi: string) => string,
  plainPort: number,
  /** One VM for the plugins of all cases instead of one each: starting them costs more than running them. */
  sharedVms = false,
): object {
  // Cases that run at the same time, or in one VM, have clusters, keys and names of their own.
  const own = slots.length > 1 || sharedVms
  const listeners = cases.map(({ probe, port }, index) => listener(probe, index, port, fileOf, own, sharedVms))
  const services = cases.flatMap(({ probe }, index) => servicesOf(probe, index, fileOf))
  return {
    ...(services.length === 0 ? {} : { bootstrap_extensions: services }),
    static_resources: {
      // The last one has no plugin: when it answers, the worker has all the others.
      listeners: [...listeners, listener(plain, cases.length, plainPort, fileOf, own, sharedVms)],
      clusters: [...cases, { probe: plain }].flatMap((_, index) =>
        Object.entries(slots[index % slots.length] ?? {}).flatMap(([name, port]) =>
          own || index === 0 ? [cluster(`${name}${suffix(index, own)}`, port)] : [],
        ),
      ),
    },
  }
}

/** What stands for `~` in names of clusters and metrics (`maskLine` takes it out again). */
const suffix = (index: number, own: boolean): string => (own ? `zq${index}` : '')

const plain: ProbeCase = { name: 'ready', scripts: [], request: { method: 'GET', path: '/ready' } }

function cluster(name: string, port: number): object {
  const isHttp2 = name.startsWith('grpc') || name.startsWith('h2')
  const address = { socket_address: { address: '127.0.0.1', port_value: port } }
  return {
    name,
    type: 'STATIC',
    connect_timeout: '1s',
    ...(isHttp2 ? { typed_extension_protocol_options: http2 } : {}),
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] },
  }
}

const http2 = {
  'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
    '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
    explicit_http_config: { http2_protocol_options: {} },
  },
}

const api = 'type.googleapis.com/envoy.extensions.filters'
const router = { name: 'router', typed_config: { '@type': `${api}.http.router.v3.Router` } }

function listener(
  probe: ProbeCase,
  index: number,
  port: number,
  fileOf: (abi: string) => string,
  own: boolean,
  sharedVms: boolean,
): object {
  const cluster = `${probe.cluster ?? 'upstream'}${suffix(index, own)}`
  const routes = [
    ['r-alt', '/alt'],
    ['r-main', '/'],
  ].map(([name, prefix]) => ({
    name,
    match: { prefix },
    ...(probe === plain ? { direct_response: { status: 200 } } : { route: { cluster } }),
  }))
  const connectionManager = {
    '@type': `${api}.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: `c${index}`,
    http_filters: [
      ...probe.scripts.map((script, at) =>
        filter(probe, script.replaceAll('~', suffix(index, own)), index, at, fileOf, sharedVms),
      ),
      router,
    ],
    route_config: { name: 'routes', virtual_hosts: [{ name: '*', domains: ['*'], routes }] },
  }
  return {
    name: `l${index}`,
    address: { socket_address: { address: '127.0.0.1', port_value: port } },
    ...(probe.limit === undefined ? {} : { per_connection_buffer_limit_bytes: probe.limit }),
    filter_chains: [{ name: 'main', filters: [{ name: 'hcm', typed_config: connectionManager }] }],
  }
}

/** Wasm services stand in the bootstrap, beside all listeners. */
const servicesOf = (probe: ProbeCase, index: number, fileOf: (abi: string) => string): readonly object[] =>
  (probe.services ?? []).map(({ script, singleton }, at) => ({
    name: 'envoy.bootstrap.wasm',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.wasm.v3.WasmService',
      singleton,
      config: {
        name: `s${at}`,
        root_id: `service${at}`,
        vm_config: {
          vm_id: 'services',
          runtime: 'envoy.wasm.runtime.v8',
          configuration: text('services'),
          code: { local: { filename: fileOf(probe.abi ?? '0_2_1') } },
        },
        configuration: text(`tag case${index}:${probe.scripts.length + at}\n${script.replaceAll('~', '')}`),
      },
    },
  }))

const text = (value: string) => ({ '@type': 'type.googleapis.com/google.protobuf.StringValue', value })

function filter(
  probe: ProbeCase,
  script: string,
  index: number,
  at: number,
  fileOf: (abi: string) => string,
  sharedVms: boolean,
): object {
  // A trap ends the VM for all its plugins, and tokens and queues belong to the VM.
  const vm =
    sharedVms && !probe.scripts.some((each) => /^(@\d+ )?(trap|gcall|gstream|register|tick)/m.test(each))
      ? 'shared'
      : `vm${index}`
  const value = `tag case${index}:${at}\n${script}`
  return {
    name: `p${at}`,
    typed_config: {
      '@type': `${api}.http.wasm.v3.Wasm`,
      config: {
        name: `p${at}`,
        root_id: `root${at}`,
        vm_config: {
          vm_id: vm,
          runtime: 'envoy.wasm.runtime.v8',
          configuration: text(`${vm}:${at}`),
          code: { local: { filename: fileOf(probe.abi ?? '0_2_1') } },
        },
        configuration: text(value),
        ...probe.plugin,
        ...(probe.allowStopIteration === true ? { allow_on_headers_stop_iteration: true } : {}),
      },
    },
  }
}
