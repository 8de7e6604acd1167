import { expect, test } from 'vitest'
import { SteppedPace } from './pace.ts'

test('what is asked for goes in the order of its times, each behind what the one before led to', async () => {
  const seen: string[] = []
  const pace = new SteppedPace(async () => {
    seen.push('settled')
  })
  const one = async (name: string, ...times: readonly number[]) => {
    for (const time of times) {
      await pace.pause(time)
      seen.push(`${name} ${time}`)
    }
  }
  await pace.until(Promise.all([one('client', 30, 30), one('service', 7, 31), one('last', 31)]))
  const order = ['service 7', 'client 30', 'last 31', 'service 31', 'client 30']
  expect(seen.filter((each) => each !== 'settled')).toEqual(order)
  for (const name of order) expect(seen[seen.indexOf(name) - 1]).toBe('settled')
})

test('a client gives up only when nothing else is to come', async () => {
  const pace = new SteppedPace(async () => undefined)
  const seen: string[] = []
  const patient = pace.patience(1).then(() => seen.push('gave up'))
  const busy = pace.pause(1_000_000).then(() => seen.push('service'))
  await pace.until(Promise.all([patient, busy]))
  expect(seen).toEqual(['service', 'gave up'])
})
