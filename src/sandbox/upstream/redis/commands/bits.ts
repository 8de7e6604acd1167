/** Commands on the bits of strings; the first bit is the highest of the first byte. */
import {
  type Call,
  type Command,
  command,
  holding,
  holdingOrNew,
  index,
  isWord,
  keys,
  long,
  makeRoom,
  refuse,
} from '../command.ts'
import { longestBulk } from '../numbers.ts'
import { error, errors, integer, type Reply } from '../reply.ts'

const badOffset = error('ERR bit offset is not an integer or out of range')
const badBit = error('ERR bit is not an integer or out of range')

const text = (call: Call, key: string): string | undefined => holding(call, key, 'string')?.bytes

function offsetOf(word: string | undefined): number {
  const offset = long(word, badOffset)
  return offset < 0n || offset >= BigInt(longestBulk) * 8n ? refuse(badOffset) : Number(offset)
}

const bitAt = (bytes: string, at: number): number => ((bytes.charCodeAt(at >> 3) || 0) >> (7 - (at & 7))) & 1

function setBit(call: Call, [key = '', where, wanted]: readonly string[]): Reply {
  const offset = offsetOf(where)
  const on = long(wanted, badBit)
  if (on !== 0n && on !== 1n) return badBit
  makeRoom(call, Math.floor(offset / 8) + 1)
  const value = holdingOrNew(call, key, 'string', () => ({ type: 'string', bytes: '' }))
  const at = Math.floor(offset / 8)
  const mask = 0x80 >> (offset % 8)
  const bytes = value.bytes.padEnd(at + 1, '\0')
  const old = bytes.charCodeAt(at)
  const changed = on === 1n ? old | mask : old & ~mask
  value.bytes = bytes.slice(0, at) + String.fromCharCode(changed) + bytes.slice(at + 1)
  return integer((old & mask) === 0 ? 0 : 1)
}

/** The bits from `start` to `end` (included), told in bytes or bits; undefined: none. */
function span(
  length: number,
  [from, to, unit]: readonly [number, number, boolean],
): { readonly first: number; readonly last: number } | undefined {
  const total = unit ? length * 8 : length
  const start = Math.max(0, from < 0 ? total + from : from)
  const end = Math.min(total - 1, Math.max(0, to < 0 ? total + to : to))
  if (start > end) return undefined
  return unit ? { first: start, last: end } : { first: start * 8, last: end * 8 + 7 }
}

function isBits(word: string | undefined): boolean {
  if (isWord(word, 'bit')) return true
  return word === undefined || isWord(word, 'byte') ? false : refuse(errors.syntax)
}

function bitCount(call: Call, [key = '', ...words]: readonly string[]): Reply {
  const bytes = text(call, key)
  if (bytes === undefined) return integer(0)
  if (words.length === 1 || words.length > 3) return errors.syntax
  let [start, end, bits] = [0, -1, false]
  if (words.length > 0) {
    start = index(words[0])
    end = index(words[1])
    if (start < 0 && end < 0 && start > end) return integer(0)
    bits = isBits(words[2])
  }
  const found = span(bytes.length, [start, end, bits])
  let count = 0
  if (found !== undefined) for (let at = found.first; at <= found.last; at++) count += bitAt(bytes, at)
  return integer(count)
}

function bitPos(call: Call, [key = '', wanted, ...words]: readonly string[]): Reply {
  const bit = long(wanted)
  if (bit !== 0n && bit !== 1n) return error('ERR The bit argument must be 1 or 0.')
  const bytes = text(call, key)
  if (bytes === undefined) return integer(bit === 1n ? -1 : 0)
  if (words.length > 3) return errors.syntax
  const start = words[0] === undefined ? 0 : index(words[0])
  const bits = isBits(words[2])
  const end = words[1] === undefined ? -1 : index(words[1])
  const found = span(bytes.length, [start, end, bits])
  if (found === undefined) return integer(-1)
  for (let at = found.first; at <= found.last; at++) if (bitAt(bytes, at) === Number(bit)) return integer(at)
  // Behind a string without an end given stand zeros.
  return integer(bit === 0n && words[1] === undefined ? found.last + 1 : -1)
}

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
}

function bitOp(call: Call, [name = '', target = '', ...sources]: readonly string[]): Reply {
  const not = isWord(name, 'not')
  const combine = Object.hasOwn(operations, name.toLowerCase()) ? operations[name.toLowerCase()] : undefined
  if (!not && combine === undefined) return errors.syntax
  if (not && sources.length !== 1) return error('ERR BITOP NOT must be called with a single source key.')
  const texts = sources.map((key) => text(call, key) ?? '')
  const length = Math.max(...texts.map((each) => each.length))
  makeRoom(call, length)
  let bytes = ''
  for (let at = 0; at < length; at++) {
    const values = texts.map((each) => each.charCodeAt(at) || 0)
    const value = combine === undefined ? ~(values[0] ?? 0) & 0xff : values.reduce(combine)
    bytes += String.fromCharCode(value)
  }
  if (length === 0) call.db.delete(target, call.now)
  else call.db.set(target, { type: 'string', bytes })
  return integer(length)
}

export const bits: readonly Command[] = [
  command('setbit', 4, ['write'], keys.one, setBit),
  command('getbit', 3, ['readonly', 'fast'], keys.one, (call, [key = '', where]) => {
    const offset = offsetOf(where)
    return integer(bitAt(text(call, key) ?? '', offset))
  }),
  command('bitcount', -2, ['readonly'], keys.one, bitCount),
  command('bitpos', -3, ['readonly'], keys.one, bitPos),
  command('bitop', -4, ['write'], [2, -1, 1], bitOp),
]
