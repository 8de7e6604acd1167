/** Attributes without a stream, and values both kinds of context share (proxy-wasm-host.md 5.4). */
import { type JsonValue, jsonText } from '../../model/project/values.ts'
import type { AttributeValue } from '../vm/seam.ts'
import { bytesOf, intValue, missing, textValue, tree } from './attribute-values.ts'
import { nodeAttribute } from './message-attributes.ts'
import type { PluginIdentity } from './plugin.ts'
import type { Runtime } from './runtime.ts'

export function rootAttribute(path: readonly string[], identity: PluginIdentity, runtime: Runtime): AttributeValue {
  const configured = configuredAttribute(path, runtime)
  if (configured !== undefined) return configured
  const [first, second] = path
  if (first === 'xds') return second === undefined ? tree : second === 'node' ? nodeAttribute(path.slice(2)) : missing
  if (first === 'node' && runtime.family === 'higress') return nodeAttribute(path.slice(1))
  if (path.length > 1) return missing
  switch (first) {
    case 'plugin_name':
      return textValue(bytesOf(identity.displayName))
    case 'plugin_root_id':
      return textValue(bytesOf(identity.rootId))
    case 'plugin_vm_id':
      return textValue(bytesOf(identity.vmId))
    case 'listener_direction':
      return runtime.family === 'higress' ? intValue(2) : missing
    default:
      return missing
  }
}

/** `gateway.properties` of the project: extra or overridden attributes, by path with dots. */
export function configuredAttribute(path: readonly string[], runtime: Runtime): AttributeValue | undefined {
  if (runtime.config.properties.length === 0) return undefined
  const dotted = path.join('.')
  const entry = runtime.config.properties.find(([name]) => bytesOf(name) === dotted)
  return entry === undefined ? undefined : jsonAttribute(entry[1])
}

function jsonAttribute(value: JsonValue): AttributeValue {
  switch (typeof value) {
    case 'string':
      return textValue(bytesOf(value))
    case 'boolean':
      return { kind: 'bool', value }
    case 'number':
      return Number.isInteger(value) ? intValue(value) : textValue(String(value))
    default:
      return value === null ? { kind: 'null' } : textValue(bytesOf(jsonText(value)))
  }
}
