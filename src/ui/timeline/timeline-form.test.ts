import { expect, test } from 'vitest'
import { formOf, laneWidth } from './timeline-form.ts'

const names = ['client', 'hello', 'httpbin']

test.each([
  ['a phone has narrow lanes with letters', 390, names, 27],
  ['half of a small window shows the names', 674, names, 52.8],
  ['Chinese names take more room', 674, ['客户端', 'hello', 'echo'], 46.4],
  ['many lanes share what a small window gives them', 600, Array.from({ length: 12 }, () => 'upstream'), 20],
  ['a wide one never gives a lane more than a name needs', 1200, ['outbound|80||a-long-name.dns'], 72],
  ['nor more than its share', 700, Array.from({ length: 8 }, () => 'upstream'), 35],
])('%s', (_, width, lanes, expected) => {
  expect(laneWidth(formOf(width), width, lanes)).toBeCloseTo(expected, 5)
})
