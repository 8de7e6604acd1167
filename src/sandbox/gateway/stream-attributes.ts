/** The attribute tree of a stream (proxy-wasm-host.md 5.4, envoy-observed.md g). */
import type { HeaderList } from '../../model/http.ts'
import type { AttributeValue, HeaderMap } from '../vm/seam.ts'
import { address, bytesOf, durationValue, intValue, missing, textValue, tree } from './attribute-values.ts'
import type { Exchange } from './exchange.ts'
import { storedAttribute } from './filter-state.ts'
import { grpcStatusOf, grpcStatusOfHttp } from './grpc-status.ts'
import { metadataAttribute } from './message-attributes.ts'
import { flagBits } from './response-flags.ts'
import { configuredAttribute, rootAttribute } from './root-attributes.ts'
import { pathOnly } from './route-table.ts'
import { addresses } from './runtime.ts'
import { backendLatency, higressMessage, upstreamAttribute, xdsAttribute } from './service-attributes.ts'
import type { StreamHost } from './stream-host.ts'

export function streamAttribute(path: readonly string[], exchange: Exchange, host: StreamHost): AttributeValue {
  const configured = configuredAttribute(path, exchange.runtime)
  if (configured !== undefined) return configured
  const [first = '', second, third] = path
  if (second === undefined) return topLevel(first, exchange, host)
  switch (first) {
    case 'request':
      return requestAttribute(second, third, exchange, host)
    case 'response':
      return responseAttribute(second, third, exchange, host)
    case 'source':
      return third === undefined ? address(second, addresses.client) : missing
    case 'destination':
      return third === undefined ? address(second, addresses.listener(exchange.listener.port)) : missing
    case 'connection':
      return third === undefined ? connectionAttribute(second, exchange) : missing
    case 'upstream':
      return upstreamAttribute(second, path.slice(2), exchange)
    case 'xds':
      return xdsAttribute(second, path.slice(2), exchange)
    case 'metadata':
      return metadataAttribute(path.slice(1))
    case 'filter_state':
      return third === undefined ? storedAttribute(exchange.filterState.get(second)) : missing
    default:
      return higressMessage(first, path.slice(1), exchange) ?? missing
  }
}

const higressRouteNames = ['route_name', 'cluster_name', 'listener_direction']

function topLevel(name: string, exchange: Exchange, host: StreamHost): AttributeValue {
  const { runtime } = exchange
  switch (name) {
    case 'request':
    case 'response':
    case 'connection':
    case 'source':
    case 'destination':
    case 'upstream':
    case 'xds':
    case 'filter_state':
      return tree
    case 'metadata':
      return metadataAttribute([])
    case 'upstream_filter_state':
      return upstreamAttribute(name, [], exchange)
    case 'connection_id':
      return { kind: 'uint', value: BigInt(exchange.id) }
    case 'plugin_vm_memory':
      return runtime.family === 'higress' ? intValue(host.plugin.memoryBytes) : missing
  }
  // Built-in names win over stored ones (5.3); upstream has removed the top-level route names (≥ 1.33).
  if (runtime.family === 'higress' && higressRouteNames.includes(name)) {
    if (name === 'listener_direction') return intValue(2)
    const found = name === 'route_name' ? exchange.route.routeName() : exchange.route.clusterName()
    return found === undefined ? missing : textValue(bytesOf(found))
  }
  const message = higressMessage(name, [], exchange)
  if (message !== undefined) return message
  const own = rootAttribute([name], host.plugin.identity, runtime)
  return own.kind === 'missing' ? storedAttribute(exchange.filterState.get(`wasm.${name}`)) : own
}

function requestAttribute(name: string, key: string | undefined, exchange: Exchange, host: StreamHost): AttributeValue {
  const map = host.visibleRequestHeaders
  if (name === 'headers') return headersAttribute(map, key)
  if (key !== undefined) return missing
  const path = map?.get(':path')
  switch (name) {
    case 'path':
      return textValue(path)
    case 'url_path':
      return textValue(path === undefined ? undefined : pathOnly(path))
    case 'query':
      return textValue(path === undefined ? undefined : (/\?([^#]*)/.exec(path)?.[1] ?? ''))
    case 'host':
      return textValue(map?.get(':authority'))
    case 'scheme':
      return textValue(map?.get(':scheme'))
    case 'method':
      return textValue(map?.get(':method'))
    case 'referer':
      return textValue(map?.get('referer'))
    case 'useragent':
      return textValue(map?.get('user-agent'))
    case 'id':
      return textValue(map?.get('x-request-id'))
    case 'protocol':
      return textValue(exchange.protocol === 'h2' ? 'HTTP/2' : 'HTTP/1.1')
    case 'time':
      return { kind: 'time', value: exchange.runtime.clock.startNs + BigInt(Math.floor(exchange.startedAt)) }
    case 'duration':
      return host.inLog || host.phase === 'done'
        ? durationValue(exchange.runtime.clock.now - exchange.startedAt)
        : missing
    case 'size': {
      const length = map?.get('content-length')
      if (length === undefined) return intValue(exchange.bytesReceived)
      return /^\d+$/.test(length) ? intValue(Number(length)) : missing
    }
    case 'total_size':
      return intValue(exchange.bytesReceived + (map?.byteSize() ?? 0))
    case 'headers_bytes':
      return headersBytes(map, exchange)
    default:
      return missing
  }
}

function responseAttribute(
  name: string,
  key: string | undefined,
  exchange: Exchange,
  host: StreamHost,
): AttributeValue {
  exchange.client.adoptSent()
  if (name === 'headers') return headersAttribute(host.visibleResponseHeaders, key)
  if (name === 'trailers') return headersAttribute(host.visibleResponseTrailers, key)
  if (key !== undefined) return missing
  const { headers } = exchange.chain.response
  // Sizes and the gRPC status go by what the plugin holds or, in on_log, what left (seen on Envoy).
  const seen = host.visibleResponseHeaders
  const seenTrailers = host.visibleResponseTrailers
  switch (name) {
    case 'code': {
      const status = Number(headers?.get(':status') ?? Number.NaN)
      return Number.isInteger(status) ? intValue(status) : missing
    }
    case 'code_details':
      // In on_done also of a stream that ended without a response (seen on Envoy).
      return headers === undefined && exchange.details === '' && !host.inLog
        ? missing
        : textValue(bytesOf(exchange.details))
    case 'flags':
      return intValue(flagBits(exchange.flags))
    case 'grpc_status': {
      const status = seenTrailers?.get('grpc-status') ?? seen?.get('grpc-status')
      if (headers === undefined) return missing
      // Also for requests that are no gRPC: then by the HTTP status (seen on Envoy).
      if (status === undefined || status === '') return intValue(grpcStatusOfHttp(Number(headers.get(':status'))))
      return intValue(grpcStatusOf(status) ?? -1)
    }
    case 'size':
      return intValue(exchange.bytesSent)
    case 'total_size':
      return intValue(exchange.bytesSent + (seen?.byteSize() ?? 0) + (seenTrailers?.byteSize() ?? 0))
    case 'headers_bytes':
      return headersBytes(seen, exchange)
    case 'backend_latency':
      return backendLatency(exchange)
    default:
      return missing
  }
}

/** Came after 1.36; of the map that the plugin can see. */
const headersBytes = (map: HeaderMap | undefined, { runtime }: Exchange): AttributeValue =>
  runtime.profile === 'envoy-1.40' ? intValue(map?.byteSize() ?? 0) : missing

/** As a map it is there even without headers (an empty block); repeated values join with a comma. */
function headersAttribute(map: HeaderMap | undefined, key: string | undefined): AttributeValue {
  if (key !== undefined) {
    const values = (map?.pairs() ?? []).filter(([name]) => name === key.toLowerCase()).map(([, value]) => value)
    return values.length === 0 ? missing : textValue(values.join(','))
  }
  const joined = new Map<string, string>()
  for (const [name, value] of map?.pairs() ?? []) {
    const before = joined.get(name)
    joined.set(name, before === undefined ? value : `${before},${value}`)
  }
  const list: HeaderList = [...joined]
  return { kind: 'map', value: list }
}

/** Plaintext connections only, so far: the TLS attributes are absent. */
function connectionAttribute(name: string, exchange: Exchange): AttributeValue {
  switch (name) {
    case 'id':
      return { kind: 'uint', value: BigInt(exchange.id) }
    case 'mtls':
      return { kind: 'bool', value: false }
    case 'requested_server_name':
      return textValue('')
    default:
      return missing
  }
}
