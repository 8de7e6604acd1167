import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventPlaces } from './event-words.ts'

test('events have their times in whatever order they are asked for', () => {
  const instants = fc.uniqueArray(fc.nat(60), { minLength: 1 }).map((firsts) => [...firsts, 0].sort((a, b) => a - b))
  fc.assert(
    fc.property(instants, fc.array(fc.nat(80)), (firsts, asked) => {
      const unique = [...new Set(firsts)]
      const times = Float64Array.from(unique.flatMap((first, step) => [first, (step + 1) * 1e6]))
      const places = new EventPlaces(times, new Uint32Array(), 81)
      for (const index of asked) {
        const step = unique.findLastIndex((first) => first <= index)
        expect(places.time(index)).toBe((step + 1) * 1e6)
      }
    }),
  )
})

test('an early event keeps its time after the last one was looked at', () => {
  const places = new EventPlaces(Float64Array.from([0, 5, 4, 9]), new Uint32Array(), 8)
  expect([places.time(7), places.time(1), places.time(7)]).toEqual([9, 5, 9])
})
