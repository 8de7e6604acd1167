import { expect, test } from 'vitest'
import wabt from 'wabt'
import { exportGlobals } from './export-globals.mjs'
import { straightenJumps } from './forward-jumps.mjs'
import { notesOf, seenIn, withNotes } from './seen-blocks.mjs'
import { splitRest } from './split-rest.mjs'
import { withoutNames } from './wasm-sections.mjs'

const long = '(local.set $y (i64.add (i64.mul (local.get $y) (i64.const 3)) (local.get $x)))'.repeat(40)

/** As Go's linker writes it. The way that `work` takes is in memory at 0, what it finds at 8. */
const text = `(module
  (type $go (func (param i32) (result i32)))
  (import "host" "say" (func $say (param i32) (result i32)))
  (memory (export "memory") 1) (table 5 5 funcref)
  (global $sp (mut i32) (i32.const 64))
  (elem (i32.const 1) $say $work $never $runtime.rare)
  (func $work (export "work") (type $go) (local $stack i32) (local $x i64) (local $y i64) (local $z f64)
    global.get $sp local.set 1
    block $unwind loop $entry
      block block block block local.get 0 br_table 0 1 2 3 end
        (local.set $x (i64.load (i32.const 0))) (local.set $y (i64.const 1)) (local.set $z (f64.const 0.5))
        (if (i64.eqz (local.get $x)) (then (local.set 0 (i32.const 2)) (br $entry)))
      end
        ${long}
        (i32.store (i32.const 16) (i32.const 0)) (br_if $unwind (call $never (i32.const 0)))
      end
        (local.set $y (i64.add (local.get $y) (i64.const 7)))
        (if (i64.eq (local.get $x) (i64.const 2)) (then (local.set 0 (i32.const 3)) (br $entry)))
        (drop (call $runtime.rare (i32.const 0)))
        (i64.store (i32.const 8) (i64.add (local.get $y) (i64.trunc_f64_s (local.get $z))))
        i32.const 0 return
      end
        (local.set $x (i64.const 5)) (local.set $z (f64.add (local.get $z) (f64.const 100)))
        ${long}
        (local.set 0 (i32.const 2)) (br $entry)
      end unreachable
    end
    i32.const 1)
  (func $never (type $go)
    (if (i64.eq (i64.load (i32.const 0)) (i64.const 3)) (then (return (i32.const 1))))
    (i64.store (i32.const 24) (i64.const 42)) (call_indirect (type $go) (i32.const 0) (i32.const 4)))
  (func $runtime.rare (type $go) (i32.const 0)))`

async function goModule() {
  const module = (await wabt()).parseWat('go.wat', text)
  return exportGlobals(Buffer.from(module.toBinary({ write_debug_names: true }).buffer))
}

const start = (bytes) => new WebAssembly.Instance(new WebAssembly.Module(bytes), { host: { say: () => 0 } }).exports

/** What `work` answers and leaves in memory, entered at a block's number. */
function runs({ memory, work }, way, block = 0) {
  const view = new DataView(memory.buffer)
  view.setBigInt64(0, BigInt(way), true)
  for (const at of [8, 24]) view.setBigInt64(at, 0n, true)
  return [work(block), view.getBigInt64(8, true), view.getBigInt64(24, true)]
}

/** The module parted by what these ways run, and how a whole one does on each way. */
async function parted(...ways) {
  const whole = await goModule()
  const noted = start(withNotes(whole))
  for (const way of ways) runs(noted, way)
  return { whole: start(whole), ...splitRest(whole, seenIn(notesOf(noted))) }
}

test.each([
  ['as Go writes its jumps', (module) => module],
  ['with straight jumps', straightenJumps],
])('A program and its rest do what the whole did, from wherever it is gone on with: %s', async (_, change) => {
  const { whole, program, rest } = await parted(0)
  const exports = start(change(program))
  new WebAssembly.Instance(new WebAssembly.Module(change(rest)), { program: exports })
  for (const way of [0, 1, 2, 3, 0, 2]) expect(runs(exports, way)).toEqual(runs(whole, way))
  for (const block of [1, 2, 3]) expect(runs(exports, 1, block)).toEqual(runs(whole, 1, block))
})

test('Without the rest the program does what it was seen to do, and traps where it would do anything else', async () => {
  const { whole, program } = await parted(0)
  const exports = start(program)
  expect(runs(exports, 0)).toEqual(runs(whole, 0))
  for (const way of [1, 2]) expect(() => runs(exports, way)).toThrow(WebAssembly.RuntimeError)
})

test('What was seen is not parted, and the program is smaller for what was not', async () => {
  const all = await parted(0, 1, 2)
  expect(runs(start(all.program), 2)).toEqual(runs(all.whole, 2))
  const some = await parted(0)
  expect(some.program.length).toBeLessThan(all.program.length / 2)
})

test('A function of the runtime that ran at all stays whole', async () => {
  const { program } = await parted(0)
  const { proxyground_rest: moved } = start(program)
  // `work` in part and `never`.
  expect(moved.length).toBe(2)
})

test('Names are needed to part a module, and are left out of what is sent', async () => {
  const whole = await goModule()
  expect(withoutNames(whole).includes('never')).toBe(false)
  expect(() => splitRest(withoutNames(whole), () => true)).toThrow('without names')
  expect((await parted(0)).program.includes('never')).toBe(false)
})
