/** Broken modules: refused with a text, or run to an end; never an exception out of the sandbox. */
import { expect, test } from 'vitest'
import { loadProject } from '../../src/model/project/load.ts'
import { parseModule } from '../../src/sandbox/abi/module.ts'
import { decodePairs, encodePairs } from '../../src/sandbox/abi/pairs.ts'
import { runScenario } from '../../src/sandbox/run/run-scenario.ts'
import { guest } from '../../src/sandbox/run/test-guest.ts'
import { type PreparedModule, prepareModule } from '../../src/sandbox/vm/prepare.ts'
import { wat } from '../../src/sandbox/vm/test-world.ts'
import { type Draw, drawing, mutated } from './draw.ts'
import { plan } from './plan.ts'

/** The watchdog of `npm run fuzz` is outside. */
const endless = 3_600_000

const good = wat(
  guest((g) => ({
    vm_start: [],
    configure: [g.log('up')],
    request_headers: [g.add(0, 'a', 'b'), g.logProperty('request', 'path')],
    response_body: [g.setBody(1, 'x')],
    log: [],
  })),
)

const { project } = loadProject({
  'proxyground.yaml': 'plugins: [{ name: p, language: wat }]',
  'scenarios/a.yaml': 'steps: [{ request: { url: http://127.0.0.1:10000/get } }]',
  'plugins/p/plugin.wat': '',
})
const scenario = project?.scenarios[0]

/** Random bytes with or without a head, or the good module with changes. */
function broken(draw: Draw): Uint8Array {
  const head = good.slice(0, 8)
  const kind = draw.below(5)
  if (kind === 0) return draw.bytes(draw.below(200))
  if (kind === 1) return Uint8Array.from([...head, ...draw.bytes(draw.below(200))])
  if (kind === 2) return good.slice(0, draw.below(good.length))
  if (kind === 3) return reordered(draw)
  return mutated(draw, good)
}

/** Sections in another order, doubled, left out or of another kind. */
function reordered(draw: Draw): Uint8Array {
  const parsed = parseModule(good)
  if (!parsed.ok) throw new Error('The good module is none')
  const { sections } = parsed.value
  const bytes = [...good.subarray(0, 8)]
  let from = 8
  for (const { end } of sections) {
    const piece = [...good.subarray(from, end)]
    from = end
    const fate = draw.below(12)
    if (fate === 0) continue
    if (fate === 1) piece[0] = draw.below(16)
    if (fate === 2) bytes.push(...piece)
    bytes.push(...piece)
  }
  return Uint8Array.from(bytes)
}

function runOnce(module: PreparedModule): void {
  if (project === undefined || scenario === undefined) throw new Error('The project is broken')
  runScenario(project, new Map([['p', { ok: true, value: module } as const]]), scenario, { maxEvents: 2000 })
}

/** Code that was changed may loop for ever, which is the business of the deadline; the rest may not. */
const sameCode = (bytes: Uint8Array): boolean => {
  const code = (wasm: Uint8Array): string => {
    const parsed = parseModule(wasm)
    const found = parsed.ok ? parsed.value.sections.filter(({ id }) => id === 10) : []
    return found.map(({ start, end }) => wasm.subarray(start, end).join()).join('|')
  }
  return code(bytes) === code(good)
}

test(
  'random, cut and changed modules are refused with a text, or run',
  () => {
    const { from, cases, note } = plan('modules', 1500)
    const outcomes = new Map<string, number>()
    for (let seed = from; seed < from + cases; seed++) {
      note(seed)
      const bytes = broken(drawing(seed, 'modules'))
      const prepared = prepareModule(bytes, { family: seed % 2 === 0 ? 'higress' : 'envoy' })
      if (!prepared.ok) expect(prepared.error.message).not.toBe('')
      else if (sameCode(bytes)) runOnce(prepared.value)
      const outcome = prepared.ok ? 'loads' : prepared.error.reason.code
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    note(`${cases} modules: ${[...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ')}`)
    expect([...outcomes.keys()]).toEqual(expect.arrayContaining(['loads', 'not-wasm', 'truncated', 'engine']))
  },
  endless,
)

test(
  'bytes of pairs are refused, or are the very bytes that their list encodes to',
  () => {
    const { from, cases, note } = plan('pairs', 3000)
    let decoded = 0
    for (let seed = from; seed < from + cases; seed++) {
      note(seed)
      const draw = drawing(seed, 'pairs')
      const text = (): string => String.fromCharCode(...draw.bytes(draw.below(12)))
      const list = Array.from({ length: draw.below(5) }, () => [text(), text()] as const)
      const bytes = draw.chance(0.2) ? draw.bytes(draw.below(60)) : mutated(draw, encodePairs(list))
      const found = decodePairs(bytes)
      if (found === undefined || bytes.length === 0) continue
      decoded++
      expect(encodePairs(found)).toEqual(bytes)
    }
    note(`${cases} blocks, ${decoded} of them readable`)
    expect(decoded).toBeGreaterThan(0)
  },
  endless,
)
