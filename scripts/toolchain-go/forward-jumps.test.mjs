import { expect, test } from 'vitest'
import wabt from 'wabt'
import { straightenJumps } from './forward-jumps.mjs'

/** In the shape of Go's linker: jumps between blocks through one table; `$way` says which way the function takes. */
const jumps = `(module (func (export "run") (param $block i32) (param $way i32) (result i32) (local $seen i32)
  (block $unwind (loop $entry
    (block (block (block (block
      (br_table 0 1 2 2 3 3 (local.get 0)))
      ;; block 0: on to 2 when the way says so
      (local.set $seen (i32.or (local.get $seen) (i32.const 1)))
      (if (i32.eqz (local.get $way)) (then (local.set 0 (i32.const 2)) (br $entry))))
      ;; block 1: on to 4, from within a condition that has more to do
      (local.set $seen (i32.or (local.get $seen) (i32.const 2)))
      (if (i32.eq (local.get $way) (i32.const 1))
        (then (local.set $way (i32.const 9)) (local.set 0 (i32.const 4)) (br $entry)))
      (br_if $unwind (i32.eq (local.get $way) (i32.const 3)))
      (local.set 0 (i32.const 3)) (br $entry))
      ;; blocks 2 and 3: back to 1, once
      (local.set $seen (i32.add (local.get $seen) (i32.const 16)))
      (if (i32.lt_u (local.get $seen) (i32.const 32))
        (then (local.set $way (i32.add (local.get $way) (i32.const 1))) (local.set 0 (i32.const 1)) (br $entry)))
    )
    ;; block 4
    (return (i32.or (local.get $seen) (i32.const 8)))
  ) unreachable)
  (i32.const 1000)))`

async function moduleOf(text) {
  const module = (await wabt()).parseWat('module.wat', text)
  return Buffer.from(module.toBinary({}).buffer)
}

const run = (bytes) => new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.run
const count = (bytes, op) => {
  let found = 0
  // `local.set 0` stands nowhere in these modules but before a jump through the table.
  for (let at = 0; at + 1 < bytes.length; at++) if (bytes[at] === op && bytes[at + 1] === 0) found++
  return found
}

test('Jumps forward go straight there, jumps back through the table, and the function does the same', async () => {
  const before = await moduleOf(jumps)
  const after = straightenJumps(before)
  expect(WebAssembly.validate(after)).toBe(true)
  expect([count(before, 0x21), count(after, 0x21)]).toEqual([4, 1])
  for (let block = 0; block < 6; block++)
    for (let way = 0; way < 5; way++) expect(run(after)(block, way)).toBe(run(before)(block, way))
})

test('A function without a table, and one whose table is another, stay as they are', async () => {
  const other = await moduleOf(`(module
    (func (export "run") (param i32) (result i32)
      (loop $entry (block (block (br_table 0 1 (local.get 0))) (local.set 0 (i32.const 5)) (br $entry)))
      (local.get 0))
    (func (param i32) (result i32) (i32.add (local.get 0) (i32.const -5))))`)
  expect(straightenJumps(other).equals(other)).toBe(true)
})

test('What Go’s linker does not write is refused', async () => {
  const bytes = await moduleOf('(module (func (export "run") (result i32) (i32.const 3)))')
  const at = bytes.lastIndexOf(0x41)
  bytes[at] = 0xfe
  expect(() => straightenJumps(bytes)).toThrow('0xfe')
})
