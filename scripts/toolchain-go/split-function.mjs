// One function in two halves, each of which has some of its blocks and hands over to the other for the rest.
import * as wasm from './wasm-code.mjs'

/** What the called half answers when the other is to go on; functions of Go answer 0, or 1 when they are left unfinished. */
const goOn = 2

/** The locals that some blocks use, but for the block's number and the stack pointer, which is a global too. */
export function referencedLocals(bytes, { blocks }, which) {
  const found = new Set()
  for (const [index, { start, end }] of blocks.entries()) {
    if (!which[index]) continue
    for (let at = start; at < end; ) {
      const op = bytes[at]
      if (op === wasm.localGet || op === wasm.localSet || op === wasm.localTee) {
        const { value, next } = wasm.leb(bytes, at + 1)
        if (value > 1) found.add(value)
        at = next
      } else at = behindAny(bytes, at)
    }
  }
  return [...found].sort((a, b) => a - b)
}

function behindAny(bytes, at) {
  const op = bytes[at]
  if (op === wasm.blockOp || op === wasm.loopOp || op === wasm.ifOp) return wasm.behind(bytes, at + 1)
  return op === wasm.endOp || op === wasm.elseOp ? at + 1 : wasm.behindPlain(bytes, at)
}

const set = (handed) =>
  handed.flatMap(({ local, global }) => [wasm.localGet, ...wasm.toLeb(local), wasm.globalSet, ...wasm.toLeb(global)])
const take = (handed) =>
  handed.flatMap(({ local, global }) => [wasm.globalGet, ...wasm.toLeb(global), wasm.localSet, ...wasm.toLeb(local)])
const stackPointer = [wasm.globalGet, 0, wasm.localSet, 1]

/** What stands behind the blocks of a half, where a jump to a block of the other half leads. */
export const handOver = {
  take,
  /** Of the half that others call: `slot` is the other's place in the second table, `next` the global of the block's number. */
  call: (handed, slot, type, next) =>
    Buffer.from([
      ...set(handed),
      ...[wasm.localGet, 0, wasm.i32Const, ...wasm.toSignedLeb(slot), wasm.callIndirectOp, ...wasm.toLeb(type), 1],
      ...[wasm.localTee, 0, wasm.i32Const, goOn, 0x46, wasm.ifOp, wasm.noResult],
      ...take(handed),
      ...stackPointer,
      ...[wasm.globalGet, ...wasm.toLeb(next), wasm.localSet, 0, wasm.brOp, 1, wasm.endOp],
      ...[wasm.localGet, 0, wasm.returnOp],
    ]),
  /** Of the half that is called. */
  giveBack: (handed, next) =>
    Buffer.from([
      ...set(handed),
      ...[wasm.localGet, 0, wasm.globalSet, ...wasm.toLeb(next), wasm.i32Const, goOn, wasm.returnOp],
    ]),
}

/**
 * The body of a half: the blocks that `own` names, with `behind` after them. `calls` rewrites calls, if given; `first` is
 * done before anything else.
 */
export function half(bytes, shape, declared, own, behind, calls, first = []) {
  const { targets, blocks, leavable } = shape
  const count = own.filter(Boolean).length
  // The label of each block of this half, as it is where the table stands; that of the hand-over is the last.
  let label = 0
  const labels = own.map((has) => (has ? label++ : count))
  const outer = leavable ? [wasm.blockOp, wasm.noResult] : []
  const head = Buffer.from([
    ...stackPointer,
    ...first,
    ...outer,
    ...[wasm.loopOp, wasm.noResult, wasm.blockOp, wasm.noResult, 1],
    ...Array.from({ length: count }, () => [wasm.blockOp, wasm.noResult]).flat(),
    ...[wasm.localGet, 0, wasm.brTableOp, ...wasm.toLeb(targets.length - 1)],
    ...targets.flatMap((target) => wasm.toLeb(labels[target])),
  ])
  const parts = [declared, head]
  let closed = 0
  for (const [index, block] of blocks.entries()) {
    if (!own[index]) continue
    parts.push(Buffer.from([wasm.endOp]))
    closed++
    const ends = code(bytes, block, blocks.length - index - 1, count - closed + 1, calls, parts)
    if (ends || own[index + 1] === true) continue
    if (index === blocks.length - 1) parts.push(Buffer.from([0]))
    else {
      const number = targets.indexOf(index + 1)
      if (number < 0) throw new Error('a block that no number leads to')
      const jump = [
        wasm.i32Const,
        ...wasm.toSignedLeb(number),
        wasm.localSet,
        0,
        wasm.brOp,
        ...wasm.toLeb(count - closed),
      ]
      parts.push(Buffer.from(jump))
    }
  }
  parts.push(Buffer.from([wasm.endOp]), behind, Buffer.from([wasm.endOp, 0]))
  parts.push(Buffer.from(leavable ? [wasm.endOp, wasm.i32Const, 1, wasm.endOp] : [wasm.endOp]))
  return Buffer.concat(parts)
}

/**
 * Copies the code of one block to `parts`, where `open` labels were between it and the loop and now `now` are. Answers
 * whether it never runs into the next one.
 */
function code(bytes, { start, end }, open, now, calls, parts) {
  let copied = start
  let depth = 0
  let last
  const put = (at, next, replaced) => {
    parts.push(bytes.subarray(copied, at), Buffer.from(replaced))
    copied = next
  }
  for (let at = start; at < end; ) {
    const op = bytes[at]
    last = depth === 0 ? op : undefined
    if (op === wasm.brTableOp) throw new Error('a table of jumps inside a block')
    if (op === wasm.brOp || op === wasm.brIfOp) {
      const { value, next } = wasm.leb(bytes, at + 1)
      if (value >= depth) {
        // The loop, or the block around it: nothing else is jumped to from within.
        if (value < depth + open) throw new Error('a jump that goes by no number')
        put(at, next, [op, ...wasm.toLeb(value - open + now)])
      }
      at = next
    } else if (op === wasm.callOp && calls !== undefined) {
      const { value, next } = wasm.leb(bytes, at + 1)
      put(at, next, calls.to(value))
      at = next
    } else {
      if (op === wasm.blockOp || op === wasm.loopOp || op === wasm.ifOp) depth++
      else if (op === wasm.endOp) depth--
      at = behindAny(bytes, at)
    }
  }
  parts.push(bytes.subarray(copied, end))
  return last === wasm.brOp || last === wasm.returnOp || last === 0
}
