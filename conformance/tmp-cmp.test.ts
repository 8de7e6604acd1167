import { readFileSync } from 'node:fs'
import { test } from 'vitest'
import { compilePlugin } from '../src/compile-worker/node.ts'
import { cases } from './cases.ts'
import { observeEmulator } from './emulator.ts'
import { maskLine } from './observed.ts'
test('x', { timeout: 60000 }, async () => {
  const source = readFileSync(new URL('guests/probe/plugin.ts', import.meta.url), 'utf8')
  const built = await compilePlugin({ plugin: 'probe', language: 'assemblyscript', mode: 'release', sources: { 'plugin.ts': source } })
  if (built.kind !== 'ok') throw new Error('x')
  const e = JSON.parse(readFileSync(new URL('expected/envoy-1.40.json', import.meta.url), 'utf8'))
  const w = cases.filter(({ name }) => !(name in e))
  const lines = readFileSync(process.env.ENVOYLOG!, 'utf8').split('\n')
  let out = ''
  for (const [index, c] of w.entries()) {
    if (index > Number(process.env.UPTO)) break
    const mine = new RegExp(` case${index}:(\\d) (.*)$`)
    const real = lines.flatMap((l) => { const f = mine.exec(l); return f ? [maskLine(`${f[1]} ${f[2]}`)] : [] })
    let emu: string[] = []
    let client = ''
    try { const o = observeEmulator(built.wasm, c); emu = [...o.log]; client = JSON.stringify([o.client, o.later]) } catch (x) { emu = [String(x)] }
    if (JSON.stringify(real) !== JSON.stringify(emu)) out += `\n== ${c.name}\nREAL\n  ${real.join('\n  ')}\nEMU\n  ${emu.join('\n  ')}\n ${client.slice(0, 300)}\n`
  }
  console.log(out)
})
