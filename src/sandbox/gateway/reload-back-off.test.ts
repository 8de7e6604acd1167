import { expect, test } from 'vitest'
import { guest } from '../run/test-guest.ts'
import { runTest } from '../run/test-run.ts'
import { ReloadBackOff } from './reload-back-off.ts'
import { seededRandom } from './seeded-random.ts'

test('the bound doubles with each time it is asked, up to the most', () => {
  const always = { fill: () => {}, next: () => 1 }
  const backOff = new ReloadBackOff(always, { base: 1e9, most: 10e9 })
  expect(Array.from({ length: 6 }, () => backOff.next() / 1e9)).toEqual([1, 2, 4, 8, 10, 10])
})

test('what is drawn lies below the bound and comes from the seed', () => {
  const drawn = (seed: number) => {
    const backOff = new ReloadBackOff(seededRandom(seed, 'reload'))
    return Array.from({ length: 20 }, () => backOff.next())
  }
  expect(drawn(1)).toEqual(drawn(1))
  expect(drawn(1)).not.toEqual(drawn(2))
  expect(drawn(1).every((ns) => ns >= 0 && ns < 10e9)).toBe(true)
})

test('under FAIL_RELOAD the VM comes back at once, then after the back-off of the plugin file', () => {
  const run = runTest({
    plugins: { p: guest((g) => ({ request_headers: [g.trap] })) },
    gateway: 'gateway: { profile: envoy-1.40 }',
    files: {
      'plugins/p/plugin.yaml':
        'kind: EnvoyPlugin\nfailure_policy: FAIL_RELOAD\nreload_config: { backoff: { base_interval: 100s, max_interval: 100s } }',
    },
    steps: `  - request: { url: http://127.0.0.1:10000/get, times: 4 }
  - advance: 101s
  - request: { url: http://127.0.0.1:10000/get }`,
  })
  const traps = run.records.filter(({ event }) => event.type === 'trap').map(({ stream }) => stream)
  expect(traps).toEqual([1, 2, 5])
})
