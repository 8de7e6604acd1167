import { expect, test } from 'vitest'
import { exportGlobals } from './export-globals.mjs'

/** A module with two globals, one exported function, and a section after the exports; `names` makes the export long. */
function moduleWith(name) {
  const section = (id, ...bytes) => [id, bytes.length, ...bytes]
  const exported = [...Buffer.from(name)]
  const globals = [2, 0x7f, 1, 0x41, 7, 0x0b, 0x7e, 1, 0x42, 9, 0x0b]
  return Buffer.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 0, 0),
    ...section(3, 1, 0),
    ...section(6, ...globals),
    ...section(7, 1, exported.length, ...exported, 0, 0),
    ...section(10, 1, 2, 0, 0x0b),
  ])
}

test.each(['run', 'a'.repeat(110)])('all globals are exported beside what was: %s', async (name) => {
  const { instance } = await WebAssembly.instantiate(exportGlobals(moduleWith(name)))
  const { global0, global1, ...others } = instance.exports
  expect([global0.value, global1.value]).toEqual([7, 9n])
  expect(Object.keys(others)).toEqual([name])
})
