import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { get } from '../cases/parts.ts'
import type { EnvoyVersion } from '../expected.ts'
import type { ProbeCase } from '../observed.ts'
import type { Probes } from '../probe-guest.ts'

const file = new URL('../expected/wasi.json', import.meta.url)

type Recorded = Partial<Record<EnvoyVersion, readonly string[]>>

/** What the guest logged and wrote, by version. */
export const readWasi = (): Recorded => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {})

export const writeWasi = (version: EnvoyVersion, lines: readonly string[]): void =>
  writeFileSync(file, `${JSON.stringify({ ...readWasi(), [version]: lines }, null, 1)}\n`)

export const wasiCase: ProbeCase = { name: 'WASI', scripts: [''], request: get }

/** This guest instead of the probe. */
export const instead = (wasm: Uint8Array): Probes => ({ '0_1_0': wasm, '0_2_0': wasm, '0_2_1': wasm, '0_2_100': wasm })
