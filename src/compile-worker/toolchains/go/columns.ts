/** Of Go's object files (cmd/internal/goobj): where their offsets stand, and how many bytes a record of each table has. */
const MAGIC = '\0go120ld'
const OFFSETS_AT = 20
const [SYMBOLS, BEHIND_SYMBOLS, RELOC_INDEX, AUX_INDEX, DATA_INDEX, RELOCS, AUX] = [3, 7, 11, 12, 13, 14, 15]
const [SYMBOL_BYTES, RELOC_BYTES, AUX_BYTES] = [21, 23, 9]
const HASHES = 10
const [HASH_BYTES, HASH_KEPT] = [16, 8]
const ENTRY_HEADER = 60

/**
 * Lays the tables of an archive's object files out again, in their place: in a pack they stand column by column, numbers as
 * differences to what the one before lets expect (scripts/toolchain-go/columns.mjs).
 */
export function restoreArchive(archive: Uint8Array): void {
  eachObject(archive, restoreObject)
}

/** A copy of an archive as it was in its pack: what the difference to the whole one is a difference to. */
export function archiveByColumns(archive: Uint8Array): Uint8Array {
  const copy = new Uint8Array(archive)
  eachObject(copy, objectByColumns)
  return copy
}

/**
 * Makes the hashes of an archive that was compiled here, by which the linker finds equal content-addressed symbols, as long as
 * those of the packs, in its place: eight bytes, then zeros. Two of a hundred thousand that differ are taken for one in less than
 * one of a thousand million bundles.
 */
export function shortenHashes(archive: Uint8Array): void {
  eachObject(archive, (file) => {
    const view = new DataView(file.buffer, file.byteOffset, file.length)
    const [from, to] = [HASHES, HASHES + 1].map((block) => view.getUint32(OFFSETS_AT + 4 * block, true))
    for (let at = from ?? 0; at < (to ?? 0); at += HASH_BYTES) file.fill(0, at + HASH_KEPT, at + HASH_BYTES)
  })
}

function eachObject(archive: Uint8Array, change: (file: Uint8Array) => void): void {
  for (let at = 8; at + ENTRY_HEADER <= archive.length; ) {
    const size = Number(latin1(archive, at + 48, at + 58))
    const content = archive.subarray(at + ENTRY_HEADER, at + ENTRY_HEADER + size)
    const start = latin1(content, 0, 1024).indexOf(MAGIC)
    if (start >= 0) change(content.subarray(start))
    at += ENTRY_HEADER + size + (size % 2)
  }
}

const latin1 = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

function restoreObject(file: Uint8Array): void {
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  const offset = (block: number) => view.getUint32(OFFSETS_AT + 4 * block, true)
  const [symbols, behind] = [offset(SYMBOLS), offset(BEHIND_SYMBOLS)]
  restoreTable(file, symbols, behind, SYMBOL_BYTES)
  for (let at = symbols + SYMBOL_BYTES; at < behind; at += SYMBOL_BYTES) {
    const last = at - SYMBOL_BYTES
    const expected = view.getUint32(last, true) + view.getUint32(last + 4, true)
    view.setUint32(at + 4, view.getUint32(at + 4, true) + expected, true)
  }
  for (const index of [RELOC_INDEX, AUX_INDEX, DATA_INDEX]) {
    const [from, to] = [offset(index), offset(index + 1)]
    restoreTable(file, from, to, 4)
    // The data of a symbol is as long as the symbol, mostly.
    let size = symbols + 13
    for (let at = from + 4; at < to; at += 4, size += SYMBOL_BYTES) {
      const expected = view.getUint32(at - 4, true) + (index === DATA_INDEX ? view.getUint32(size, true) : 0)
      view.setUint32(at, view.getUint32(at, true) + expected, true)
    }
  }
  const [relocs, aux] = [offset(RELOCS), offset(AUX)]
  restoreTable(file, relocs, aux, RELOC_BYTES)
  for (let at = relocs + RELOC_BYTES; at < aux; at += RELOC_BYTES)
    view.setUint32(at, view.getUint32(at, true) + view.getUint32(at - RELOC_BYTES, true), true)
  restoreTable(file, aux, offset(AUX + 1), AUX_BYTES)
}

/** Makes columns of bytes records of `width` bytes again. */
function restoreTable(file: Uint8Array, from: number, to: number, width: number): void {
  // Not slice(): of a Buffer that is no copy.
  const columns = new Uint8Array(file.subarray(from, to))
  const count = columns.length / width
  let at = 0
  for (let column = 0; column < width; column++)
    for (let place = from + column; place < to; place += width) file[place] = columns[at++] ?? 0
  if (at !== count * width) throw new Error('A table of an object file has an odd length.')
}

function objectByColumns(file: Uint8Array): void {
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  const offset = (block: number) => view.getUint32(OFFSETS_AT + 4 * block, true)
  const less = (at: number, expected: number) => view.setUint32(at, view.getUint32(at, true) - expected, true)
  const [symbols, behind] = [offset(SYMBOLS), offset(BEHIND_SYMBOLS)]
  // From the last record to the first: each is the difference to one that is still whole.
  for (const index of [RELOC_INDEX, AUX_INDEX, DATA_INDEX]) {
    const [from, to] = [offset(index), offset(index + 1)]
    for (let at = to - 4; at > from; at -= 4) {
      const size = symbols + SYMBOL_BYTES * ((at - from) / 4 - 1) + 13
      less(at, view.getUint32(at - 4, true) + (index === DATA_INDEX ? view.getUint32(size, true) : 0))
    }
    tableByColumns(file, from, to, 4)
  }
  for (let at = behind - SYMBOL_BYTES; at > symbols; at -= SYMBOL_BYTES) {
    const last = at - SYMBOL_BYTES
    less(at + 4, view.getUint32(last, true) + view.getUint32(last + 4, true))
  }
  tableByColumns(file, symbols, behind, SYMBOL_BYTES)
  const [relocs, aux] = [offset(RELOCS), offset(AUX)]
  for (let at = aux - RELOC_BYTES; at > relocs; at -= RELOC_BYTES) less(at, view.getUint32(at - RELOC_BYTES, true))
  tableByColumns(file, relocs, aux, RELOC_BYTES)
  tableByColumns(file, aux, offset(AUX + 1), AUX_BYTES)
}

/** Makes records of `width` bytes columns of bytes. */
function tableByColumns(file: Uint8Array, from: number, to: number, width: number): void {
  const records = new Uint8Array(file.subarray(from, to))
  let at = from
  for (let column = 0; column < width; column++)
    for (let place = column; place < records.length; place += width) file[at++] = records[place] ?? 0
}
