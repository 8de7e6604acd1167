import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shownChunks, shownPairs, shownText, writtenChunks, writtenNumber, writtenPairs } from './field-values.ts'

test.each([
  [undefined, []],
  [
    { a: 1, b: 'x' },
    [
      ['a', '1'],
      ['b', 'x'],
    ],
  ],
  [
    { a: ['1', '2'] },
    [
      ['a', '1'],
      ['a', '2'],
    ],
  ],
  [
    [
      ['a', '1'],
      ['a', true],
    ],
    [
      ['a', '1'],
      ['a', 'true'],
    ],
  ],
  ['text', undefined],
  [[['a']], undefined],
  [{ a: { b: 1 } }, undefined],
])('pairs written as %j are shown as %j', (written, shown) => {
  expect(shownPairs(written)).toEqual(shown)
})

test('pairs that were shown and written are the same pairs', () => {
  const pair = fc.tuple(fc.string({ minLength: 1 }), fc.string())
  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      const sorted = [...(shownPairs(writtenPairs(pairs)) ?? [])].sort()
      expect(sorted).toEqual([...pairs].sort())
    }),
  )
})

test('a line without a name is not written, and no line at all is nothing', () => {
  expect(
    writtenPairs([
      ['', 'x'],
      ['a', '1'],
    ]),
  ).toEqual({ a: '1' })
  expect(writtenPairs([['', 'x']])).toBeUndefined()
})

test('chunks keep their text and their delay', () => {
  expect(shownChunks([{ data: 'a\n' }, { data: 1, delay: '5ms' }])).toEqual([
    { data: 'a\n', delay: '' },
    { data: '1', delay: '5ms' },
  ])
  expect(shownChunks([{ data: { json: {} } }])).toBeUndefined()
  expect(
    writtenChunks([
      { data: 'a', delay: ' 5ms ' },
      { data: 'b', delay: '' },
    ]),
  ).toEqual([{ data: 'a', delay: '5ms' }, { data: 'b' }])
  expect(writtenChunks([])).toBeUndefined()
})

test.each([
  ['', undefined],
  [' 200 ', 200],
  ['2x', '2x'],
  ['99999999999999999', '99999999999999999'],
])('the number typed as %j is written as %j', (typed, written) => {
  expect(writtenNumber(typed)).toBe(written)
})

test('what is no scalar has no text', () => {
  expect(shownText({ json: 1 })).toBeUndefined()
  expect(shownText(false)).toBe('false')
})
