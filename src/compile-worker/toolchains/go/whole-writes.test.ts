import { File, OpenFile, WASI } from '@bjorn3/browser_wasi_shim'
import { expect, test } from 'vitest'
import { wholeWrites } from './whole-writes.ts'

/** A file that a program has open as number 3, and its `fd_write` of the bytes from 1,000 on. */
function opened(content: Uint8Array) {
  const memory = new WebAssembly.Memory({ initial: 4 })
  const file = new File(content)
  const wasi = new WASI([], [], [], { debug: false })
  wasi.fds[3] = new OpenFile(file)
  wasi.inst = { exports: { memory } }
  const { fd_write: write } = wholeWrites(wasi, () => memory)
  if (typeof write !== 'function') throw new Error('there is no fd_write')
  return {
    file,
    write(length: number, byte: number): number {
      new Uint8Array(memory.buffer).fill(byte, 1000, 1000 + length)
      const view = new DataView(memory.buffer)
      view.setUint32(0, 1000, true)
      view.setUint32(4, length, true)
      expect(Number(write(3, 0, 1, 8))).toBe(0)
      return view.getUint32(8, true)
    },
  }
}

test('what is written to an empty file in one go is there, and what follows comes behind it', () => {
  const { file, write } = opened(new Uint8Array())
  expect(write(100_000, 1)).toBe(100_000)
  expect(write(100_000, 2)).toBe(100_000)
  expect(write(3, 3)).toBe(3)
  const expected = new Uint8Array(200_003).fill(1, 0, 100_000).fill(2, 100_000).fill(3, 200_000)
  expect(Buffer.compare(file.data, expected)).toBe(0)
})

test('what is written over the beginning of a file leaves the rest of it', () => {
  const { file, write } = opened(new Uint8Array(150_000).fill(9))
  expect(write(100_000, 1)).toBe(100_000)
  expect(Buffer.compare(file.data, new Uint8Array(150_000).fill(9).fill(1, 0, 100_000))).toBe(0)
})
