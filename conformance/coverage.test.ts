import { expect, test } from 'vitest'
import { envFunctions } from '../src/sandbox/host/registry.ts'
import { unimplementedEnvoy } from '../src/sandbox/host/unimplemented.ts'
import { hostFunctions } from './cases/host/index.ts'
import { caseName, kinds, kindsOf } from './cases/host-function.ts'
import { cases } from './cases/index.ts'
import { endsOf, resumesOf, statusesOf, statusName, statusPhases } from './cases/status.ts'
import { envoyVersions, readExpected } from './expected.ts'
import { observedRows } from './observed-rows.ts'

test('every host function of upstream Envoy is tried: plain, in other phases, with wrong pointers, with nothing and with much', () => {
  const missing = new Set(unimplementedEnvoy.map(({ name }) => name))
  const declared = [...envFunctions('0_2_1', 'envoy').keys()].filter((name) => !missing.has(name))
  expect(hostFunctions.map(({ name }) => name).toSorted()).toEqual(declared.toSorted())
  const names = new Set(cases.map(({ name }) => name))
  for (const fn of hostFunctions) {
    for (const kind of kindsOf(fn)) expect(names).toContain(caseName(fn.name, kind))
    // What is left out without its arguments being the reason says why.
    for (const kind of kinds) if (fn.without && kind in fn.without) expect(fn.without[kind]).not.toBe('')
  }
})

test('every case has a name of its own and was recorded on every Envoy', () => {
  const names = cases.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const version of envoyVersions) {
    const known = readExpected(version)
    expect(names.filter((name) => !known.has(name))).toEqual([])
  }
})

test('every row of what was seen before on a real Envoy is tried by recorded cases, or says why it cannot be', () => {
  expect(new Set(observedRows.map(({ row }) => row)).size).toBe(observedRows.length)
  const tried = observedRows.filter((each) => 'cases' in each)
  for (const each of observedRows) expect('none' in each ? each.none : each.cases.join()).not.toBe('')
  for (const version of envoyVersions) {
    const known = readExpected(version)
    const missing = tried.flatMap(({ row, cases }) =>
      cases.filter((name) => !known.has(name)).map((name) => [row, name]),
    )
    expect(missing).toEqual([])
  }
})

test('every status of every phase is tried, with and without the end, resumed by nobody, a call and a tick', () => {
  const names = new Set(cases.map(({ name }) => name))
  for (const phase of statusPhases) {
    for (const status of statusesOf(phase)) {
      for (const end of endsOf(phase)) {
        for (const resume of resumesOf(phase, status)) expect(names).toContain(statusName(phase, status, end, resume))
      }
    }
  }
  // None that the ABI knows is missing (proxy-wasm-host.md 6), and each phase has unknown ones.
  const known = { headers: [0, 1, 2, 3, 4], body: [0, 1, 2, 3], trailers: [0, 1] }
  for (const phase of statusPhases) {
    const kind = phase.endsWith('headers') ? 'headers' : phase.endsWith('body') ? 'body' : 'trailers'
    expect(statusesOf(phase)).toEqual(expect.arrayContaining(known[kind]))
    expect(statusesOf(phase).filter((status) => !known[kind].includes(status)).length).toBeGreaterThan(1)
  }
})
