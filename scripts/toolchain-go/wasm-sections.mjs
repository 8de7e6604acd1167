// What the sections of a module say, as far as Go's linker writes it.
import * as wasm from './wasm-code.mjs'

const functionKind = 0
const numberTypes = [0x7f, 0x7e, 0x7d, 0x7c]

export function localTypes(bytes, at) {
  const types = [0x7f]
  let { value: groups, next } = wasm.leb(bytes, at)
  for (; groups > 0; groups--) {
    const count = wasm.leb(bytes, next)
    const type = bytes[count.next]
    if (!numberTypes.includes(type)) throw new Error('a local of a type that is not known')
    for (let more = count.value; more > 0; more--) types.push(type)
    next = count.next + 1
  }
  return types
}

/** The module without the names of functions. */
export function withoutNames(module) {
  const parts = wasm.sectionsOf(module).flatMap(({ id, start, end }) => {
    const content = module.subarray(start, end)
    return id === 0 && customName(content) === 'name' ? [] : [wasm.section(id, content)]
  })
  return Buffer.concat([module.subarray(0, 8), ...parts])
}

export const customName = (content) => {
  const { value: length, next } = wasm.leb(content, 0)
  return content.subarray(next, next + length).toString()
}

/** Names of functions, by their number. */
export function namesOf(module, list) {
  const names = new Map()
  for (const { id, start, end } of list) {
    const content = module.subarray(start, end)
    if (id !== 0 || customName(content) !== 'name') continue
    let at = wasm.leb(content, 0).next + 'name'.length
    // The names of functions are the only ones that Go's linker writes.
    if (content[at] !== 1) throw new Error('names of another kind than those of functions')
    at = wasm.behind(content, at + 1)
    const { value: count, next } = wasm.leb(content, at)
    at = next
    for (let read = 0; read < count; read++) {
      const index = wasm.leb(content, at)
      const length = wasm.leb(content, index.next)
      at = length.next + length.value
      names.set(index.value, content.subarray(length.next, at).toString())
    }
  }
  if (names.size === 0) throw new Error('functions without names')
  return names
}

/** All LEB128 numbers of a list that begins with its length. */
export function numbers(bytes) {
  const { value: count, next } = wasm.leb(bytes, 0)
  const found = []
  for (let at = next; found.length < count; ) {
    const entry = wasm.leb(bytes, at)
    found.push(entry.value)
    at = entry.next
  }
  return found
}

export function typesOf(bytes) {
  const { value: count, next } = wasm.leb(bytes, 0)
  const types = []
  for (let at = next; types.length < count; ) {
    if (bytes[at] !== 0x60) throw new Error('a type that is no function')
    const params = wasm.leb(bytes, at + 1)
    const results = wasm.leb(bytes, params.next + params.value)
    types.push({
      params: [...bytes.subarray(params.next, params.next + params.value)],
      results: [...bytes.subarray(results.next, results.next + results.value)],
    })
    at = results.next + results.value
  }
  return types
}

export function importedFunctions(bytes) {
  const { value: count, next } = wasm.leb(bytes, 0)
  let at = next
  for (let index = 0; index < count; index++) {
    for (let name = 0; name < 2; name++) {
      const length = wasm.leb(bytes, at)
      at = length.next + length.value
    }
    if (bytes[at] !== functionKind) throw new Error('an import that is no function')
    at = wasm.behind(bytes, at + 1)
  }
  return count
}

/** By function its place in the table of the program, whose one element segment begins at a constant. */
export function tablePlaces(bytes) {
  const { value: segments, next } = wasm.leb(bytes, 0)
  if (segments !== 1 || bytes[next] !== 0 || bytes[next + 1] !== wasm.i32Const)
    throw new Error('a table of another shape')
  const offset = wasm.leb(bytes, next + 2, true)
  const list = numbers(bytes.subarray(offset.next + 1))
  return new Map(list.map((index, at) => [index, offset.value + at]))
}

export function globalTypes(bytes) {
  const { value: count, next } = wasm.leb(bytes, 0)
  const types = []
  for (let at = next; types.length < count; ) {
    types.push(bytes[at])
    at = wasm.behindPlain(bytes, at + 2) + 1
  }
  return types
}
