// Go's compiler jumps between the basic blocks of a function through one loop: it writes down the number of the next block and
// goes back to a table of jumps at the function's beginning. V8 takes each of these for one more round of a loop as long as the
// function, so that large functions seem hot after some hundred jumps, and its optimising compiler sees thousands of ways
// into one loop. A jump forward needs none of that: the block that it goes to is still open. Here such jumps, in a module that
// Go linked, go straight there. What the program computes stays the same.

import {
  behind,
  behindLocals,
  behindPlain,
  blockOp,
  bodiesOf,
  brIfOp,
  brOp,
  brTableOp,
  codeOf,
  codeSection,
  elseOp,
  endOp,
  i32Const,
  ifOp,
  leb,
  localGet,
  localSet,
  loopOp,
  noResult,
  section,
  sectionsOf,
  toLeb,
} from './wasm-code.mjs'

/**
 * The table of jumps behind a `loop`: how many blocks it opens, and which of them, innermost first, each number leads to. A
 * block around them that begins with `nop` is the way to the function's other half (split-function.mjs), which wants the number.
 */
function tableAt(bytes, at) {
  let blocks = 0
  const halved = bytes[at] === blockOp && bytes[at + 2] === 1 ? 1 : 0
  if (halved === 1) at += 3
  for (; bytes[at] === blockOp && bytes[at + 1] === noResult; at += 2) blocks++
  if (blocks === 0 || bytes[at] !== localGet || bytes[at + 1] !== 0 || bytes[at + 2] !== brTableOp) return undefined
  const { value: count, next } = leb(bytes, at + 3)
  const targets = []
  for (at = next; targets.length < count; ) {
    const target = leb(bytes, at)
    targets.push(target.value)
    at = target.next
  }
  return { blocks, targets, halved }
}

/** `i32.const number, local.set 0, br depth`: the number, the depth and the place behind; undefined for anything else. */
function jumpAt(bytes, at) {
  if (bytes[at] !== i32Const) return undefined
  const { value: number, next } = leb(bytes, at + 1, true)
  if (bytes[next] !== localSet || bytes[next + 1] !== 0 || bytes[next + 2] !== brOp) return undefined
  const { value: depth, next: end } = leb(bytes, next + 3)
  return { number, depth, end }
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
    if (target === undefined || target < closed || target >= table.blocks) return undefined
    return inside - loop - table.halved - table.blocks + target
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
      if (table !== undefined && depth === loop + table.halved + table.blocks - closed) closed++
      depth--
      at++
    } else at = op === elseOp ? at + 1 : behindPlain(bytes, at)
  }
  pieces.push(bytes.subarray(copied, to))
  return pieces
}

/** The module with all its jumps forward made straight. */
export function straightenJumps(module) {
  const parts = sectionsOf(module).map(({ id, start, end }) =>
    id === codeSection ? codeOf(straightBodies(module)) : section(id, module.subarray(start, end)),
  )
  return Buffer.concat([module.subarray(0, 8), ...parts])
}

const straightBodies = (module) =>
  bodiesOf(module).map(({ start, end }) => Buffer.concat(straightened(module, start, end)))
