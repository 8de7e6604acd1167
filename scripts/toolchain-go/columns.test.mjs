import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  archiveByColumns as again,
  restoreArchive,
  shortenHashes,
} from '../../src/compile-worker/toolchains/go/columns.ts'
import { archiveByColumns } from './columns.mjs'

const anything = (length) =>
  fc
    .nat()
    .map((seed) => Buffer.from(Array.from({ length }, (_, at) => (Math.imul(seed + at, 0x9e3779b1) ^ seed) >>> 13)))

/** An object file of so many symbols, relocations and the like, with any content. */
const object = fc
  .tuple(fc.nat(12), fc.nat(12), fc.nat(9), fc.uint8Array({ maxLength: 40 }))
  .chain(([symbols, relocs, aux, data]) => {
    const sizes = [0, 0, 0, 21 * symbols, 0, 0, 0, 8, 0, 8, 16, 4 * (symbols + 1), 4 * (symbols + 1), 4 * (symbols + 1)]
    const blocks = [...sizes, 23 * relocs, 9 * aux, data.length, 5]
    const head = Buffer.alloc(20 + 19 * 4)
    head.write('\0go120ld', 0, 'latin1')
    let offset = head.length
    for (const [index, size] of [...blocks, 0].entries()) {
      head.writeUInt32LE(offset, 20 + 4 * index)
      offset += size
    }
    return anything(offset - head.length).map((bytes) => Buffer.concat([Buffer.from('go object\n!\n'), head, bytes]))
  })

const entry = (name, content) => {
  const header = Buffer.alloc(60, ' ')
  header.write(name, 0)
  header.write(String(content.length), 48)
  return Buffer.concat([header, content, Buffer.alloc(content.length % 2)])
}

test('what is laid out by columns comes back byte for byte but for half of its hashes, and nothing grows', {
  timeout: 60_000,
}, () => {
  const archive = fc
    .tuple(fc.uint8Array({ maxLength: 9 }), fc.array(object, { maxLength: 3 }))
    .map(([definition, objects]) =>
      Buffer.concat([
        Buffer.from('!<arch>\n'),
        entry('__.PKGDEF', Buffer.from(definition)),
        ...objects.map((content, index) => entry(`${index}.o`, content)),
      ]),
    )
  fc.assert(
    fc.property(archive, (bytes) => {
      const columns = archiveByColumns(bytes)
      expect(columns.length).toBe(bytes.length)
      restoreArchive(columns)
      // As one that was compiled in the tab.
      const compiled = Buffer.from(bytes)
      shortenHashes(compiled)
      expect(columns.equals(compiled)).toBe(true)
      expect(Buffer.from(again(compiled)).equals(archiveByColumns(bytes))).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('numbers that go on as the ones before become nothing', () => {
  const symbols = 40
  const [blocks, head] = [[...Array(3).fill(0), 21 * symbols, ...Array(14).fill(0)], Buffer.alloc(20 + 19 * 4)]
  head.write('\0go120ld', 0, 'latin1')
  let offset = head.length
  for (const [index, size] of [...blocks, 0].entries()) {
    head.writeUInt32LE(offset, 20 + 4 * index)
    offset += size
  }
  const table = Buffer.alloc(21 * symbols)
  for (let symbol = 0; symbol < symbols; symbol++) {
    table.writeUInt32LE(7, 21 * symbol)
    table.writeUInt32LE(1000 + 7 * symbol, 21 * symbol + 4)
  }
  const bytes = Buffer.concat([Buffer.from('!<arch>\n'), entry('_go_.o', Buffer.concat([head, table]))])
  const columns = archiveByColumns(bytes)
  const held = [...columns.subarray(8 + 60 + head.length)].filter((byte) => byte !== 0)
  expect(held).toEqual([...Array(symbols).fill(7), 1000 & 0xff, 1000 >> 8])
})

test('of a hash eight bytes stay, and nothing else of an object file changes', () => {
  const [head, hashes] = [Buffer.alloc(20 + 19 * 4), Buffer.alloc(32, 0xaa)]
  head.write('\0go120ld', 0, 'latin1')
  for (let block = 0; block < 19; block++) head.writeUInt32LE(head.length + (block > 10 ? 32 : 0), 20 + 4 * block)
  const archive = (kept) => Buffer.concat([Buffer.from('!<arch>\n'), entry('_go_.o', Buffer.concat([head, kept]))])
  const shorter = archive(hashes)
  shortenHashes(shorter)
  const half = Buffer.concat([Buffer.alloc(8, 0xaa), Buffer.alloc(8)])
  expect(shorter.equals(archive(Buffer.concat([half, half])))).toBe(true)
})
