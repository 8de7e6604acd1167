import { readFileSync } from 'node:fs'
import { compilePlugin } from '../src/compile-worker/node.ts'
import { keptBuild } from './kept-build.ts'
import type { ProbeCase } from './observed.ts'

type Form = NonNullable<ProbeCase['abi']> | '0_2_1' | '0_2_100'

/** The probe guest as wasm, by form of the ABI. */
export type Probes = Readonly<Record<Form, Uint8Array>>

const marker = 'proxy_abi_version_0_2_1'

export async function buildProbes(): Promise<Probes> {
  const source = readFileSync(new URL('./guests/probe/plugin.ts', import.meta.url), 'utf8')
  return {
    '0_2_1': await compile(source),
    // The marker only: everything else of it is what a real Envoy runs as 0_2_1.
    '0_2_100': await compile(replaced(source, marker, 'proxy_abi_version_0_2_100')),
    '0_2_0': await compile(formOf(source, '0_2_0', 20)),
    '0_1_0': await compile(formOf(source, '0_1_0', 10)),
  }
}

function formOf(source: string, abi: '0_1_0' | '0_2_0', number: number): string {
  const marked = replaced(source, marker, `proxy_abi_version_${abi}`)
  const numbered = replaced(marked, 'const ABI: i32 = 21', `const ABI: i32 = ${number}`)
  if (abi === '0_2_0') return numbered
  // Header callbacks of 0.1.0 are not told whether the message ends.
  return ['request', 'response'].reduce((text, phase) => {
    const head = `proxy_on_${phase}_headers(id: u32, count: u32, end: u32): u32 {`
    return replaced(text, head, `proxy_on_${phase}_headers(id: u32, count: u32): u32 { const end: u32 = 9`)
  }, numbered)
}

function replaced(source: string, from: string, to: string): string {
  if (!source.includes(from)) throw new Error(`The probe has no ${from}`)
  return source.replace(from, to)
}

function compile(source: string): Promise<Uint8Array> {
  const raw = readFileSync(new URL('./guests/probe/raw.ts', import.meta.url), 'utf8')
  const sources = { 'plugin.ts': source, 'raw.ts': raw }
  return keptBuild(sources, async () => {
    const built = await compilePlugin({ plugin: 'probe', language: 'assemblyscript', mode: 'release', sources })
    if (built.kind !== 'ok') throw new Error('output' in built ? built.output : built.kind)
    return built.wasm
  })
}

export const probeFor = (probes: Probes, { abi }: Pick<ProbeCase, 'abi'>): Uint8Array => probes[abi ?? '0_2_1']
