/** What is kept of fuzz runs: their counts, and hashes of what a real Envoy did with the first programs of a seed. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { EnvoyVersion } from '../expected.ts'
import type { Observed } from '../observed.ts'

export type FuzzResult = {
  readonly envoy: EnvoyVersion
  readonly seed: number
  /** Grammar (`flavours.ts`); default: plain. */
  readonly flavour?: string
  /** Number of the first program. */
  readonly from: number
  readonly programs: number
  /** Differed once; most of them only because the machine was busy: tried again, Envoy did what the emulator does. */
  readonly suspected: number
  /** Differed four times, with Envoy the same each time. */
  readonly confirmed: number
  /** Envoy did one thing and another in seven tries, and never what the emulator does. */
  readonly undecided?: number
  readonly crashed: number
  /** Differed, or ended Envoy, by a call that the finding `kills-envoy` names; before it was there they were among the others. */
  readonly named?: number
}

/** By program number; `null`: not compared (Envoy crashed, differed from run to run, or a listed difference). */
export type KeptHashes = { readonly seed: number; readonly hashes: readonly (string | null)[] }
type HashFile = Partial<Record<EnvoyVersion, KeptHashes>>

const results = new URL('results.json', import.meta.url)
const expected = new URL('expected.json', import.meta.url)
const read = <T>(file: URL, empty: T): T => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : empty)

/** Changes whenever anything is compared differently; what it was made of is found by running the program again. */
export const hashOf = (observed: Observed): string =>
  createHash('sha256').update(JSON.stringify(observed)).digest('hex').slice(0, 12)

export function keepResult(result: FuzzResult): void {
  const date = new Date().toISOString().slice(0, 10)
  const runs = [...read<FuzzResult[]>(results, []), { date, ...result }]
  writeFileSync(results, `${JSON.stringify(runs, null, 2)}\n`)
}

export function keepHashes(version: EnvoyVersion, seed: number, count: number, hashes: ReadonlyMap<number, string>) {
  const list = Array.from({ length: count }, (_, number) => hashes.get(number) ?? null)
  const all = { ...read<HashFile>(expected, {}), [version]: { seed, hashes: list } }
  writeFileSync(expected, `${JSON.stringify(all, null, 1)}\n`)
}

export const keptHashes = (version: EnvoyVersion): KeptHashes | undefined => read<HashFile>(expected, {})[version]
