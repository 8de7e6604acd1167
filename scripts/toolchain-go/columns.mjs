// Go's object files are tables of small records. Column by column, each number as the difference to what the one before lets
// expect, brotli makes an eighth less of them. A file stays as long as it was, and is laid out again in its place by
// src/compile-worker/toolchains/go/columns.ts.
import { archiveEntries } from './archive.mjs'

const magic = '\0go120ld'
const offsetsAt = magic.length + 8 + 4
/** Blocks of a file: its symbols' definitions in four of them, three lists of where a symbol's own begin, and those. */
const [symdef, behindSymbols, indexes, reloc, aux] = [3, 7, [11, 12, 13], 14, 15]
const dataIndex = 13
const [symbolBytes, relocBytes, auxBytes] = [21, 23, 9]
/** What tells content-addressed symbols apart: a hash each, of which the linker has only this half (columns.ts). */
const [hash, hashBytes, hashKept] = [10, 16, 8]

/** Gives each record of `width` bytes as columns of bytes; `write(record, index)` may change it before. */
function byColumns(block, width, change = () => undefined) {
  const count = block.length / width
  const before = Buffer.from(block)
  for (let row = count - 1; row >= 0; row--) change(before, row * width)
  for (let row = 0; row < count; row++)
    for (let column = 0; column < width; column++) block[column * count + row] = before[row * width + column]
}

/** Makes the number at `at` the difference to `expected`. */
const less = (bytes, at, expected) => bytes.writeUInt32LE((bytes.readUInt32LE(at) - expected) >>> 0, at)

function objectByColumns(file) {
  const offsets = Array.from({ length: 19 }, (_, index) => file.readUInt32LE(offsetsAt + 4 * index))
  const block = (from, to = from + 1) => file.subarray(offsets[from], offsets[to])
  for (let at = offsets[hash]; at < offsets[hash + 1]; at += hashBytes) file.fill(0, at + hashKept, at + hashBytes)
  // Before the symbols: the data of one is as long as it, mostly.
  const symbols = block(symdef, behindSymbols)
  for (const index of indexes) {
    const sizeBefore = (at) => (index === dataIndex ? symbols.readUInt32LE(symbolBytes * (at / 4 - 1) + 13) : 0)
    byColumns(block(index), 4, (bytes, at) => {
      if (at > 0) less(bytes, at, bytes.readUInt32LE(at - 4) + sizeBefore(at))
    })
  }
  // The name of a symbol begins where that of the one before ends.
  byColumns(symbols, symbolBytes, (bytes, at) => {
    const last = at - symbolBytes
    if (at > 0) less(bytes, at + 4, bytes.readUInt32LE(last) + bytes.readUInt32LE(last + 4))
  })
  byColumns(block(reloc), relocBytes, (bytes, at) => {
    if (at > 0) less(bytes, at, bytes.readUInt32LE(at - relocBytes))
  })
  byColumns(block(aux), auxBytes)
}

/** A copy of an archive with the tables of its object files by columns, and half of each hash. */
export function archiveByColumns(archive) {
  const copy = Buffer.from(archive)
  for (const { content } of archiveEntries(copy)) {
    const start = content.subarray(0, 1024).indexOf(magic, 0, 'latin1')
    if (start >= 0) objectByColumns(content.subarray(start))
  }
  return copy
}
