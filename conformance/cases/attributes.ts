import type { ProbeCase } from '../observed.ts'
import { call, get, on, post, script } from './parts.ts'

/** Every attribute of proxy-wasm-host.md 5.4, and what is below and beside them, in every phase. */
const below: Readonly<Record<string, readonly string[]>> = {
  request:
    'path url_path query host scheme method headers referer useragent id protocol time duration size total_size headers_bytes nope path%00x headers%00content-type headers%00nope path%00'.split(' '), // biome-ignore format: names
  response:
    'code code_details flags grpc_status headers trailers size total_size headers_bytes backend_latency nope headers%00content-type trailers%00nope'.split(' '), // biome-ignore format: names
  source: ['address', 'port', 'nope', 'address%00x'],
  destination: ['address', 'port', 'nope'],
  connection:
    'id mtls requested_server_name tls_version subject_local_certificate subject_peer_certificate dns_san_local_certificate dns_san_peer_certificate uri_san_local_certificate uri_san_peer_certificate sha256_peer_certificate_digest termination_details transport_failure_reason peer_certificate nope mtls%00x'.split(' '), // biome-ignore format: names
  upstream:
    'address port transport_failure_reason tls_version subject_local_certificate dns_san_peer_certificate uri_san_local_certificate sha256_peer_certificate_digest num_endpoints num_endpoints%00x request_attempt_count locality locality%00zone locality%00sub_zone locality%00nope nope'.split(' '), // biome-ignore format: names
  xds: 'cluster_name cluster_metadata cluster_metadata%00filter_metadata route_name route_name%00x route_metadata route_metadata%00filter_metadata route_metadata%00nope upstream_host_metadata upstream_host_metadata%00filter_metadata filter_chain_name listener_direction listener_direction%00x listener_metadata listener_metadata%00typed_filter_metadata virtual_host_name virtual_host_metadata virtual_host_metadata%00filter_metadata upstream_host_locality_metadata node%00id node%00cluster node%00metadata node%00metadata%00NAME node%00locality node%00locality%00zone node%00user_agent_name node%00user_agent_name%00x node%00nope nope'.split(' '), // biome-ignore format: names
  metadata: 'filter_metadata filter_metadata%00a filter_metadata%00a%00b typed_filter_metadata nope'.split(' '),
}
/** Not `node` as a whole: 30 kB of the extensions that this Envoy was built with. */
const top =
  'metadata filter_state filter_state%00x plugin_name plugin_name%00x plugin_root_id plugin_vm_id connection_id connection_id%00x node%00id listener_direction listener_metadata cluster_metadata route_metadata upstream_host_metadata cluster_name route_name source destination connection upstream xds request response'.split(' ') // biome-ignore format: names

const ask = (paths: readonly string[]) => paths.map((path) => `prop ${path}`)
const paths = (name: string) => (below[name] ?? []).map((path) => `${name}%00${path}`)
const kinds: readonly (readonly [kind: string, paths: readonly string[]])[] = [
  ...Object.keys(below).map((name): readonly [string, readonly string[]] => [`${name}.*`, paths(name)]),
  ['without a dot', [...top, '%00', 'request%00', 'request%00%00']],
]
/** There with the connection to the service, which may stand from the case before: not asked while the request is sent. */
const connected = ['upstream%00local_address', 'upstream%00cx_pool_ready_duration', 'upstream_filter_state', 'upstream_filter_state%00x'] // biome-ignore format: names
const streamPhases = ['request_headers', 'request_body', 'response_headers', 'response_body', 'log', 'done']
const named = [['content-type', 'text/plain'], ['referer', '/x'], ['user-agent', 'probe/1']] as const // biome-ignore format: pairs
const unrouted = ['remove 0 :path', ...ask([...paths('xds'), ...paths('upstream')])]

export const attributeCases: readonly ProbeCase[] = [
  ...kinds.flatMap(([kind, list]): readonly ProbeCase[] => [
    {
      name: `attributes ${kind} in every phase of a stream`,
      scripts: [script(...streamPhases.map((phase) => on(phase, ...ask(list))))],
      request: { ...post, headers: named },
      settle: 120,
    },
    {
      name: `attributes ${kind} of a root context, and in a call response`,
      scripts: [
        script(
          on('configure', ...ask(list)),
          on('request_headers', 'tick 40', call, 'return 4'),
          on('tick', 'tick 0', ...ask(list)),
          on('http_call_response', ...ask(list), 'continue 0'),
        ),
      ],
      request: post,
      settle: 120,
    },
  ]),
  {
    name: 'attributes of the service after a local reply',
    scripts: [script(on('request_headers', 'reply 403 d denied -1'), on('log', ...ask(paths('upstream'))))],
    request: get,
  },
  {
    name: 'attributes of the connection to the service in every phase but the request body',
    scripts: [
      script(...streamPhases.flatMap((phase) => (phase === 'request_body' ? [] : [on(phase, ...ask(connected))]))),
    ],
    request: get,
  },
  {
    name: 'attributes of the service when nobody listens',
    scripts: [
      script(...['response_headers', 'log'].map((phase) => on(phase, ...ask([...paths('upstream'), ...connected])))),
    ],
    cluster: 'refused',
    request: get,
  },
  {
    name: 'attributes of a request without a route',
    scripts: [script(on('request_headers', ...unrouted), on('log', ...ask([...paths('xds'), ...paths('upstream')])))],
    request: get,
  },
]
