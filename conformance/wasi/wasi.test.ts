import { expect, test } from 'vitest'
import { openTrace } from '../../src/sandbox/trace/view.ts'
import { wasiFunctions } from '../../src/sandbox/wasi/registry.ts'
import { runProbe } from '../emulator.ts'
import { type EnvoyVersion, envoyVersions } from '../expected.ts'
import { wasiCalls } from './calls.ts'
import { readWasi, wasiCase } from './expected.ts'
import { wasiGuest } from './guest.ts'

/** The same guest to the byte as was recorded: its lines are as long, and what it wrote counts. */
function emulated(version: EnvoyVersion): readonly string[] {
  const view = openTrace(runProbe(wasiGuest(version, 'case0:0'), wasiCase, `envoy-${version}`).trace)
  return Array.from({ length: view.length }, (_, index) => view.record(index).event).flatMap((event) =>
    event.type === 'log' && event.via !== 'host' ? [event.message.replace(/^case0:/, '')] : [],
  )
}

test.each(envoyVersions)('every function of WASI answers as on Envoy %s', (version) => {
  expect(emulated(version)).toEqual(readWasi()[version])
})

test('every function that is declared is called', () => {
  expect(new Set(wasiCalls.map(({ name }) => name))).toEqual(new Set(wasiFunctions.keys()))
})
