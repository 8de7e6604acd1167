import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VirtualClock } from './virtual-clock.ts'

const drain = (clock: VirtualClock): void => {
  while (clock.runNext() !== undefined);
}

describe('virtual clock', () => {
  test('events run by time, and in the order they were planned within one instant', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5)), (delays) => {
        const clock = new VirtualClock(0n)
        const seen: [number, number][] = []
        delays.forEach((delay, index) => {
          clock.after(delay, 'shared', () => seen.push([clock.now, index]))
        })
        drain(clock)
        const expected = delays.map((delay, index): [number, number] => [delay, index])
        expect(seen).toEqual(expected.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]))
      }),
    )
  })

  test('a cancelled event does not run and is not pending', () => {
    const clock = new VirtualClock(0n)
    let ran = 0
    const timer = clock.after(5, 'shared', () => ran++)
    clock.after(7, 'shared', () => (ran += 10))
    timer.cancel()
    timer.cancel()
    expect(clock.pending).toBe(1)
    expect(clock.nextTime()).toBe(7)
    drain(clock)
    expect(ran).toBe(10)
    expect(clock.pending).toBe(0)
  })

  test('timeouts that are cancelled do not pile up, and what is planned keeps its order', () => {
    const clock = new VirtualClock(0n)
    const seen: number[] = []
    for (let request = 0; request < 10_000; request++) {
      if (request % 1000 === 0) clock.after(20_000 - request, 'shared', () => seen.push(request))
      clock.after(15_000 + request, 'shared', () => undefined).cancel()
    }
    expect(clock.queued).toBeLessThan(200)
    drain(clock)
    expect(seen).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((thousand) => 1000 * thousand))
  })

  test('time a guest spends lets later events run late, never back in time', () => {
    const clock = new VirtualClock(1_000n)
    const seen: number[] = []
    clock.after(10, 'shared', () => {
      seen.push(clock.now)
      clock.spend(100)
    })
    clock.after(20, 'shared', () => seen.push(clock.now))
    drain(clock)
    expect(seen).toEqual([10, 110])
    expect(clock.nowNs()).toBe(1_110n)
  })

  test('a loop that feeds itself without time passing is cut and told', () => {
    const clock = new VirtualClock(0n, 50)
    let ran = 0
    const again = (): void => {
      ran++
      clock.after(0, 'shared', again)
      clock.after(0, 'shared', () => undefined)
    }
    again()
    const results: unknown[] = []
    for (let result = clock.runNext(); result !== undefined; result = clock.runNext()) results.push(result)
    expect(results.at(-1)).toEqual({ loop: expect.any(Number) })
    expect(results).toHaveLength(51)
    expect(ran).toBeLessThan(51)
  })

  test('only ticks and events of other streams cannot move a stream', () => {
    const clock = new VirtualClock(0n)
    clock.after(1, 'tick', () => undefined)
    clock.after(1, 2 as never, () => undefined)
    expect(clock.canMove(1 as never)).toBe(false)
    clock.after(1, 'shared', () => undefined)
    expect(clock.canMove(1 as never)).toBe(true)
  })
})
