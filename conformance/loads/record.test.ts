import { expect, test } from 'vitest'
import { envoyVersions } from '../expected.ts'
import { loadCases, moduleOf } from './cases.ts'
import { observeLoad } from './envoy.ts'
import { type Refusal, readLoads, writeLoads } from './expected.ts'
import { importSets, refusedImports } from './imports.ts'

// Set by `npm run conformance:record`.
const { PROXYGROUND_ENVOY: binary, PROXYGROUND_ENVOY_ONLY: only } = process.env
const version = envoyVersions.find((each) => each === process.env.PROXYGROUND_ENVOY_VERSION) ?? '1.40'

test.skipIf(binary === undefined)(
  `records what Envoy ${version} refuses to load, and how`,
  { timeout: 600_000 },
  async () => {
    const known = readLoads()[version]?.modules ?? {}
    const seen: Record<string, Refusal> = {}
    for (const each of loadCases) {
      const before = known[each.name]
      const again = only === undefined || new RegExp(only).test(each.name) || before === undefined
      seen[each.name] = again ? await observeLoad(binary ?? '', moduleOf(each), each.capabilities) : before
    }
    const load = async (wasm: Uint8Array) => (await observeLoad(binary ?? '', wasm, undefined)).lines
    const imports: Record<string, Readonly<Record<string, string>>> = {}
    for (const set of importSets) imports[set] = await refusedImports(set, load)
    writeLoads(version, { modules: seen, imports })
    expect(Object.keys(seen)).toEqual(loadCases.map(({ name }) => name))
  },
)
