import type { HeaderList } from '../../model/http.ts'
import { byteString } from '../abi/text.ts'

/** Where a gRPC call goes: what a `envoy.config.core.v3.GrpcService` message says, or the name of a cluster. */
export type GrpcTarget =
  | {
      readonly kind: 'envoy'
      readonly cluster: string
      readonly authority: string | undefined
      readonly metadata: HeaderList
    }
  /** A message that names no cluster; Envoy crashes. */
  | { readonly kind: 'none' }
  | { readonly kind: 'google' }

type Field = { readonly number: number; readonly bytes: Uint8Array | undefined }

/** `undefined`: these bytes are no such message, so that they are the name of a cluster (8.2). */
export function readGrpcService(bytes: Uint8Array): GrpcTarget | undefined {
  const fields = readFields(bytes)
  if (fields === undefined) return undefined
  const metadata: (readonly [string, string])[] = []
  let target: GrpcTarget = { kind: 'none' }
  for (const { number, bytes: value } of fields) {
    if (value === undefined) continue
    const inner = [1, 2, 3, 5, 6].includes(number) ? readFields(value) : []
    if (inner === undefined) return undefined
    const text = (wanted: number) => inner.findLast((each) => each.number === wanted)?.bytes
    if (number === 1) {
      const authority = text(2)
      target = {
        kind: 'envoy',
        cluster: byteString(text(1) ?? new Uint8Array(0)),
        authority: authority === undefined || authority.length === 0 ? undefined : byteString(authority),
        metadata,
      }
    }
    if (number === 2) target = { kind: 'google' }
    if (number === 5)
      metadata.push([byteString(text(1) ?? new Uint8Array(0)), byteString(text(2) ?? new Uint8Array(0))])
  }
  return target
}

/** Fields in order; those that are not length-delimited have no bytes. */
function readFields(bytes: Uint8Array): readonly Field[] | undefined {
  const fields: Field[] = []
  let at = 0
  while (at < bytes.length) {
    const tag = varint(bytes, at)
    if (tag === undefined || tag.value < 8) return undefined
    at = tag.next
    const number = Math.floor(tag.value / 8)
    const skipped = afterValue(bytes, at, tag.value % 8)
    if (skipped === undefined || skipped.end > bytes.length) return undefined
    fields.push({
      number,
      bytes: skipped.start === undefined ? undefined : bytes.subarray(skipped.start, skipped.end),
    })
    at = skipped.end
  }
  return fields
}

type Span = { readonly start: number | undefined; readonly end: number }

/** Groups (3, 4) are not written any more. */
function afterValue(bytes: Uint8Array, at: number, type: number): Span | undefined {
  if (type === 0) {
    const value = varint(bytes, at)
    return value && { start: undefined, end: value.next }
  }
  if (type === 1) return { start: undefined, end: at + 8 }
  if (type === 5) return { start: undefined, end: at + 4 }
  if (type !== 2) return undefined
  const length = varint(bytes, at)
  return length && { start: length.next, end: length.next + length.value }
}

function varint(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } | undefined {
  let value = 0
  for (let index = 0; index < 10; index++) {
    const byte = bytes[at + index]
    if (byte === undefined) return undefined
    value += (byte & 127) * 2 ** (7 * index)
    if (byte < 128) return { value, next: at + index + 1 }
  }
  return undefined
}
