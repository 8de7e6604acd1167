import { expect, test } from 'vitest'
import { maskLine } from './observed.ts'

/** As the probe writes a list of pairs. */
function pairs(list: readonly (readonly [string, string])[]): string {
  const size = (text: string) => `%${text.length.toString(16).padStart(2, '0')}%00%00%00`
  const sizes = list.map(([name, value]) => size(name) + size(value)).join('')
  const texts = list.map(([name, value]) => `${name}%00${value}%00`).join('')
  return `0 log: pairs 2 -> 0 %${list.length.toString(16).padStart(2, '0')}%00%00%00${sizes}${texts}`
}

const date = ['date', 'Sat, 21 Nov 2026 17:00:00 GMT'] as const
const time = (value: string) => ['x-envoy-upstream-service-time', value] as const

test('the digits of the service time are masked with the length said of them, wherever it stands', () => {
  const lists = (value: string) =>
    [
      [time(value)],
      [date, ['via', '1'], time(value)],
      [time(value), date, ['server', 'envoy']],
      [['x-a', time('')[0]], date, time(value)],
    ] as const
  const masked = lists('1').map((list) => maskLine(pairs(list)))
  expect(lists('345').map((list) => maskLine(pairs(list)))).toEqual(masked)
  for (const each of masked) expect(each).toContain('service-time%00MS')
})

test('the length of the date and of what follows it is compared', () => {
  const line = (name: string) => maskLine(pairs([date, [name, '1'], time('5')]))
  expect(line('via')).toContain('%04%00%00%00%1d%00%00%00%03%00%00%00')
  expect(line('server')).toContain('%04%00%00%00%1d%00%00%00%06%00%00%00')
})
