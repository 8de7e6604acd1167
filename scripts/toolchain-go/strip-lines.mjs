// Go writes into every program what a traceback prints: names, files and lines of all functions, what was inlined where, and
// how arguments look. In our three programs that is a quarter of what is sent. It is blanked here, in a module that Go
// linked: nothing moves, and what the collector and the unwinder of stacks read stays (runtime.moduledata and pcHeader in
// Go's runtime/symtab.go, _func in runtime/runtime2.go, the indexes in internal/abi/symtab.go).
import { leb, section, sectionsOf, toLeb, toSignedLeb } from './wasm-code.mjs'

const dataSection = 11
/** The table's mark since Go 1.20, no padding, instructions of one byte, pointers of eight. */
const tableMark = Buffer.from([0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8])
/** Where `gofunc` stands in moduledata, in words: all descriptions of functions are counted from there. */
const gofuncWord = 40
/** Kinds that only tracebacks read: UnsafePoint (no signals here), InlTreeIndex, ArgLiveIndex; InlTree, ArgInfo, ArgLiveInfo. */
const printedTables = new Set([0, 2, 3])
const printedData = new Set([3, 5, 6])
const stackMaps = new Set([0, 1])
/** Functions that wrap a deferred one (WrapInfo): `recover` counts what is inlined into them. */
const wraps = 7
const none = 0xffffffff
/** Go starts a new segment after eight zeros; each costs some seven bytes, and time when the module is instantiated. */
const zerosBetween = 256

/** Memory as the data section leaves it. */
function imageOf(section) {
  const { value: count, next } = leb(section, 0)
  const segments = []
  for (let at = next; segments.length < count; ) {
    if (section[at] !== 0 || section[at + 1] !== 0x41) throw new Error('a segment of another kind')
    const place = leb(section, at + 2, true)
    const size = leb(section, place.next + 1)
    segments.push({ to: place.value >>> 0, bytes: section.subarray(size.next, size.next + size.value) })
    at = size.next + size.value
  }
  const image = Buffer.alloc(Math.max(0, ...segments.map(({ to, bytes }) => to + bytes.length)))
  for (const { to, bytes } of segments) image.set(bytes, to)
  return image
}

/** A data section that leaves memory like this. */
function sectionOf(image) {
  const parts = []
  let count = 0
  for (let at = 0; at < image.length; ) {
    while (at < image.length && image[at] === 0) at++
    let end = at
    for (let next = at; next < image.length && next - end < zerosBetween; next++) if (image[next] !== 0) end = next + 1
    if (end === at) break
    parts.push(Buffer.from([0, 0x41, ...toSignedLeb(at), 0x0b, ...toLeb(end - at)]), image.subarray(at, end))
    count++
    at = end
  }
  return Buffer.concat([Buffer.from(toLeb(count)), ...parts])
}

/** Where the tables of this program are in memory. Throws when they are not as this Go writes them. */
function tablesOf(image) {
  const word = (at) => Number(image.readBigUInt64LE(at))
  for (let at = image.indexOf(tableMark); at >= 0; at = image.indexOf(tableMark, at + 1)) {
    const [names, units, , counters, functions] = [32, 40, 48, 56, 64].map((more) => at + word(at + more))
    const addresses = Buffer.alloc(16)
    addresses.writeBigUInt64LE(BigInt(at))
    addresses.writeBigUInt64LE(BigInt(names), 8)
    const found = names < image.length ? image.indexOf(addresses) : -1
    if (found < 0) continue
    return { count: word(at + 8), names, units, counters, functions, gofunc: word(found + 8 * gofuncWord) }
  }
  throw new Error('no table of functions was found')
}

/** One _func: its fixed fields, and the places of its two lists. */
function* functionsOf(image, { count, functions }) {
  for (let index = 0; index < count; index++) {
    const at = functions + image.readUInt32LE(functions + 8 * index + 4)
    const places = (from, size) => Array.from({ length: size }, (_, kind) => from + 4 * kind)
    const tables = places(at + 44, image.readUInt32LE(at + 28))
    yield { at, tables, data: places(at + 44 + 4 * tables.length, image[at + 43]) }
  }
}

/** The place behind a table of values by program counter: pairs of differences, up to a difference of nothing. */
function behindTable(image, at) {
  for (let first = true; first || image[at] !== 0; first = false) at = leb(image, leb(image, at).next).next
  return at + 1
}

/** Blanks `from` to `to` but for the ranges in `kept`, pairs of begin and end. */
function blankBetween(image, from, to, kept) {
  for (const [begin, end] of [...kept].sort(([a], [b]) => a - b)) {
    if (begin > from) image.fill(0, from, begin)
    from = Math.max(from, end)
  }
  if (to > from) image.fill(0, from, to)
}

function blank(image, keepsName) {
  const tables = tablesOf(image)
  const keptTables = [[tables.counters, tables.counters + 1]]
  const keptNames = []
  const described = new Map()
  const keepTable = (offset) => {
    if (offset !== 0) keptTables.push([tables.counters + offset, behindTable(image, tables.counters + offset)])
  }
  for (const { at, tables: counters, data } of functionsOf(image, tables)) {
    const name = tables.names + image.readInt32LE(at + 4)
    const end = image.indexOf(0, name)
    const wrapper = data[wraps] !== undefined && image.readUInt32LE(data[wraps]) !== none
    if (keepsName(image.toString('utf8', name, end))) keptNames.push([name, end])
    else image.writeInt32LE(0, at + 4)
    // pcfile, pcln, cuOffset, startLine
    for (const field of [20, 24, 32, 36]) image.writeUInt32LE(0, at + field)
    keepTable(image.readUInt32LE(at + 16))
    for (const [kind, place] of counters.entries())
      if (printedTables.has(kind) && !wrapper) image.writeUInt32LE(0, place)
      else keepTable(image.readUInt32LE(place))
    for (const [kind, place] of data.entries()) {
      const offset = image.readUInt32LE(place)
      if (offset === none) continue
      const printed = printedData.has(kind) && !wrapper
      const known = described.get(offset) ?? { printed: true, map: false }
      described.set(offset, { printed: known.printed && printed, map: known.map || stackMaps.has(kind) })
      if (printed) image.writeUInt32LE(none, place)
    }
  }
  blankDescriptions(image, tables.gofunc, described)
  blankBetween(image, tables.counters, tables.functions, keptTables)
  // Names, then the units of compilation and their files.
  blankBetween(image, tables.names, tables.units, keptNames)
  image.fill(0, tables.units, tables.counters)
}

/** Blanks what nothing but tracebacks reads of what functions are described by: each reaches to the next one. */
function blankDescriptions(image, gofunc, described) {
  const offsets = [...described.keys()].sort((a, b) => a - b)
  for (const [index, offset] of offsets.entries()) {
    const next = offsets[index + 1]
    if (next === undefined) break
    const { printed, map } = described.get(offset)
    // A map of the stack is so many rows of so many bits: only there do all of them fit their places.
    const size = map
      ? 8 + image.readInt32LE(gofunc + offset) * Math.ceil(image.readInt32LE(gofunc + offset + 4) / 8)
      : 0
    if (size > next - offset) throw new Error('descriptions of functions are elsewhere')
    if (printed) image.fill(0, gofunc + offset, gofunc + next)
  }
}

/**
 * The module without what tracebacks print; of a function whose name `keepsName`, the name stays. The runtime itself asks for
 * the names of its own functions (isSystemGoroutine).
 */
export function stripLines(module, keepsName) {
  const parts = sectionsOf(module).map(({ id, start, end }) => {
    const content = module.subarray(start, end)
    if (id !== dataSection) return section(id, content)
    const image = imageOf(content)
    blank(image, keepsName)
    return section(id, sectionOf(image))
  })
  return Buffer.concat([module.subarray(0, 8), ...parts])
}
