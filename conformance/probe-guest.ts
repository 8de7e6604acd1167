import { readFileSync } from 'node:fs'
import { compilePlugin } from '../src/compile-worker/node.ts'

/** The probe guest as wasm. */
export async function buildProbe(): Promise<Uint8Array> {
  const source = readFileSync(new URL('./guests/probe/plugin.ts', import.meta.url), 'utf8')
  const sources = { 'plugin.ts': source }
  const built = await compilePlugin({ plugin: 'probe', language: 'assemblyscript', mode: 'release', sources })
  if (built.kind !== 'ok') throw new Error('output' in built ? built.output : built.kind)
  return built.wasm
}
