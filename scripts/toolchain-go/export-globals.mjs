// Go's stack pointer and other registers are globals that a module does not export. Who sets a program's memory back has to
// set them back too, so they are exported here, as `global0` and on.
import { leb, section, sectionsOf, toLeb } from './wasm-code.mjs'

const [globalSection, exportSection] = [6, 7]
const globalKind = 3

/** The module with all of its own globals exported. It imports none, as Go's do not. */
export function exportGlobals(module) {
  const list = sectionsOf(module)
  const globals = list.find(({ id }) => id === globalSection)
  if (globals === undefined) return module
  const { value: count } = leb(module, globals.start)
  const entries = Array.from({ length: count }, (_, index) => {
    const name = Buffer.from(`global${index}`)
    return Buffer.from([name.length, ...name, globalKind, ...toLeb(index)])
  })
  const parts = list.map(({ id, start, end }) => {
    if (id !== exportSection) return section(id, module.subarray(start, end))
    const { value: exported, next } = leb(module, start)
    return section(id, toLeb(exported + count), module.subarray(next, end), ...entries)
  })
  return Buffer.concat([module.subarray(0, 8), ...parts])
}
