/** Attributes of a TCP connection (proxy-wasm-host.md 5.4; what Envoy 1.40 answered to a network filter). */
import type { AttributeValue } from '../../vm/seam.ts'
import { bytesOf, intValue, missing, textValue, tree } from '../attribute-values.ts'
import { storedAttribute } from '../filter-state.ts'
import { rootAttribute } from '../root-attributes.ts'
import { addresses } from '../runtime.ts'
import type { TcpConnection } from './tcp-connection.ts'
import type { TcpFilter } from './tcp-filter.ts'

export function tcpAttribute(path: readonly string[], connection: TcpConnection, filter: TcpFilter): AttributeValue {
  const [first = '', second = '', ...more] = path
  const { runtime } = connection
  if (first === 'request' || first === 'response') return ofMessages(first, second, more.length, connection)
  if (more.length > 0) return missing
  switch (first) {
    case 'metadata':
      return second === '' ? textValue('') : missing
    case 'xds':
      return second === 'cluster_metadata' && connection.upstreamHost !== undefined ? textValue('') : missing
    case 'filter_state':
      return second === '' ? tree : missing
    case 'source':
      return address(second, addresses.client)
    case 'destination':
      return address(second, addresses.listener(connection.listener.port))
    case 'upstream':
      if (second === 'transport_failure_reason') return textValue('')
      if (connection.upstreamHost === undefined) return missing
      if (second === 'local_address') return textValue(bytesOf(addresses.gateway))
      return address(second, connection.upstreamHost)
    case 'connection':
      if (second === 'id') return intValue(connection.id)
      if (second === 'mtls') return { kind: 'bool', value: false }
      return second === '' ? tree : missing
    case 'connection_id':
      return second === '' ? intValue(connection.id) : missing
    case 'cluster_name':
      // Known to Higress once the service is connected; Envoy has removed it.
      if (runtime.family !== 'higress' || connection.upstreamHost === undefined || second !== '') return missing
      return textValue(bytesOf(connection.listener.cluster))
  }
  if (second !== '') return missing
  const own = rootAttribute([first], filter.plugin.identity, runtime)
  if (own.kind !== 'missing') return own
  return storedAttribute(connection.filterState.get(`wasm.${first}`))
}

/** What a connection has of a request and a response: sizes, and maps in which there is nothing (seen on Envoy). */
function ofMessages(
  side: 'request' | 'response',
  name: string,
  deeper: number,
  { bytesReceived, bytesSent }: TcpConnection,
): AttributeValue {
  if (deeper > 0) return missing
  switch (name) {
    case '':
      return tree
    case 'size':
    case 'total_size':
      return intValue(side === 'request' ? bytesReceived : bytesSent)
    case 'headers':
      return { kind: 'map', value: [] }
    case 'trailers':
      return side === 'response' ? { kind: 'map', value: [] } : missing
    case 'flags':
      return side === 'response' ? intValue(0) : missing
    default:
      return missing
  }
}

function address(name: string, value: string): AttributeValue {
  if (name === '') return tree
  if (name === 'address') return textValue(bytesOf(value))
  return name === 'port' ? intValue(Number(value.slice(value.lastIndexOf(':') + 1))) : missing
}
