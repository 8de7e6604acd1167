/**
 * Protobuf messages of the gateway's configuration as attributes (proxy-wasm-host.md 5.2): as a whole their bytes, below
 * them their fields by name. What they are here has next to nothing set; `gateway.properties` of a project says otherwise.
 */
import type { AttributeValue } from '../vm/seam.ts'
import { missing, textValue } from './attribute-values.ts'

const emptyBytes: AttributeValue = { kind: 'bytes', value: new Uint8Array(0) }
const emptyMap: AttributeValue = { kind: 'map', value: [] }
const emptyText = textValue('')

/** `envoy.config.core.v3.Metadata` without entries (seen on Envoy 1.36 and 1.40). */
export function metadataAttribute(fields: readonly string[]): AttributeValue {
  const [field, ...more] = fields
  if (field === undefined) return emptyBytes
  const isMap = field === 'filter_metadata' || field === 'typed_filter_metadata'
  return isMap && more.length === 0 ? emptyMap : missing
}

/** `envoy.config.core.v3.Locality` of a host that has none. */
export function localityAttribute(fields: readonly string[]): AttributeValue {
  const [field, ...more] = fields
  if (field === undefined) return emptyBytes
  return more.length === 0 && ['region', 'zone', 'sub_zone'].includes(field) ? emptyText : missing
}

/** Field 6 of `envoy.config.core.v3.Node`, `user_agent_name`: the one thing that is set when nothing is configured. */
const userAgent = 'envoy'
const nodeBytes = new Uint8Array([6 * 8 + 2, userAgent.length, ...new TextEncoder().encode(userAgent)])

/** `envoy.config.core.v3.Node` of a gateway without a name. A real one lists its extensions, too, 30 kB of them. */
export function nodeAttribute(fields: readonly string[]): AttributeValue {
  const [field, ...more] = fields
  if (field === undefined) return { kind: 'bytes', value: nodeBytes }
  if (field === 'locality') return localityAttribute(more)
  if (more.length > 0) return missing
  switch (field) {
    case 'id':
    case 'cluster':
      return emptyText
    case 'metadata':
      return emptyMap
    case 'user_agent_name':
      return textValue(userAgent)
    default:
      return missing
  }
}
