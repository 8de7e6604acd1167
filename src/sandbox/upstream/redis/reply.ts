/**
 * What a Redis server answers, in RESP2. Texts are byte strings (one character, one byte), as everywhere in the mock:
 * keys and values of Redis are bytes.
 */
export type Reply =
  | { readonly kind: 'status'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'integer'; readonly value: bigint | number }
  | { readonly kind: 'bulk'; readonly value: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'array'; readonly items: readonly Reply[] }
  | { readonly kind: 'null-array' }

export const nothing: Reply = { kind: 'null' }
export const nullArray: Reply = { kind: 'null-array' }
export const okReply: Reply = { kind: 'status', text: 'OK' }
export const emptyArray: Reply = { kind: 'array', items: [] }

export const status = (text: string): Reply => ({ kind: 'status', text })
/** A line break in an error would end the reply too early: the server puts spaces in its place. */
export const error = (text: string): Reply => ({ kind: 'error', text: text.replace(/[\r\n]/g, ' ') })
/** A word inside an error: the server prints it as a C string, which ends at the first NUL. */
export const shown = (word: string): string => word.replace(/\0.*$/s, '')
export const integer = (value: bigint | number): Reply => ({ kind: 'integer', value })
export const bulk = (value: string): Reply => ({ kind: 'bulk', value })
export const bulkOrNull = (value: string | undefined): Reply => (value === undefined ? nothing : bulk(value))
export const array = (items: readonly Reply[]): Reply => ({ kind: 'array', items })
export const bulks = (values: Iterable<string>): Reply => array(Array.from(values, bulk))

/** Error texts that several commands share, byte for byte as Redis 7.0 prints them. */
export const errors = {
  wrongType: error('WRONGTYPE Operation against a key holding the wrong kind of value'),
  notInteger: error('ERR value is not an integer or out of range'),
  notFloat: error('ERR value is not a valid float'),
  notInt: error('ERR value is out of range, value must between -2147483648 and 2147483647'),
  syntax: error('ERR syntax error'),
  noSuchKey: error('ERR no such key'),
  outOfRange: error('ERR value is out of range'),
  overflow: error('ERR increment or decrement would overflow'),
  notPositive: error('ERR value is out of range, must be positive'),
  indexOutOfRange: error('ERR index out of range'),
  outOfMemory: error("OOM command not allowed when used memory > 'maxmemory'."),
  stringTooLong: error('ERR string exceeds maximum allowed size (proto-max-bulk-len)'),
} as const

/** RESP2 as a byte string. */
export function encodeReply(reply: Reply): string {
  switch (reply.kind) {
    case 'status':
      return `+${reply.text}\r\n`
    case 'error':
      return `-${reply.text}\r\n`
    case 'integer':
      return `:${reply.value}\r\n`
    case 'bulk':
      return `$${reply.value.length}\r\n${reply.value}\r\n`
    case 'null':
      return '$-1\r\n'
    case 'array':
      return `*${reply.items.length}\r\n${reply.items.map(encodeReply).join('')}`
    case 'null-array':
      return '*-1\r\n'
  }
}
