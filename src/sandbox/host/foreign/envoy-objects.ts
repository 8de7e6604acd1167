/** Objects that parts of Envoy keep in the filter state, which a plugin can make from text (recorded on Envoy 1.36, 1.40). */
import type { GatewayProfile } from '../../../model/profile.ts'
import { bytesOf } from '../../abi/text.ts'
import type { FilterObject } from '../../vm/seam.ts'

/** Of a text, the object; `undefined` where the text is refused. */
type Make = (text: string) => FilterObject | undefined

const text: Make = (value) => ({ kind: 'text', value: bytesOf(value) })
const hidden: Make = () => ({ kind: 'hidden' })
const boolean: Make = (value) => text(String(value === 'true'))
const number: Make = (value) => (/^\d{1,10}$/.test(value) ? text(value) : undefined)
const ip: Make = (value) => (isIp(value) ? text(`${value}:0`) : undefined)
const address: Make = (value) => (isAddress(value) ? text(value) : undefined)
const listenerAddress: Make = (value) => (isAddress(value) ? { kind: 'fields' } : undefined)

const isIp = (value: string): boolean =>
  /^\d+(\.\d+){3}$/.test(value) && value.split('.').every((part) => Number(part) < 256)

function isAddress(value: string): boolean {
  const [host = '', port = '', ...rest] = value.split(':')
  return rest.length === 0 && isIp(host) && /^\d{1,5}$/.test(port) && Number(port) < 65_536
}

const everywhere: readonly (readonly [string, Make])[] = [
  ['envoy.string', text],
  ['envoy.tcp_proxy.cluster', text],
  ['envoy.tcp_proxy.disable_tunneling', boolean],
  ['envoy.tcp_proxy.per_connection_idle_timeout_ms', number],
  ['envoy.network.upstream_server_name', text],
  ['envoy.network.application_protocols', hidden],
  ['envoy.network.ip', ip],
  ['envoy.network.transport_socket.original_dst_address', address],
  ['envoy.filters.listener.original_dst.local_ip', listenerAddress],
  ['envoy.filters.listener.original_dst.remote_ip', listenerAddress],
  ['envoy.ratelimit.hits_addend', number],
  ['envoy.upstream.dynamic_host', text],
  ['envoy.upstream.dynamic_port', number],
]

const upTo136 = new Map([...everywhere, ['envoy.network.upstream_subject_alt_names', hidden] as const])
const since140 = new Map([
  ...everywhere,
  ['envoy.network.upstream_subject_alt_names', text] as const,
  ['envoy.hashable_string', text] as const,
  ['envoy.network.network_namespace', text] as const,
])

/** `no-factory`: nobody makes objects of this name. */
export function makeEnvoyObject(
  profile: GatewayProfile,
  name: string,
  value: string,
): FilterObject | 'no-factory' | 'refused' {
  const make = (profile === 'envoy-1.40' ? since140 : upTo136).get(name)
  return make === undefined ? 'no-factory' : (make(value) ?? 'refused')
}
