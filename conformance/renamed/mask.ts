/**
 * What Higress's Envoy adds to, or has otherwise than, the upstream Envoy it is built on: taken out of what both showed
 * before they are compared. Each with where it stands written; nothing else is masked.
 */
import type { HeaderList } from '../../src/model/http.ts'
import type { Answered, Observed } from '../observed.ts'
import { readPairs } from './pairs-line.ts'

/** Headers that only a Higress gateway adds, and where that is written. */
export const addedHeaders: Readonly<Record<string, string>> = {
  'x-envoy-original-host': 'the host as the client sent it, on requests to services (gateway 2.2; W3)',
  'original-host': 'the same as gateway 2.1 calls it (W3)',
  'req-start-time': 'when the request came, on requests and calls to services (higress.md 1.8)',
  'req-cost-time': 'on responses of services (higress.md 1.8)',
  'req-arrive-time': 'on responses of services (higress.md 1.8)',
  'resp-start-time': 'on responses of services (higress.md 1.8)',
}

/** Values that are the gateway's own, and where that is written. */
export const ownValues: Readonly<Record<string, string>> = {
  server: '`istio-envoy` instead of `envoy` (proxy-wasm-host.md 6.7)',
}

const serverNames = ['envoy', 'istio-envoy']

const maskedHeaders = (headers: HeaderList): HeaderList =>
  headers
    .filter(([name]) => !(name in addedHeaders))
    .map(([name, value]) => [name, name in ownValues && serverNames.includes(value) ? 'SERVER' : value] as const)

const maskedAnswer = (answer: Answered): Answered =>
  answer.kind === 'response' ? { ...answer, headers: maskedHeaders(answer.headers) } : answer

const maskedMessage = <T extends { readonly headers: HeaderList }>(message: T): T => ({
  ...message,
  headers: maskedHeaders(message.headers),
})

/** Lines of the probe whose answer is the gateway's own, and where that is written. */
export const ownLines: readonly { readonly what: RegExp; readonly because: string }[] = [
  { what: /prop (cluster_name|route_name|listener_direction|plugin_vm_memory|xds%00listener_direction) /, because: 'names of old Envoys that Higress keeps; its listeners are outbound (proxy-wasm-host.md 5)' }, // biome-ignore format: table
  { what: /prop (node%00id|(listener|cluster|route|upstream_host)_metadata) /, because: 'the same, messages (proxy-wasm-host.md 5.4)' }, // biome-ignore format: table
  { what: /prop xds%00virtual_host_name /, because: 'Istio names virtual hosts by domain and port' }, // biome-ignore format: table
  { what: /prop response%00(total_size|headers) |^\d log: prop request%00total_size /, because: 'the headers that Higress adds count' }, // biome-ignore format: table
  { what: /raw proxy_get_header_map_(pairs|size) /, because: 'lengths of maps with the headers that Higress adds' }, // biome-ignore format: table
  { what: /(bufstatus|getbuf|setbuf) (9|1\d)\b/, because: 'buffers of Redis answers exist there only (2.3)' }, // biome-ignore format: table
  { what: /foreign (get_log_level|set_global_max_requests_per_io_cycle|inject_encoded_data_to_filter_chain\w*) /, because: 'functions of Higress (2.11)' }, // biome-ignore format: table
]

function maskedLine(line: string): string {
  if (ownLines.some(({ what }) => what.test(line))) return line.replace(/ -> .*$/, ' -> OWN')
  const pairs = readPairs(line)
  if (pairs !== undefined) return `${pairs.start}${JSON.stringify(maskedHeaders(pairs.headers))}`
  return line.replace(/(get \d server -> 0) (?:istio-)?envoy$/, '$1 SERVER')
}

/** The same without what only one of the two gateways has. */
export function comparable({ client, later, upstream, calls, grpc, log }: Observed): Observed {
  return {
    client: maskedAnswer(client),
    ...(later === undefined ? {} : { later: later.map(maskedAnswer) }),
    upstream: upstream.map(maskedMessage),
    calls: calls.map(maskedMessage),
    ...(grpc === undefined ? {} : { grpc: grpc.map(maskedMessage) }),
    log: log.map(maskedLine),
  }
}
