/** Attributes of where a request goes: the service, and what the configuration says of it (proxy-wasm-host.md 5.4). */
import { connectionRefused } from '../upstream/from-cluster.ts'
import type { AttributeValue } from '../vm/seam.ts'
import { address, bytesOf, durationValue, intValue, missing, textValue, tree } from './attribute-values.ts'
import type { Exchange } from './exchange.ts'
import { localityAttribute, metadataAttribute, nodeAttribute } from './message-attributes.ts'
import { addresses, hostsOf, type Runtime } from './runtime.ts'

const none: AttributeValue = { kind: 'null' }

/** Added between 1.27 and 1.36 ("newer" in proxy-wasm-host.md 5.4). */
export const isNewer = ({ profile }: Runtime): boolean => profile !== 'higress-2.1'

/** `upstream.NAME` and what lies below it, and `upstream_filter_state`. */
export function upstreamAttribute(name: string, more: readonly string[], exchange: Exchange): AttributeValue {
  const { router, runtime } = exchange
  if (name !== 'locality' && more.length > 0) return missing
  if (isNewer(runtime)) {
    if (name === 'num_endpoints') return endpoints(exchange)
    if (name === 'request_attempt_count') return intValue(router.seen === undefined ? 0 : 1)
  }
  const { host } = router
  if (host === undefined) return missing
  // The connection stands a moment after the headers went out; the rest is there at once (seen on Envoy).
  const tried = exchange.chain.response.headers !== undefined || runtime.clock.nowMs() > router.sentMs
  const refused = router.service?.cluster.kind === 'unreachable'
  const connected = tried && !refused
  switch (name) {
    case 'local_address':
      return connected ? textValue(addresses.gateway) : missing
    case 'transport_failure_reason':
      return textValue(bytesOf(tried && refused ? connectionRefused : ''))
    case 'locality':
      return isNewer(runtime) ? localityAttribute(more) : missing
    case 'cx_pool_ready_duration':
      // Also of one that nobody took.
      return tried && isNewer(runtime) ? durationValue(0) : missing
    case 'upstream_filter_state':
      return connected && isNewer(runtime) ? tree : missing
    default:
      return address(name, bytesOf(host))
  }
}

function endpoints(exchange: Exchange): AttributeValue {
  const cluster = exchange.route.lastClusterName()
  const service = cluster === undefined ? undefined : exchange.runtime.services.get(cluster)
  return service === undefined ? missing : intValue(hostsOf(service).length)
}

/** How long the service took, from the first byte to it to its last one. */
export function backendLatency({ router, runtime }: Exchange): AttributeValue {
  const { receivedMs } = router
  return receivedMs === undefined || !isNewer(runtime) ? missing : durationValue((receivedMs - router.sentMs) * 1e6)
}

/** `xds.NAME` and what lies below it. */
export function xdsAttribute(name: string, more: readonly string[], exchange: Exchange): AttributeValue {
  const { route, router, runtime, listener } = exchange
  const text = (value: string | undefined) =>
    more.length > 0 ? missing : textValue(value === undefined ? undefined : bytesOf(value))
  switch (name) {
    case 'route_name':
      return text(route.lastRouteName())
    case 'cluster_name':
      return text(route.lastClusterName())
    case 'filter_chain_name':
      return text(listener.name)
    case 'virtual_host_name':
      return isNewer(runtime) ? text(route.virtualHostName()) : missing
    case 'node':
      return nodeAttribute(more)
    case 'listener_direction':
      return more.length > 0 ? missing : intValue(runtime.family === 'higress' ? 2 : 0)
    case 'cluster_metadata':
      // No route, no cluster (seen on Envoy).
      return route.lastClusterName() === undefined ? missing : metadataAttribute(more)
    case 'route_metadata':
      return route.lastRouteName() === undefined ? missing : metadataAttribute(more)
    case 'virtual_host_metadata':
      return isNewer(runtime) && route.virtualHostName() !== undefined ? metadataAttribute(more) : missing
    case 'listener_metadata':
      return metadataAttribute(more)
    case 'upstream_host_metadata':
    case 'upstream_host_locality_metadata':
      // A host without metadata has none, not an empty one (seen on Envoy).
      return router.host === undefined || more.length > 0 ? missing : none
    default:
      return missing
  }
}

const higressMessages = ['node', 'listener_metadata', 'cluster_metadata', 'route_metadata', 'upstream_host_metadata']

/** Of old Envoys' names without `xds.`, which Higress keeps (5.4); `undefined`: none of them. */
export const higressMessage = (
  name: string,
  more: readonly string[],
  exchange: Exchange,
): AttributeValue | undefined =>
  exchange.runtime.family === 'higress' && higressMessages.includes(name)
    ? xdsAttribute(name, more, exchange)
    : undefined
