/** Which functions a real Envoy registers, and with which types: a module that imports all, until it loads. */
import { type AbiVersion, markerPrefix } from '../../src/sandbox/abi/callbacks.ts'
import { envFunctions } from '../../src/sandbox/host/registry.ts'
import { wat } from '../../src/sandbox/vm/test-world.ts'
import { wasiFunctions } from '../../src/sandbox/wasi/registry.ts'

type Imported = { readonly module: string; readonly name: string; readonly type: string }

/** Modules of upstream Envoy; it does not know 0_2_100. */
export const importSets = ['env 0_1_0', 'env 0_2_0', 'env 0_2_1', 'wasi_snapshot_preview1 0_2_1', 'wasi_unstable 0_2_1'] as const // biome-ignore format: names
export type ImportSet = (typeof importSets)[number]

const abis: readonly AbiVersion[] = ['0_1_0', '0_2_0', '0_2_1', '0_2_100']

/** Every function that any gateway has, with the type that the emulator declares. */
export function importsOf(set: ImportSet): readonly Imported[] {
  const [module = ''] = set.split(' ')
  const all = module === 'env' ? abis.flatMap((abi) => [...envFunctions(abi, 'envoy').values(), ...envFunctions(abi, 'higress').values()]) : [...wasiFunctions.values()] // biome-ignore format: one
  const byName = new Map(all.map((each) => [each.name, each.type]))
  return [...byName].map(([name, { params, results }]) => ({
    module,
    name,
    type: `${params.length === 0 ? '' : `(param ${params.join(' ')})`} ${results.length === 0 ? '' : `(result ${results.join(' ')})`}`, // biome-ignore format: one
  }))
}

export function moduleImporting(set: ImportSet, imports: readonly Imported[]): Uint8Array {
  const abi = set.split(' ')[1]
  const lines = imports.map(({ module, name, type }) => `(import "${module}" "${name}" (func ${type}))`)
  return wat(`(module ${lines.join('\n')} (memory (export "memory") 1) (func (export "${markerPrefix}${abi}"))
    (func (export "malloc") (param i32) (result i32) (i32.const 1024)))`)
}

/** What is said of each import that a host does not have so, by name. `load` tells what it says of a module. */
export async function refusedImports(
  set: ImportSet,
  load: (wasm: Uint8Array) => Promise<readonly string[]>,
): Promise<Readonly<Record<string, string>>> {
  const refused: Record<string, string> = {}
  for (;;) {
    const left = importsOf(set).filter(({ name }) => !(name in refused))
    const said = (await load(moduleImporting(set, left))).find((line) => line.includes(' import'))
    const name = /(?:import|mismatch): [^.]+\.(\w+)/.exec(said ?? '')?.[1]
    if (said === undefined || name === undefined) return refused
    refused[name] = said
  }
}
