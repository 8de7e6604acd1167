import { expect, test } from 'vitest'
import { observeEnvoy } from '../envoy/run.ts'
import { envoyVersions } from '../expected.ts'
import { buildProbes } from '../probe-guest.ts'
import { crashCases } from './cases.ts'
import { readFates, writeFates } from './expected.ts'

// Set by `npm run conformance:record`.
const binary = process.env.PROXYGROUND_ENVOY
const version = envoyVersions.find((each) => each === process.env.PROXYGROUND_ENVOY_VERSION) ?? '1.40'
/** A regular expression: only cases of that name, and those that were never recorded. */
const only = process.env.PROXYGROUND_ENVOY_ONLY
/** An Envoy of its own for each try: one that crashes late would be blamed on the next case. */
const tries = 3
/** A stack that fills takes its time, ms. */
const settle = 200

test.skipIf(binary === undefined)(`records what ends Envoy ${version}`, { timeout: 1_800_000 }, async () => {
  const probes = await buildProbes()
  const { crashes: died = [], lives: lived = [], sometimes: lucky = {} } = readFates()[version] ?? {}
  const known = new Set([...died, ...lived, ...Object.keys(lucky)])
  const wanted = crashCases.filter(({ name }) => only === undefined || new RegExp(only).test(name) || !known.has(name))
  const again = new Set(wanted.map(({ name }) => name))
  const kept = (names: readonly string[]) => names.filter((name) => !again.has(name))
  const crashes = kept(died)
  const lives = kept(lived)
  const sometimes = Object.fromEntries(Object.entries(lucky).filter(([name]) => !again.has(name)))
  for (const probe of wanted) {
    let crashed = 0
    for (let turn = 0; turn < tries; turn++) {
      const [seen] = await observeEnvoy(binary ?? '', probes, [{ ...probe, settle }])
      if (seen === undefined) crashed++
    }
    if (crashed === tries) crashes.push(probe.name)
    else if (crashed === 0) lives.push(probe.name)
    else sometimes[probe.name] = { died: crashed, tries }
  }
  writeFates(version, { crashes, lives, ...(Object.keys(sometimes).length === 0 ? {} : { sometimes }) })
  expect([...crashes, ...lives, ...Object.keys(sometimes)].toSorted()).toEqual(
    crashCases.map(({ name }) => name).toSorted(),
  )
})
