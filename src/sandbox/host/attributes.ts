import { encodePairs } from '../abi/pairs.ts'
import { Status } from '../abi/status.ts'
import type { AttributeValue } from '../vm/seam.ts'

/** Serialises an attribute as a plugin reads it (proxy-wasm-host.md 5.2); a number is the status of the refusal. */
export function serialiseAttribute(value: AttributeValue): Uint8Array | string | number {
  switch (value.kind) {
    case 'string':
    case 'bytes':
      return value.value
    case 'int':
    case 'uint':
    case 'time':
    case 'duration':
      return int64(value.value)
    case 'bool':
      return new Uint8Array([value.value ? 1 : 0])
    case 'map':
      // Here, unlike in header calls, no entries are a block of four zero bytes.
      return encodePairs(value.value)
    case 'missing':
      return Status.NotFound
    case 'null':
    case 'tree':
      return Status.SerializationFailure
  }
}

export function int64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, value), true)
  return bytes
}

/** Segments joined by one NUL; a NUL at the end is allowed. No segments: an empty path. */
export function pathSegments(path: string): readonly string[] {
  if (path === '') return []
  return (path.endsWith('\0') ? path.slice(0, -1) : path).split('\0')
}
