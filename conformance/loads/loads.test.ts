import { describe, expect, test } from 'vitest'
import { loadProject } from '../../src/model/project/load.ts'
import { runScenario } from '../../src/sandbox/entry/index.ts'
import { openTrace } from '../../src/sandbox/trace/view.ts'
import { prepareModule } from '../../src/sandbox/vm/prepare.ts'
import { type EnvoyVersion, envoyVersions } from '../expected.ts'
import { type LoadCase, loadCases, moduleOf } from './cases.ts'
import { readLoads } from './expected.ts'
import { importSets, refusedImports } from './imports.ts'

/** Where the emulator refuses on purpose what a real Envoy takes (docs/DIFFERENCES.md). */
const refusedHere = /^no memory$|^an imported (memory|table)$/

/** The texts with which the emulator refuses it; none: it takes part in traffic. */
function refusals(each: LoadCase, version: EnvoyVersion): readonly string[] {
  const { project, problems } = loadProject({
    'proxyground.yaml': JSON.stringify({
      version: 1,
      gateway: {
        profile: `envoy-${version}`,
        listeners: [{ name: 'main', port: 10000, plugins: ['p0'] }],
        routes: [{ name: 'r', domains: ['*'], prefix: '/', direct: { status: 200 } }],
      },
      plugins: [{ name: 'p0', language: 'wasm' }],
    }),
    'plugins/p0/plugin.yaml': JSON.stringify({
      kind: 'EnvoyPlugin',
      name: 'p0',
      ...(each.capabilities === undefined ? {} : { capability_restriction_config: { allowed_capabilities: Object.fromEntries(each.capabilities.map((name) => [name, {}])) } }), // biome-ignore format: one
    }),
    'scenarios/s.yaml': JSON.stringify({ steps: [{ advance: '1ms' }] }),
  })
  const scenario = project?.scenarios[0]
  if (project === undefined || scenario === undefined) throw new Error(JSON.stringify(problems))
  const modules = new Map([['p0', prepareModule(moduleOf(each), { family: 'envoy', profile: `envoy-${version}` })]])
  const view = openTrace(runScenario(project, modules, scenario).trace)
  return Array.from({ length: view.length }, (_, index) => view.record(index).event).flatMap((event) =>
    event.type === 'load-error' ? [event.message] : [],
  )
}

describe.each(envoyVersions)('what Envoy %s refuses to load is refused, in its words', (version) => {
  const recorded = readLoads()[version]?.modules ?? {}
  test.each(loadCases)('$name', (each) => {
    const real = recorded[each.name]
    const found = refusals(each, version)
    expect(found.length > 0).toBe(refusedHere.test(each.name) || real?.refused)
    // A file without a byte, and a host call in the start section, end a real Envoy without a word about it.
    const said = real?.lines.map((line) => line.replace(/^Wasm VM failed /, '')) ?? []
    const silent = refusedHere.test(each.name) || said.length === 0 || each.name === 'nothing'
    if (!silent) for (const message of found) expect(said).toContain(message)
  })

  test.each(importSets)('%s: the functions that are not there, or have another type', async (set) => {
    const refused = await refusedImports(set, (wasm) => {
      const prepared = prepareModule(wasm, { family: 'envoy', profile: `envoy-${version}` })
      return Promise.resolve(prepared.ok ? [] : [prepared.error.message])
    })
    expect(refused).toEqual(readLoads()[version]?.imports[set])
  })
})
