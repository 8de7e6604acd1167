// A function as Go's linker writes it: a loop around a table of jumps, and the basic blocks behind it, each of which can be
// jumped to by its number in the table and is left by a jump or into the next one. Nothing but the locals lives from one to the
// next, and the shadow stack in memory.
import * as wasm from './wasm-code.mjs'

/** The stack pointer, kept in local 1; and the block that calls leave which have to be gone on with later. */
const beginnings = [
  [0x23, 0, 0x21, 1, wasm.blockOp, wasm.noResult],
  [0x23, 0, 0x21, 1],
]

const startsWith = (bytes, at, wanted) => wanted.every((byte, index) => bytes[at + index] === byte)

/**
 * The blocks of the function in `bytes` from `start` to `end`, undefined for one of another shape: `targets`, by number which
 * block it is; `blocks`, where their code is; `leavable`, whether there is the outer block; `locals`, where the code begins.
 */
export function blocksOf(bytes, { start, end }) {
  const locals = wasm.behindLocals(bytes, start)
  const beginning = beginnings.find((wanted) => startsWith(bytes, locals, wanted))
  if (beginning === undefined) return undefined
  let at = locals + beginning.length
  if (bytes[at] !== wasm.loopOp || bytes[at + 1] !== wasm.noResult) return undefined
  at += 2
  let count = 0
  for (; startsWith(bytes, at, [wasm.blockOp, wasm.noResult]); at += 2) count++
  if (count === 0 || !startsWith(bytes, at, [wasm.localGet, 0, wasm.brTableOp])) return undefined
  const { value: length, next } = wasm.leb(bytes, at + 3)
  const targets = []
  for (at = next; targets.length < length + 1; ) {
    const target = wasm.leb(bytes, at)
    targets.push(target.value)
    at = target.next
  }
  if (bytes[at] !== wasm.endOp || targets.some((target) => target >= count)) return undefined
  const blocks = []
  for (at += 1; blocks.length < count; ) {
    const closed = endOfBlock(bytes, at)
    blocks.push({ start: at, end: closed })
    at = closed + 1
  }
  const leavable = beginning === beginnings[0]
  const rest = leavable ? [0, wasm.endOp, wasm.i32Const, 1, wasm.endOp] : [0, wasm.endOp]
  if (end - at !== rest.length || !startsWith(bytes, at, rest)) return undefined
  return { locals, targets, blocks, leavable }
}

/** The place of the `end` that closes what was open at `at`. */
function endOfBlock(bytes, at) {
  for (let depth = 0; ; ) {
    const op = bytes[at]
    if (op === wasm.endOp) {
      if (depth === 0) return at
      depth--
      at++
    } else if (op === wasm.blockOp || op === wasm.loopOp || op === wasm.ifOp) {
      depth++
      at = wasm.behind(bytes, at + 1)
    } else at = op === wasm.elseOp ? at + 1 : wasm.behindPlain(bytes, at)
  }
}
