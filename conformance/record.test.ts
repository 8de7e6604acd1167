import { expect, test } from 'vitest'
import { caseGroups, cases } from './cases/index.ts'
import { observeEnvoy } from './envoy/run.ts'
import { envoyVersions, readExpected, writeExpected } from './expected.ts'
import { buildProbes } from './probe-guest.ts'

// Set by `npm run conformance:record`.
const binary = process.env.PROXYGROUND_ENVOY
const version = envoyVersions.find((each) => each === process.env.PROXYGROUND_ENVOY_VERSION) ?? '1.40'
/** A regular expression: only cases of that name, and those that were never recorded. */
const only = process.env.PROXYGROUND_ENVOY_ONLY

test.skipIf(binary === undefined)(`records what Envoy ${version} does`, { timeout: 1_800_000 }, async () => {
  const known = readExpected(version)
  const wanted = cases.filter(({ name }) => only === undefined || new RegExp(only).test(name) || !known.has(name))
  const observed = await observeEnvoy(binary ?? '', await buildProbes(), wanted)
  expect(observed).toHaveLength(wanted.length)
  const crashes = wanted.filter((_, index) => observed[index] === undefined).map(({ name }) => name)
  const now = new Map(known)
  for (const [index, { name }] of wanted.entries()) {
    const seen = observed[index]
    if (seen !== undefined) now.set(name, seen)
  }
  const groups = Object.entries(caseGroups).map(([group, list]) => [group, list.map(({ name }) => name)])
  writeExpected(version, Object.fromEntries(groups), now)
  // Undefined behaviour of the host: such a case leaves the list (README, "Seen while recording").
  expect(crashes).toEqual([])
})
