/** Attributes as values (proxy-wasm-host.md 5.2). */
import type { AttributeValue } from '../vm/seam.ts'

export const missing: AttributeValue = { kind: 'missing' }
export const tree: AttributeValue = { kind: 'tree' }

/** Byte string of a UTF-8 text. */
export const bytesOf = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
export const textValue = (value: string | undefined): AttributeValue =>
  value === undefined ? missing : { kind: 'string', value }
/** `NAME` is `address` or `port` of `ip:port`. */
export function address(name: string, value: string): AttributeValue {
  if (name === 'address') return textValue(value)
  if (name === 'port') return intValue(Number(value.slice(value.lastIndexOf(':') + 1)))
  return missing
}
export const durationValue = (ns: number): AttributeValue => ({ kind: 'duration', value: BigInt(Math.trunc(ns)) })
export const intValue = (value: number): AttributeValue => ({ kind: 'int', value: BigInt(Math.trunc(value)) })
