// Reading and writing the binary format of WebAssembly, as far as Go's linker writes it.

export const codeSection = 10
export const [blockOp, loopOp, ifOp, elseOp, endOp, brOp, brIfOp, brTableOp, returnOp] = [
  2, 3, 4, 5, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f,
]
export const [callOp, callIndirectOp, localGet, localSet, localTee, globalGet, globalSet, i32Const] = [
  0x10, 0x11, 0x20, 0x21, 0x22, 0x23, 0x24, 0x41,
]
export const noResult = 0x40

/** Reads LEB128 at `at`, signed or not, as a number of 32 bits: `value`, and `next`, the place behind it. */
export function leb(bytes, at, signed = false) {
  let value = 0
  for (let shift = 0; ; shift += 7, at++) {
    if (shift < 32) value |= (bytes[at] & 0x7f) << shift
    if (bytes[at] >= 0x80) continue
    if (signed && shift + 7 < 32 && (bytes[at] & 0x40) !== 0) value |= -1 << (shift + 7)
    return { value: signed ? value : value >>> 0, next: at + 1 }
  }
}

export function toLeb(value) {
  const bytes = []
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80)
  return [...bytes, value]
}

/** A number of 32 bits, as a constant of an instruction has it. */
export function toSignedLeb(value) {
  const bytes = []
  let left = value | 0
  for (; left < -0x40 || left >= 0x40; left >>= 7) bytes.push((left & 0x7f) | 0x80)
  return [...bytes, left & 0x7f]
}

/** The place behind `count` numbers of LEB128. */
export function behind(bytes, at, count = 1) {
  for (; count > 0; at++) if (bytes[at] < 0x80) count--
  return at
}

/** The place behind an instruction that opens and closes nothing. Throws for one that Go's linker does not write. */
export function behindPlain(bytes, at) {
  const op = bytes[at++]
  if (op <= 1 || op === returnOp || op === 0x1a || op === 0x1b || (op >= 0x45 && op <= 0xc4)) return at
  if (op === brOp || op === brIfOp || op === callOp || (op >= 0x20 && op <= 0x24)) return behind(bytes, at)
  if (op === 0x3f || op === 0x40 || op === i32Const || op === 0x42) return behind(bytes, at)
  if (op === callIndirectOp || (op >= 0x28 && op <= 0x3e)) return behind(bytes, at, 2)
  if (op === brTableOp) {
    const { value: count, next } = leb(bytes, at)
    return behind(bytes, next, count + 1)
  }
  if (op === 0x43) return at + 4
  if (op === 0x44) return at + 8
  if (op === 0xfc) {
    const { value: kind, next } = leb(bytes, at)
    if (kind <= 7) return next
    if (kind <= 11) return behind(bytes, next, kind % 2 === 0 ? 2 : 1)
  }
  throw new Error(`an instruction that is not known: 0x${op.toString(16)}`)
}

/** The place behind the locals that a function declares. */
export function behindLocals(bytes, at) {
  const { value: groups, next } = leb(bytes, at)
  at = next
  for (let group = 0; group < groups; group++) at = behind(bytes, at) + 1
  return at
}

/** The sections of a module in order: number, and where the content begins and ends. */
export function sectionsOf(module) {
  const found = []
  for (let at = 8; at < module.length; ) {
    const { value: size, next } = leb(module, at + 1)
    found.push({ id: module[at], start: next, end: next + size })
    at = next + size
  }
  return found
}

/** A section with this content. */
export const section = (id, ...parts) => {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)))
  return Buffer.concat([Buffer.from([id, ...toLeb(content.length)]), content])
}

/** Where the bodies of a module's own functions begin, with their locals, and end. */
export function bodiesOf(module) {
  const code = sectionsOf(module).find(({ id }) => id === codeSection)
  const bodies = []
  let { value: count, next: at } = leb(module, code.start)
  for (; count > 0; count--) {
    const { value: size, next } = leb(module, at)
    bodies.push({ start: next, end: next + size })
    at = next + size
  }
  return bodies
}

/** A code section of these bodies. */
export const codeOf = (bodies) =>
  section(codeSection, toLeb(bodies.length), ...bodies.flatMap((body) => [toLeb(body.length), body]))
