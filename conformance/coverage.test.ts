import { expect, test } from 'vitest'
import { envFunctions } from '../src/sandbox/host/registry.ts'
import { unimplementedEnvoy } from '../src/sandbox/host/unimplemented.ts'
import { hostFunctions } from './cases/host/index.ts'
import { caseName, kinds, kindsOf } from './cases/host-function.ts'
import { cases } from './cases/index.ts'
import { envoyVersions, readExpected } from './expected.ts'

/** Called by compilers, not by plugins; and what only the other forms of the ABI have (`cases/abi.ts`). */
const elsewhere = ['pthread_equal', 'emscripten_notify_memory_growth']

test('every host function of upstream Envoy is tried: plain, in other phases, with wrong pointers, with nothing and with much', () => {
  const missing = new Set(unimplementedEnvoy.map(({ name }) => name))
  const declared = [...envFunctions('0_2_1', 'envoy').keys()].filter(
    (name) => !missing.has(name) && !elsewhere.includes(name),
  )
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
