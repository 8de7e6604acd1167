// Go's compiler jumps between the basic blocks of a function through one loop: it writes down the number of the next block and
// goes back to a table of jumps at the function's beginning. V8 takes each of these for one more round of a loop as long as the
// function, so that large functions seem hot after some hundred jumps, and its optimising compiler sees thousands of ways
// into one loop. A jump forward needs none of that: the block that it goes to is still open. Here such jumps, in a module that
// Go linked, go straight there. What the program computes stays the same.

const codeSection = 10
const [blockOp, loopOp, ifOp, elseOp, endOp, brOp, brIfOp, brTableOp] = [2, 3, 4, 5, 0x0b, 0x0c, 0x0d, 0x0e]
const [localGet, localSet, i32Const, noResult] = [0x20, 0x21, 0x41, 0x40]

/** Reads LEB128 at `at`, signed or not, as a number of 32 bits: `value`, and `next`, the place behind it. */
function leb(bytes, at, signed = false) {
  let value = 0
  for (let shift = 0; ; shift += 7, at++) {
    if (shift < 32) value |= (bytes[at] & 0x7f) << shift
    if (bytes[at] >= 0x80) continue
    if (signed && shift + 7 < 32 && (bytes[at] & 0x40) !== 0) value |= -1 << (shift + 7)
    return { value: signed ? value : value >>> 0, next: at + 1 }
  }
}

function toLeb(value) {
  const bytes = []
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80)
  return [...bytes, value]
}

/** The place behind `count` numbers of LEB128. */
function behind(bytes, at, count = 1) {
  for (; count > 0; at++) if (bytes[at] < 0x80) count--
  return at
}

/** The place behind an instruction that opens and closes nothing. Throws for one that Go's linker does not write. */
function behindPlain(bytes, at) {
  const op = bytes[at++]
  if (op <= 1 || op === 0x0f || op === 0x1a || op === 0x1b || (op >= 0x45 && op <= 0xc4)) return at
  if (op === brOp || op === brIfOp || op === 0x10 || (op >= 0x20 && op <= 0x24)) return behind(bytes, at)
  if (op === 0x3f || op === 0x40 || op === 0x41 || op === 0x42) return behind(bytes, at)
  if (op === 0x11 || (op >= 0x28 && op <= 0x3e)) return behind(bytes, at, 2)
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

/** The table of jumps behind a `loop`: how many blocks it opens, and which of them, innermost first, each number leads to. */
function tableAt(bytes, at) {
  let blocks = 0
  for (; bytes[at] === blockOp && bytes[at + 1] === noResult; at += 2) blocks++
  if (blocks === 0 || bytes[at] !== localGet || bytes[at + 1] !== 0 || bytes[at + 2] !== brTableOp) return undefined
  const { value: count, next } = leb(bytes, at + 3)
  const targets = []
  for (at = next; targets.length < count; ) {
    const target = leb(bytes, at)
    targets.push(target.value)
    at = target.next
  }
  return { blocks, targets }
}

/** `i32.const number, local.set 0, br depth`: the number, the depth and the place behind; undefined for anything else. */
function jumpAt(bytes, at) {
  if (bytes[at] !== i32Const) return undefined
  const { value: number, next } = leb(bytes, at + 1, true)
  if (bytes[next] !== localSet || bytes[next + 1] !== 0 || bytes[next + 2] !== brOp) return undefined
  const { value: depth, next: end } = leb(bytes, next + 3)
  return { number, depth, end }
}

/** The place behind the locals that a function declares. */
function behindLocals(bytes, at) {
  const { value: groups, next } = leb(bytes, at)
  at = next
  for (let group = 0; group < groups; group++) at = behind(bytes, at) + 1
  return at
}

/** A function's body from its locals to its end, as pieces that follow each other. */
function straightened(bytes, from, to) {
  const pieces = []
  let copied = from
  let depth = 0
  let table
  let loop = 0
  let closed = 0
  /** The label, as counted from `inside` open labels, that a jump through the table comes to ahead of itself, if it does. */
  const ahead = (jump, inside) => {
    if (table === undefined || jump === undefined || jump.depth !== inside - loop) return undefined
    const target = table.targets[jump.number]
    return target === undefined || target < closed ? undefined : inside - loop - table.blocks + target
  }
  for (let at = behindLocals(bytes, from); at < to; ) {
    const op = bytes[at]
    const condition = op === ifOp && bytes[at + 1] === noResult
    const jump = jumpAt(bytes, condition ? at + 2 : at)
    const whole = condition ? bytes[jump?.end] === endOp : jump !== undefined
    const label = whole ? ahead(jump, depth + (condition ? 1 : 0)) : undefined
    if (label !== undefined) {
      const code = condition ? [brIfOp, ...toLeb(label - 1)] : [brOp, ...toLeb(label)]
      pieces.push(bytes.subarray(copied, at), Buffer.from(code))
      at = copied = jump.end + (condition ? 1 : 0)
      continue
    }
    if (op === blockOp || op === loopOp || op === ifOp) {
      at = behind(bytes, at + 1)
      depth++
      if (op === loopOp && table === undefined) {
        table = tableAt(bytes, at)
        loop = depth
      }
    } else if (op === endOp) {
      if (table !== undefined && depth === loop + table.blocks - closed) closed++
      depth--
      at++
    } else at = op === elseOp ? at + 1 : behindPlain(bytes, at)
  }
  pieces.push(bytes.subarray(copied, to))
  return pieces
}

/** The module with all its jumps forward made straight. */
export function straightenJumps(module) {
  const parts = [module.subarray(0, 8)]
  for (let at = 8; at < module.length; ) {
    const { value: size, next } = leb(module, at + 1)
    if (module[at] === codeSection) {
      const code = Buffer.concat(functionsOf(module, next))
      parts.push(Buffer.from([codeSection, ...toLeb(code.length)]), code)
    } else parts.push(module.subarray(at, next + size))
    at = next + size
  }
  return Buffer.concat(parts)
}

function functionsOf(module, start) {
  const { value: count, next } = leb(module, start)
  const parts = [module.subarray(start, next)]
  let at = next
  for (let index = 0; index < count; index++) {
    const { value: size, next } = leb(module, at)
    const pieces = straightened(module, next, next + size)
    parts.push(Buffer.from(toLeb(pieces.reduce((sum, { length }) => sum + length, 0))), ...pieces)
    at = next + size
  }
  return parts
}
