import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { EnvoyVersion } from '../expected.ts'

export type Refusal = {
  /** Envoy ended at its start. */
  readonly refused: boolean
  /** What its wasm component said, error and critical. */
  readonly lines: readonly string[]
}

const file = new URL('../expected/loads.json', import.meta.url)

type Loads = {
  readonly modules: Readonly<Record<string, Refusal>>
  /** By set, what is said of each function that is not there, or not with the type that the emulator declares. */
  readonly imports: Readonly<Record<string, Readonly<Record<string, string>>>>
}
type Recorded = Partial<Record<EnvoyVersion, Loads>>

/** By version and name of the case. */
export const readLoads = (): Recorded => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {})

export function writeLoads(version: EnvoyVersion, seen: Loads): void {
  writeFileSync(file, `${JSON.stringify({ ...readLoads(), [version]: seen }, null, 1)}\n`)
}
