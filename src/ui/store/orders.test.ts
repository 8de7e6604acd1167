import { beforeEach, expect, test } from 'vitest'
import type { RunId } from '../../model/brand.ts'
import { asUsual, type OrdersDone, whyNoOrders } from './orders.ts'
import type { AppState } from './store.ts'
import { appStore, getApp, setProject } from './store.ts'

const initial = getApp()
beforeEach(() => appStore.setState(initial, true))

const files = { 'proxyground.yaml': 'plugins: [{ name: p }]', 'scenarios/a.yaml': 'steps: []' }
const id = 1 as RunId
const why = (change: Partial<AppState> = {}): string | undefined => whyNoOrders({ ...getApp(), ...change })?.why

test('without a scenario, or before a run has ended, there is nothing to try in another order', () => {
  expect(why()).toBe('scenario')
  setProject({ files })
  expect(why()).toBe('unfinished')
  const running = { kind: 'running', id, scenario: { file: 'scenarios/a.yaml' } } as const
  expect(why({ run: { job: running, shown: undefined } })).toBe('busy')
})

test('a plugin that does not compile or could not be built is named', () => {
  setProject({ files })
  const rejected = { kind: 'rejected', milliseconds: 1, errors: [], output: '' } as const
  const unavailable = { kind: 'unavailable', reason: 'offline', message: 'away' } as const
  expect(whyNoOrders({ ...getApp(), build: { p: { job: rejected, good: undefined } } })).toEqual({
    why: 'broken',
    plugin: 'p',
  })
  expect(whyNoOrders({ ...getApp(), build: { p: { job: unavailable, good: undefined } } })).toEqual({
    why: 'unbuilt',
    plugin: 'p',
  })
})

test('what ends as usual is what is left of those that were tried', () => {
  const difference = { seed: 2, times: 3, schedule: [1], choices: [], lines: [], failures: [] }
  const of = { project: '', revision: 0, scenario: { file: 'scenarios/a.yaml' }, count: 20 }
  const done: OrdersDone = {
    kind: 'done',
    of,
    tried: 10,
    unfinished: 1,
    differences: [difference, difference],
    kept: undefined,
  }
  expect(asUsual(done)).toBe(3)
})
