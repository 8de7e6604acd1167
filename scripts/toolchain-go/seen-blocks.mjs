// Which basic blocks of a program run: a copy of it notes them in globals, a bit for each.
import { blocksOf } from './blocks.mjs'
import * as wasm from './wasm-code.mjs'

const [globalSection, exportSection] = [6, 7]
const exportedGlobal = 3
const bits = 32

/** Numbers of a function's notes: its entry, or of a function with blocks each of these. */
function places(module) {
  let count = 0
  return wasm.bodiesOf(module).map((body) => {
    const shape = blocksOf(module, body)
    const first = count
    count += shape === undefined ? 1 : shape.blocks.length
    return { body, shape, first }
  })
}

/** The module with notes. */
export function withNotes(module) {
  const functions = places(module)
  const list = wasm.sectionsOf(module)
  const own = wasm.leb(module, list.find(({ id }) => id === globalSection).start).value
  const last = functions.at(-1)
  const total = Math.ceil((last.first + (last.shape?.blocks.length ?? 1)) / bits)
  const note = (number) => {
    const global = wasm.toLeb(own + Math.floor(number / bits))
    // A constant of one bit, as signed LEB128.
    const bit = wasm.toSignedLeb(1 << (number % bits))
    return Buffer.from([wasm.globalGet, ...global, wasm.i32Const, ...bit, 0x72, wasm.globalSet, ...global])
  }
  const bodies = functions.map(({ body, shape, first }) => {
    const starts =
      shape === undefined ? [wasm.behindLocals(module, body.start)] : shape.blocks.map(({ start }) => start)
    const parts = []
    let copied = body.start
    for (const [index, start] of starts.entries()) {
      parts.push(module.subarray(copied, start), note(first + index))
      copied = start
    }
    return Buffer.concat([...parts, module.subarray(copied, body.end)])
  })
  const zero = Buffer.from([0x7f, 1, wasm.i32Const, 0, wasm.endOp])
  const parts = [module.subarray(0, 8)]
  for (const { id, start, end } of list) {
    const { value: count, next } = wasm.leb(module, start)
    if (id === globalSection) {
      const more = Array.from({ length: total }, () => zero)
      parts.push(wasm.section(id, wasm.toLeb(count + total), module.subarray(next, end), ...more))
    } else if (id === exportSection) {
      const more = Array.from({ length: total }, (_, index) => {
        const name = Buffer.from(`seen${index}`)
        return Buffer.from([name.length, ...name, exportedGlobal, ...wasm.toLeb(own + index)])
      })
      parts.push(wasm.section(id, wasm.toLeb(count + total), module.subarray(next, end), ...more))
    } else if (id === wasm.codeSection) parts.push(wasm.codeOf(bodies))
    else parts.push(wasm.section(id, module.subarray(start, end)))
  }
  return Buffer.concat(parts)
}

/** What an instance of such a module has noted: words of 32 bits. */
export function notesOf(exports) {
  const words = []
  for (let index = 0; exports[`seen${index}`] !== undefined; index++) words.push(exports[`seen${index}`].value >>> 0)
  return words
}

/** Whether a block was seen, by these words: of each function, of each of its blocks (of one without, the whole). */
export const seenIn = (words) => (number) => ((words[Math.floor(number / bits)] >>> (number % bits)) & 1) === 1
