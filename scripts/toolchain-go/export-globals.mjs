// Go's stack pointer and other registers are globals that a module does not export. Who sets a program's memory back has to
// set them back too, so they are exported here, as `global0` and on.

const [globalSection, exportSection] = [6, 7]
const globalKind = 3

function* sections(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at]
    const { value: size, next } = leb(bytes, at + 1)
    yield { id, start: at, content: bytes.subarray(next, next + size) }
    at = next + size
  }
}

/** Reads an unsigned LEB128. */
function leb(bytes, at) {
  let value = 0
  for (let shift = 0; ; shift += 7, at++) {
    value += (bytes[at] & 0x7f) * 2 ** shift
    if (bytes[at] < 0x80) return { value, next: at + 1 }
  }
}

function toLeb(value) {
  const bytes = []
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80)
  return [...bytes, value]
}

/** The module with all of its own globals exported. It imports none, as Go's do not. */
export function exportGlobals(module) {
  const list = [...sections(module)]
  const globals = list.find(({ id }) => id === globalSection)
  if (globals === undefined) return module
  const { value: count } = leb(globals.content, 0)
  const entries = Array.from({ length: count }, (_, index) => {
    const name = Buffer.from(`global${index}`)
    return Buffer.from([name.length, ...name, globalKind, ...toLeb(index)])
  })
  const parts = [module.subarray(0, 8)]
  for (const [index, { id, start, content }] of list.entries()) {
    const end = list[index + 1]?.start ?? module.length
    if (id !== exportSection) parts.push(module.subarray(start, end))
    else {
      const { value: exported, next } = leb(content, 0)
      const changed = Buffer.concat([Buffer.from(toLeb(exported + count)), content.subarray(next), ...entries])
      parts.push(Buffer.from([id, ...toLeb(changed.length)]), changed)
    }
  }
  return Buffer.concat(parts)
}
