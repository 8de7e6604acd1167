/**
 * Random arguments for every host function, through the whole emulator: a status or a trap inside the guest, never an
 * exception. `npm run fuzz` runs many more, with a watchdog.
 */
import { expect, test } from 'vitest'
import { gatewayProfiles } from '../../src/model/profile.ts'
import { provideLibraries } from '../../src/sandbox/host/foreign/libraries.ts'
import * as libraries from '../../src/sandbox/host/foreign/with-libraries.ts'
import { envFunctions } from '../../src/sandbox/host/registry.ts'
import { openTrace } from '../../src/sandbox/trace/view.ts'
import { plan } from './plan.ts'
import { runRandomCalls } from './run-calls.ts'

provideLibraries(libraries)

/** The watchdog of `npm run fuzz` is outside. */
const endless = 3_600_000

test(
  'every host call with random arguments gives a status or a trap',
  () => {
    const { from, cases, note } = plan('host-calls', 60)
    const called = new Map<string, Set<string>>()
    let calls = 0
    for (let seed = from; seed < from + cases; seed++) {
      note(seed)
      const run = runRandomCalls(seed, 60)
      const view = openTrace(run.trace)
      for (let index = 0; index < view.length; index++) {
        if (view.heading(index).type !== 'host.call') continue
        const { event } = view.record(index)
        if (event.type !== 'host.call') continue
        calls++
        const statuses = called.get(event.fn) ?? new Set()
        called.set(event.fn, statuses.add(event.status))
      }
    }
    note(`${calls} host calls in ${cases} programs`)
    const every = gatewayProfiles.flatMap((profile) => [
      ...envFunctions('0_1_0', profile.startsWith('higress') ? 'higress' : 'envoy').keys(),
      ...envFunctions('0_2_1', profile.startsWith('higress') ? 'higress' : 'envoy').keys(),
    ])
    expect(every.filter((name) => !called.has(name) && name !== 'pthread_equal')).toEqual([])
  },
  endless,
)

test(
  'paths of properties of any shape',
  () => {
    const { from, cases, note } = plan('paths', 10)
    for (let seed = from; seed < from + cases; seed++) {
      note(seed)
      runRandomCalls(seed, 200, ['proxy_get_property', 'proxy_set_property'])
    }
    note(`${cases} programs of 2 times 200 paths`)
  },
  endless,
)
