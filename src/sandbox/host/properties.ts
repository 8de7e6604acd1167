import { bytesIn, bytesOut, textIn } from '../abi/declare.ts'
import { Status } from '../abi/status.ts'
import type { AttributeValue } from '../vm/seam.ts'
import { int64, pathSegments, serialiseAttribute } from './attributes.ts'
import { atLimit } from './bounds.ts'
import { type EnvFunction, type HostCall, hostFunction } from './call.ts'

/** Properties (proxy-wasm-host.md 2.4, 5). */
export const properties: readonly EnvFunction[] = [
  hostFunction('proxy_get_property', { path: textIn }, { value: bytesOut }, (call, { path }, out) => {
    const segments = pathSegments(path)
    const shown = segments.join('.')
    if (segments.length === 0) {
      return call.refuse(Status.SerializationFailure, { code: 'unknown-property', path: shown })
    }
    const value = serialiseAttribute(attribute(call, segments))
    if (typeof value === 'number') return call.refuse(value, { code: 'unknown-property', path: shown })
    out.value = value
    return Status.Ok
  }),
  hostFunction('proxy_set_property', { path: textIn, value: bytesIn }, {}, (call, { path, value }) => {
    const { host, root } = call.context
    const declaration = root?.declared?.get(path)
    const status = host?.setProperty(path, value.slice(), declaration) ?? Status.NotFound
    if (status === Status.NotFound) return call.refuse(status, { code: 'no-stream' })
    if (status === Status.Ok) return status
    if (status === Status.InternalFailure) return atLimit(call, 'properties')
    return call.refuse(status, { code: 'unknown-property', path: pathSegments(path).join('.') })
  }),
]

function attribute(call: HostCall, segments: readonly string[]): AttributeValue {
  // Bytes of linear memory, the one attribute that only the VM knows (Higress, 5.3).
  if (segments.length === 1 && segments[0] === 'plugin_vm_memory' && call.vm.environment.family === 'higress') {
    return { kind: 'bytes', value: int64(BigInt(call.vm.memory.size)) }
  }
  return call.context.host?.attribute(segments) ?? { kind: 'missing' }
}
