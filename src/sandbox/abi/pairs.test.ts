import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodePairs, encodePairs, pairsSize } from './pairs.ts'
import { byteString, bytesOf } from './text.ts'

const byteText = fc.uint8Array({ maxLength: 40 }).map((bytes) => byteString(bytes))

test('bytes of every value survive the way to a byte string and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(bytesOf(byteString(bytes))).toEqual(bytes)
    }),
  )
})

test('pairs survive encoding, duplicates and all bytes included', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(byteText, byteText), { maxLength: 20 }), (pairs) => {
      const bytes = encodePairs(pairs)
      expect(bytes.length).toBe(pairsSize(pairs))
      expect(decodePairs(bytes)).toEqual(pairs)
    }),
  )
})

test('random bytes never throw and never give pairs of another size', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const pairs = decodePairs(bytes)
      if (pairs !== undefined && bytes.length > 0) expect(pairsSize(pairs)).toBe(bytes.length)
    }),
  )
})

test('the layout is count, lengths, then texts each with a NUL', () => {
  expect(encodePairs([['a', 'bc']])).toEqual(
    new Uint8Array([1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0x61, 0, 0x62, 0x63, 0]),
  )
})

const one = encodePairs([['a', 'b']])
const patch = (at: number, value: number) => {
  const bytes = one.slice()
  bytes[at] = value
  return bytes
}

describe('what the host cannot parse', () => {
  test.each([
    ['a count alone that promises pairs', new Uint8Array([1, 0, 0, 0])],
    ['less than a count', new Uint8Array([0, 0])],
    ['a count beyond the limit', encodePairs(Array.from({ length: 1025 }, () => ['a', 'b'] as const))],
    ['more than 1 MiB', encodePairs([['a', 'b'.repeat(1024 * 1024)]])],
    ['a garbage count', patch(3, 0x7f)],
    ['a key length past the end', patch(4, 200)],
    ['a missing NUL behind the key', patch(13, 1)],
    ['a missing NUL behind the value', patch(15, 1)],
    ['a byte too many', new Uint8Array([...one, 0])],
  ])('%s', (_name, bytes) => {
    expect(decodePairs(bytes)).toBeUndefined()
  })

  test('no bytes, and a count of zero, are an empty list', () => {
    expect(decodePairs(new Uint8Array())).toEqual([])
    expect(decodePairs(new Uint8Array(4))).toEqual([])
  })
})
