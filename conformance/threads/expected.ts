import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { EnvoyVersion } from '../expected.ts'
import type { Observed } from '../observed.ts'

const file = new URL('../expected/threads.json', import.meta.url)

type Recorded = Partial<Record<EnvoyVersion, Readonly<Record<string, Observed>>>>

/** What real Envoys showed, by version and name of the case; the lines of all VMs, sorted. */
export const readThreads = (): Recorded => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {})

/** Whether a service calls before the services behind Envoy look for the case is chance: what they received is left out. */
export const ofThreads = (seen: Observed): Observed => ({ ...seen, calls: [] })

export function writeThreads(version: EnvoyVersion, seen: Readonly<Record<string, Observed>>): void {
  writeFileSync(file, `${JSON.stringify({ ...readThreads(), [version]: seen }, null, 1)}\n`)
}
