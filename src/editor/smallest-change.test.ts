import fc from 'fast-check'
import { expect, test } from 'vitest'
import { smallestChange } from './smallest-change.ts'

test('the change makes the one text into the other', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', '😁', '🨀') })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const change = smallestChange(before, after)
      const made =
        change === undefined ? before : before.slice(0, change.start) + change.text + before.slice(change.end)
      expect(made).toBe(after)
      expect(() => encodeURIComponent(change?.text ?? '')).not.toThrow()
    }),
  )
})

test('what is equal at both ends is left alone', () => {
  expect(smallestChange('one two three', 'one 2 three')).toEqual({ start: 4, end: 7, text: '2' })
  expect(smallestChange('aa', 'aaa')).toEqual({ start: 2, end: 2, text: 'a' })
  expect(smallestChange('same', 'same')).toBeUndefined()
})
