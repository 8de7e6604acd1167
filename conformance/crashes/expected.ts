import { readFileSync, writeFileSync } from 'node:fs'
import type { EnvoyVersion } from '../expected.ts'

const file = new URL('../expected/crashes.json', import.meta.url)

/** Names of the cases by what became of Envoy. */
export type Fates = {
  readonly crashes: readonly string[]
  readonly lives: readonly string[]
  /** It died in some tries and not in others: luck, which the finding has to name, too. */
  readonly sometimes?: Readonly<Record<string, { readonly died: number; readonly tries: number }>>
}

/** What a real Envoy of each version did; a version that was never asked is missing. */
export const readFates = (): Partial<Record<EnvoyVersion, Fates>> => JSON.parse(readFileSync(file, 'utf8'))

export function writeFates(version: EnvoyVersion, fates: Fates): void {
  writeFileSync(file, `${JSON.stringify({ ...readFates(), [version]: fates }, null, 1)}\n`)
}
