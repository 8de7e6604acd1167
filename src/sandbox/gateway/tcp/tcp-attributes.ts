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
  if (more.length > 0) return missing
  switch (first) {
    case 'source':
      return address(second, addresses.client)
    case 'destination':
      return address(second, addresses.listener(connection.listener.port))
    case 'upstream':
      return connection.upstreamHost === undefined ? missing : address(second, connection.upstreamHost)
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

function address(name: string, value: string): AttributeValue {
  if (name === '') return tree
  if (name === 'address') return textValue(bytesOf(value))
  return name === 'port' ? intValue(Number(value.slice(value.lastIndexOf(':') + 1))) : missing
}
