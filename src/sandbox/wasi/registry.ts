import type { EnvFunction } from '../host/call.ts'
import { clock } from './clock.ts'
import { io } from './io.ts'
import { simple } from './simple.ts'

/** The host registers the same functions under both names (proxy-wasm-host.md 10). */
export const wasiModules: ReadonlySet<string> = new Set(['wasi_snapshot_preview1', 'wasi_unstable'])

export const wasiFunctions: ReadonlyMap<string, EnvFunction> = new Map(
  [...io, ...clock, ...simple].map((each) => [each.name, each]),
)
