// Go's object files (cmd/internal/goobj) without what plugins do not reach: functions that are left out keep their place,
// so that every reference stays right, but have no code; symbols that only they use, and debugging data (plugins are linked
// with -w), go. A function without code carries a relocation of no known kind: a program that reaches it does not link,
// loudly, and is linked with the full archives instead (src/compile-worker/toolchains/go/build.ts).
import { archiveEntries } from './archive.mjs'

const magic = '\0go120ld'
/** Blocks of a file in their order; their offsets follow magic, fingerprint and flags. */
const [symdef, hashed64, hashed, nonpkgdef] = [3, 4, 5, 6]
const [hash, relocIndex, auxIndex, dataIndex] = [10, 11, 12, 13]
const [reloc, aux, data, refName, end] = [14, 15, 16, 17, 18]
const blocks = 19
const offsetsAt = magic.length + 8 + 4
const [symbolBytes, relocBytes, auxBytes, hashBytes] = [21, 23, 9, 16]
const hashedPackage = 2 ** 31 - 3
/** No relocation of Go has this number. */
const noRelocation = 0x7fff

const isText = (type) => type === 1 || type === 2
/** Descriptions of functions and their lines (objabi.SDWARFFCN, SDWARFLINES of Go 1.26): plugins are linked without. */
const isDebug = (type) => type === 14 || type === 20
const funcInfo = 1
const isDebugAux = (type) => type >= 3 && type <= 6

/** A `_go_.o` without what is not in `keeps(symbol, name)`. */
function leanObject(content, keeps, hashes, rewrite) {
  const start = content.indexOf(magic, 0, 'latin1')
  if (start < 0) return content
  const file = content.subarray(start)
  const offsets = Array.from({ length: blocks }, (_, index) => file.readUInt32LE(offsetsAt + 4 * index))
  const count = (block, size) => (offsets[block + 1] - offsets[block]) / size
  const counts = [symdef, hashed64, hashed, nonpkgdef].map((block) => count(block, symbolBytes))
  const total = counts.reduce((sum, value) => sum + value, 0)
  const hashedFrom = counts[0] + counts[1]
  const hashedTo = hashedFrom + counts[2]
  const range = (block, symbol) => [0, 4].map((more) => file.readUInt32LE(offsets[block] + 4 * symbol + more))
  const symbolAt = (symbol) => offsets[symdef] + symbolBytes * symbol
  const type = (symbol) => file[symbolAt(symbol) + 10]
  const name = (symbol) => {
    const [length, offset] = [0, 4].map((more) => file.readUInt32LE(symbolAt(symbol) + more))
    return file.toString('utf8', offset, offset + length)
  }

  const isHashed = (symbol) => symbol >= hashedFrom && symbol < hashedTo
  const blank = Array.from({ length: total }, (_, symbol) => {
    if (isHashed(symbol)) return true
    return isDebug(type(symbol)) || (isText(type(symbol)) && !keeps(symbol, symbol < hashedTo ? '' : name(symbol)))
  })
  const auxOf = (symbol) => {
    const [from, to] = range(auxIndex, symbol)
    const entries = Array.from({ length: to - from }, (_, index) => offsets[aux] + auxBytes * (from + index))
    // Of a function without code, its description stays: functions into which it was inlined name its first line.
    const wanted = blank[symbol] ? (kind) => kind === funcInfo : (kind) => !isDebugAux(kind)
    return entries.filter((at) => wanted(file[at]))
  }
  const relocsOf = (symbol) => {
    const [from, to] = range(relocIndex, symbol)
    return Array.from({ length: to - from }, (_, index) => offsets[reloc] + relocBytes * (from + index))
  }

  /** What is kept keeps the content-addressed symbols of this file that it refers to. */
  const keepWithReferences = (first) => {
    const waiting = [first]
    for (let symbol = waiting.pop(); symbol !== undefined; symbol = waiting.pop()) {
      if (isHashed(symbol)) blank[symbol] = false
      const relocs = blank[symbol] ? [] : relocsOf(symbol)
      for (const at of [...relocs.map((place) => place + 15), ...auxOf(symbol).map((place) => place + 1)]) {
        if (file.readUInt32LE(at) !== hashedPackage) continue
        const found = hashedFrom + file.readUInt32LE(at + 4)
        if (blank[found]) waiting.push(found)
        blank[found] = false
      }
    }
  }
  for (let symbol = 0; symbol < total; symbol++) if (!isHashed(symbol)) keepWithReferences(symbol)

  const hashOf = (symbol) =>
    file.toString('latin1', ...[0, 1].map((more) => offsets[hash] + hashBytes * (symbol - hashedFrom + more)))
  if (!rewrite) {
    for (let symbol = hashedFrom; symbol < hashedTo; symbol++) if (!blank[symbol]) hashes.add(hashOf(symbol))
    return content
  }
  // The linker takes the first of equal ones and lays them out in the order in which it met them: so that this order stays,
  // what one archive keeps every archive keeps.
  for (let symbol = hashedFrom; symbol < hashedTo; symbol++) if (hashes.has(hashOf(symbol))) keepWithReferences(symbol)
  // They are known only here, so those that are left out give up their place.
  const moved = new Map()
  for (let symbol = hashedFrom; symbol < hashedTo; symbol++)
    if (!blank[symbol]) moved.set(symbol - hashedFrom, moved.size)
  const stays = Array.from({ length: total }, (_, symbol) => symbol).filter((s) => !isHashed(s) || !blank[s])

  const redirect = (bytes, at) => {
    if (bytes.readUInt32LE(at) === hashedPackage) bytes.writeUInt32LE(moved.get(bytes.readUInt32LE(at + 4)), at + 4)
    return bytes
  }
  const copy = (at, size) => Buffer.from(file.subarray(at, at + size))
  const oneByte = Buffer.alloc(1)
  const refusal = Buffer.alloc(relocBytes)
  refusal[4] = 1
  refusal.writeUInt16LE(noRelocation, 5)

  const parts = { [reloc]: [], [aux]: [], [data]: [], [relocIndex]: [], [auxIndex]: [], [dataIndex]: [] }
  const at = { [reloc]: 0, [aux]: 0, [data]: 0 }
  const add = (block, entries, size) => {
    parts[block].push(...entries)
    at[block] += size
  }
  const mark = () => {
    parts[relocIndex].push(at[reloc])
    parts[auxIndex].push(at[aux])
    parts[dataIndex].push(at[data])
  }
  for (const symbol of stays) {
    mark()
    if (!blank[symbol]) {
      const relocs = relocsOf(symbol).map((place) => redirect(copy(place, relocBytes), 15))
      add(reloc, relocs, relocs.length)
      const extra = auxOf(symbol).map((place) => redirect(copy(place, auxBytes), 1))
      add(aux, extra, extra.length)
      const [from, to] = range(dataIndex, symbol)
      add(data, [file.subarray(offsets[data] + from, offsets[data] + to)], to - from)
    } else if (isText(type(symbol))) {
      add(reloc, [refusal], 1)
      // A function without any content would be taken for a reference by go:linkname.
      add(data, [oneByte], 1)
      const described = auxOf(symbol).map((place) => redirect(copy(place, auxBytes), 1))
      add(aux, described, described.length)
    }
  }
  mark()

  const whole = (block) => file.subarray(offsets[block], offsets[block + 1])
  const kept = (block, size) =>
    Buffer.concat(
      [...moved.keys()].map((index) =>
        file.subarray(offsets[block] + size * index, offsets[block] + size * (index + 1)),
      ),
    )
  const numbers = (values) => {
    const bytes = Buffer.alloc(4 * values.length)
    for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, 4 * index)
    return bytes
  }
  const content2 = []
  for (let block = 0; block < end; block++) {
    if (block === hashed) content2.push(kept(block, symbolBytes))
    else if (block === hash) content2.push(kept(block, hashBytes))
    else if ([relocIndex, auxIndex, dataIndex].includes(block)) content2.push(numbers(parts[block]))
    else if ([reloc, aux, data].includes(block)) content2.push(Buffer.concat(parts[block]))
    // Names of references, for tools that print objects.
    else content2.push(block === refName ? Buffer.alloc(0) : whole(block))
  }
  const head = Buffer.from(file.subarray(0, offsets[0]))
  let offset = offsets[0]
  for (let block = 0; block < blocks; block++) {
    head.writeUInt32LE(offset, offsetsAt + 4 * block)
    offset += content2[block]?.length ?? 0
  }
  return Buffer.concat([content.subarray(0, start), head, ...content2])
}

/** Notes in `hashes` the content-addressed symbols that the lean form of an archive needs: of all, before any is made. */
export function noteHashes(archive, keeps, hashes) {
  for (const { name, content } of archiveEntries(archive))
    if (name === '_go_.o') leanObject(content, keeps, hashes, false)
}

/**
 * The archive with a lean object of its Go part; `keeps(symbol, name)` decides by index, or by name where a symbol has one
 * across archives. What is written in assembly stays as it is: it is small, and the linker asks for some of it by name.
 */
export function leanArchive(archive, keeps, hashes) {
  const members = []
  for (const { name, start, content } of archiveEntries(archive)) {
    const header = Buffer.from(archive.subarray(start, start + 60))
    const changed = name === '_go_.o' ? leanObject(content, keeps, hashes, true) : content
    header.write(String(changed.length).padEnd(10), 48, 'latin1')
    members.push(header, changed, Buffer.alloc(changed.length % 2))
  }
  return Buffer.concat([archive.subarray(0, 8), ...members])
}
