import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyDifference } from '../../src/compile-worker/toolchains/go/delta.ts'
import { difference } from './delta.mjs'

const patched = (from, to) => Buffer.from(applyDifference(from, difference(from, to)))
const bytes = (maximum) => fc.uint8Array({ maxLength: maximum }).map((list) => Buffer.from(list))

describe('A difference and the file it is to', () => {
  test('give the other file, whatever the two are', () => {
    fc.assert(
      fc.property(bytes(200), bytes(200), (from, to) => {
        expect(patched(from, to).equals(to)).toBe(true)
      }),
    )
  })
  test('give the other file when that is made of pieces of the first, in any order', () => {
    const pieces = fc.array(fc.tuple(fc.nat(4000), fc.nat(300), bytes(20)), { maxLength: 12 })
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4000, maxLength: 4000 }), pieces, (list, order) => {
        const from = Buffer.from(list)
        const to = Buffer.concat(order.flatMap(([at, size, fresh]) => [from.subarray(at, at + size), fresh]))
        expect(patched(from, to).equals(to)).toBe(true)
      }),
    )
  })
})

test('What two files share is not in their difference', () => {
  const from = Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * index * 7919) >>> 5))
  const to = Buffer.concat([from.subarray(9000), Buffer.from('new'), from.subarray(0, 9000)])
  expect(difference(from, to).length).toBeLessThan(60)
})

test('A difference to another file is refused', () => {
  const from = Buffer.from(Array.from({ length: 500 }, (_, index) => index * 31))
  const made = difference(from, from)
  expect(() => applyDifference(from.subarray(0, 90), made)).toThrow('another file')
  expect(() => applyDifference(from, made.subarray(0, 2))).toThrow('middle of a number')
  expect(() => applyDifference(from, Buffer.concat([made, Buffer.alloc(1)]))).toThrow('more bytes')
})
