// A program in two modules: what builds of usual plugins were seen to run, and the rest. A function that never ran is only
// called by way of a table, which the rest fills when it is there; of a function that ran in part the blocks that did not are
// in the rest, and what its locals hold is handed over in globals. So V8 compiles, and optimises, less than half of the code,
// and the rest need not be loaded. What the program computes stays the same.
import { blocksOf } from './blocks.mjs'
import { half, handOver, referencedLocals } from './split-function.mjs'
import * as wasm from './wasm-code.mjs'
import {
  customName,
  globalTypes,
  importedFunctions,
  localTypes,
  namesOf,
  numbers,
  tablePlaces,
  typesOf,
} from './wasm-sections.mjs'

const [typeSection, importSection, functionSection, tableSection, globalSection] = [1, 2, 3, 4, 6]
const [exportSection, elementSection] = [7, 9]
const [tableKind, memoryKind, globalKind] = [1, 2, 3]
const funcref = 0x70
/** The limits of an import that takes a memory of any size. */
const anyMemory = [0, 0]

/** Fewer bytes than this are not worth a hand-over. */
const worthwhile = 300

const text = (name) => [...wasm.toLeb(Buffer.byteLength(name)), ...Buffer.from(name)]

/**
 * What Go's runtime runs depends on chance (which goroutine is next, where a map begins): a function of it that ran at all
 * stays whole.
 */
const byChance =
  /^(?:runtime|sync|internal_(?:runtime|sync|poll|reflectlite|syscall|cpu|abi|bytealg|chacha8rand)|syscall)[._]/

/**
 * @param module  as Go's linker wrote it, with the names of its functions; the program and the rest have none
 * @param seen  whether a block ran, by its number as seen-blocks.mjs counts them
 * @returns `{ program, rest }`
 */
export function splitRest(module, seen) {
  const list = wasm.sectionsOf(module)
  const content = (id) => {
    const found = list.find((entry) => entry.id === id)
    return found === undefined ? undefined : module.subarray(found.start, found.end)
  }
  const types = typesOf(content(typeSection))
  const plain = types.findIndex(({ params, results }) => String([params, results]) === String([[0x7f], [0x7f]]))
  const imported = importedFunctions(content(importSection))
  const typeOf = numbers(content(functionSection))
  const places = tablePlaces(content(elementSection))
  const globals = wasm.leb(content(globalSection), 0)
  const spill = spillGlobals(globals.value)
  const names = namesOf(module, list)

  /** Whether code calls what only the program can call: the host, or a function that is in no table. */
  const callsHost = (from, to) => {
    let found = false
    eachCall(module, from, to, (index) => {
      if (index < imported || places.get(index) === undefined) found = true
    })
    return found
  }

  const hot = []
  const cold = []
  /** By function: its place among those of the rest. */
  const moved = new Map()
  let number = 0
  for (const [index, body] of wasm.bodiesOf(module).entries()) {
    const shape = blocksOf(module, body)
    const first = number
    number += shape === undefined ? 1 : shape.blocks.length
    const size = body.end - body.start
    const whole = () => module.subarray(body.start, body.end)
    const chance = byChance.test(names.get(imported + index) ?? '')
    const movable = typeOf[index] === plain && !callsHost(body.start, body.end)
    const ran = shape === undefined ? [seen(first)] : shape.blocks.map((_, block) => seen(first + block))
    if (!movable || ran.every(Boolean) || (chance && ran.some(Boolean))) {
      hot.push(whole())
      continue
    }
    if (!ran.some(Boolean)) {
      if (size < 24) {
        hot.push(whole())
        continue
      }
      moved.set(imported + index, cold.length)
      hot.push(() => thunk(moved.get(imported + index), plain))
      cold.push((calls) => rewritten(module, body, calls))
      continue
    }
    const coldBytes = shape.blocks.reduce((sum, { start, end }, block) => (ran[block] ? sum : sum + end - start), 0)
    if (coldBytes < worthwhile) {
      hot.push(whole())
      continue
    }
    const locals = localTypes(module, body.start)
    const handed = spill.places(
      referencedLocals(
        module,
        shape,
        ran.map((did) => !did),
      ),
      locals,
    )
    const slot = cold.length
    const declared = module.subarray(body.start, shape.locals)
    hot.push(() => half(module, shape, declared, ran, handOver.call(handed, slot, plain, spill.next), undefined))
    cold.push((calls) =>
      half(
        module,
        shape,
        declared,
        ran.map((did) => !did),
        handOver.giveBack(handed, spill.next),
        calls,
        handOver.take(handed),
      ),
    )
  }
  const calls = {
    /** The code of a call from the rest: of its own functions directly, of the program's by the table. */
    to: (index) =>
      moved.has(index)
        ? [wasm.callOp, ...wasm.toLeb(moved.get(index))]
        : [
            wasm.i32Const,
            ...wasm.toSignedLeb(places.get(index)),
            wasm.callIndirectOp,
            ...wasm.toLeb(typeOf[index - imported]),
            0,
          ],
  }
  const bodies = hot.map((body) => (typeof body === 'function' ? body() : body))
  const restBodies = cold.map((body) => body(calls))
  const table = [funcref, 0, ...wasm.toLeb(cold.length)]
  const parts = [module.subarray(0, 8)]
  for (const { id, start, end } of list) {
    const all = module.subarray(start, end)
    if (id === 0 && customName(all) === 'name') continue
    const { value: count, next } = wasm.leb(module, start)
    const items = module.subarray(next, end)
    if (id === tableSection) parts.push(wasm.section(id, wasm.toLeb(count + 1), items, table))
    else if (id === globalSection)
      parts.push(wasm.section(id, wasm.toLeb(count + spill.types.length), items, ...spill.types.map(zeroGlobal)))
    else if (id === exportSection) {
      const more = [
        [...text('proxyground_table'), tableKind, 0],
        [...text('proxyground_rest'), tableKind, 1],
        ...spill.types.map((_, at) => [...text(`handed${at}`), globalKind, ...wasm.toLeb(globals.value + at)]),
      ]
      parts.push(wasm.section(id, wasm.toLeb(count + more.length), items, ...more))
    } else if (id === wasm.codeSection) parts.push(wasm.codeOf(bodies))
    else parts.push(wasm.section(id, all))
  }
  return { program: Buffer.concat(parts), rest: restModule() }

  function restModule() {
    const imports = [
      [...text('program'), ...text('memory'), memoryKind, ...anyMemory],
      [...text('program'), ...text('proxyground_table'), tableKind, funcref, 0, 0],
      [...text('program'), ...text('proxyground_rest'), tableKind, funcref, 0, 0],
      ...globalTypes(content(globalSection)).map((type, at) => [
        ...text('program'),
        ...text(`global${at}`),
        globalKind,
        type,
        1,
      ]),
      ...spill.types.map((type, at) => [...text('program'), ...text(`handed${at}`), globalKind, type, 1]),
    ]
    const functions = Array.from({ length: cold.length }, (_, at) => wasm.toLeb(at)).flat()
    const elements = [2, 1, wasm.i32Const, 0, wasm.endOp, 0, ...wasm.toLeb(cold.length)]
    return Buffer.concat([
      module.subarray(0, 8),
      wasm.section(typeSection, content(typeSection)),
      wasm.section(importSection, wasm.toLeb(imports.length), ...imports),
      wasm.section(functionSection, wasm.toLeb(cold.length), Buffer.alloc(cold.length, plain)),
      wasm.section(elementSection, [1], elements, functions),
      wasm.codeOf(restBodies),
    ])
  }
}

/** A function that lives in the rest, for those that call it here. */
const thunk = (slot, type) =>
  Buffer.from([
    0,
    wasm.localGet,
    0,
    wasm.i32Const,
    ...wasm.toSignedLeb(slot),
    wasm.callIndirectOp,
    ...wasm.toLeb(type),
    1,
    wasm.endOp,
  ])

function rewritten(module, { start, end }, calls) {
  const parts = []
  let copied = start
  eachCall(module, start, end, (index, at, next) => {
    parts.push(module.subarray(copied, at), Buffer.from(calls.to(index)))
    copied = next
  })
  return Buffer.concat([...parts, module.subarray(copied, end)])
}

/** Tells of every direct call in a body. */
function eachCall(module, start, end, tell) {
  for (let at = wasm.behindLocals(module, start); at < end; ) {
    const op = module[at]
    if (op === wasm.callOp) {
      const { value, next } = wasm.leb(module, at + 1)
      tell(value, at, next)
      at = next
    } else if (op === wasm.blockOp || op === wasm.loopOp || op === wasm.ifOp) at = wasm.behind(module, at + 1)
    else at = op === wasm.endOp || op === wasm.elseOp ? at + 1 : wasm.behindPlain(module, at)
  }
}

/** Globals that hand over locals: one for each type and place among the locals of that type, and one for the block's number. */
function spillGlobals(first) {
  const types = [0x7f]
  const known = new Map()
  return {
    types,
    next: first,
    places(indices, locals) {
      const used = new Map()
      return indices.map((local) => {
        const type = locals[local]
        const count = used.get(type) ?? 0
        used.set(type, count + 1)
        const key = `${type}:${count}`
        if (!known.has(key)) {
          known.set(key, first + types.length)
          types.push(type)
        }
        return { local, global: known.get(key) }
      })
    },
  }
}

const zeroOf = { 127: [wasm.i32Const, 0], 126: [0x42, 0], 125: [0x43, 0, 0, 0, 0], 124: [0x44, 0, 0, 0, 0, 0, 0, 0, 0] }
const zeroGlobal = (type) => [type, 1, ...zeroOf[type], wasm.endOp]
