import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fingerprint } from './fingerprint.ts'

test('the order of files does not matter, any change of text does', () => {
  expect(fingerprint({ a: '1', b: '2' })).toBe(fingerprint({ b: '2', a: '1' }))
  expect(fingerprint({ a: '1', b: '2' })).not.toBe(fingerprint({ a: '2', b: '1' }))
  expect(fingerprint({ a: 'bc' })).not.toBe(fingerprint({ ab: 'c' }))
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      expect(fingerprint({ f: one }) === fingerprint({ f: other })).toBe(one === other)
    }),
  )
})
