import { expect, test } from 'vitest'
import { hexLines } from './hex-lines.ts'

test('lines of eight bytes tell what belongs to the piece and what the call changed', () => {
  const before = new Uint8Array(32)
  const after = before.slice()
  after.set([0x68, 0x69], 18)
  after[0] = 255
  const [first, , second] = hexLines({
    name: 'value',
    role: 'slot',
    pointer: 0x1012,
    size: 2,
    outside: false,
    at: 0x1000,
    before,
    after,
  })
  expect(first?.bytes[0]).toEqual({ text: 'ff', plain: '.', inside: false, was: '00' })
  expect(second?.address).toBe(0x1010)
  expect(second?.bytes.slice(1, 5).map(({ text, plain, inside, was }) => [text, plain, inside, was])).toEqual([
    ['00', '.', false, undefined],
    ['68', 'h', true, '00'],
    ['69', 'i', true, '00'],
    ['00', '.', false, undefined],
  ])
})
