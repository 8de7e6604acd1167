import { formatDouble } from './numbers.ts'

/**
 * What a Redis server answers, in RESP2, or in RESP3 after HELLO 3. Texts are byte strings (one character, one byte), as everywhere in the mock:
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
  | RicherReply

/** What RESP3 has a form of its own for. */
type RicherReply =
  | { readonly kind: 'double'; readonly value: number }
  | { readonly kind: 'set'; readonly items: readonly Reply[] }
  | { readonly kind: 'map'; readonly pairs: readonly ReplyPair[] }
  /** An array of arrays of two; one flat array in RESP2. */
  | { readonly kind: 'pairs'; readonly pairs: readonly ReplyPair[] }
  /** A map in RESP3, an array of arrays of two in RESP2. */
  | { readonly kind: 'streams'; readonly pairs: readonly ReplyPair[] }
  /** Text for people. */
  | { readonly kind: 'verbatim'; readonly text: string }

type ReplyPair = readonly [Reply, Reply]
export type Protocol = 2 | 3

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
export const double = (value: number): Reply => ({ kind: 'double', value })
export const mapOf = (pairs: Iterable<ReplyPair>): Reply => ({ kind: 'map', pairs: [...pairs] })
export const pairsOf = (pairs: Iterable<ReplyPair>): Reply => ({ kind: 'pairs', pairs: [...pairs] })
export const setOf = (values: Iterable<string>): Reply => ({ kind: 'set', items: Array.from(values, bulk) })
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

type PlainReply = Exclude<Reply, RicherReply>

/** As RESP2 has it, and scripts see it; what is inside stays as it is. */
export function plainReply(reply: Reply): PlainReply {
  switch (reply.kind) {
    case 'double':
      return { kind: 'bulk', value: formatDouble(reply.value) }
    case 'set':
      return { kind: 'array', items: reply.items }
    case 'map':
    case 'pairs':
      return { kind: 'array', items: reply.pairs.flat() }
    case 'streams':
      return { kind: 'array', items: reply.pairs.map((pair) => array(pair)) }
    case 'verbatim':
      return { kind: 'bulk', value: reply.text }
    default:
      return reply
  }
}

/** As a byte string. */
export const encodeReply = (reply: Reply, protocol: Protocol = 2): string =>
  protocol === 2 ? encodePlain(plainReply(reply), 2) : encodeRicher(reply)

function encodePlain(reply: PlainReply, protocol: Protocol): string {
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
      return protocol === 2 ? '$-1\r\n' : '_\r\n'
    case 'array':
      return several('*', reply.items, protocol)
    case 'null-array':
      return protocol === 2 ? '*-1\r\n' : '_\r\n'
  }
}

function encodeRicher(reply: Reply): string {
  switch (reply.kind) {
    case 'double':
      return `,${formatDouble(reply.value)}\r\n`
    case 'set':
      return several('~', reply.items, 3)
    case 'map':
    case 'streams':
      return `%${reply.pairs.length}\r\n${encoded(reply.pairs.flat(), 3)}`
    case 'pairs':
      return several(
        '*',
        reply.pairs.map((pair) => array(pair)),
        3,
      )
    case 'verbatim':
      return `=${reply.text.length + 4}\r\ntxt:${reply.text}\r\n`
    default:
      return encodePlain(reply, 3)
  }
}

const several = (sign: string, items: readonly Reply[], protocol: Protocol): string =>
  `${sign}${items.length}\r\n${encoded(items, protocol)}`

const encoded = (items: readonly Reply[], protocol: Protocol): string =>
  items.map((item) => encodeReply(item, protocol)).join('')
