import { expect, test } from 'vitest'
import { ChunkPool, Chunks } from './chunks.ts'

test('chunks that a rewind leaves empty are used again, so that an event which is not kept needs no fresh memory', () => {
  let made = 0
  const pool = new ChunkPool(4, 8, (length) => {
    if (length > 0) made++
    return new Uint8Array(length)
  })
  const chunks = new Chunks(pool)
  const mark = chunks.mark()
  for (let event = 0; event < 100; event++) {
    chunks.reserve(10)
    chunks.used += 10
    chunks.reserve(10)
    chunks.used += 10
    chunks.rewind(mark)
  }
  expect(made).toBe(2)
  expect(chunks.length).toBe(0)
})

test('what stands before the mark stays where it is', () => {
  const chunks = new Chunks(new ChunkPool(4, 8, (length) => new Uint8Array(length)))
  chunks.reserve(3)
  chunks.current.set([1, 2, 3], chunks.used)
  chunks.used += 3
  const mark = chunks.mark()
  chunks.reserve(20)
  chunks.current.fill(9)
  chunks.used += 20
  chunks.rewind(mark)
  expect(chunks.length).toBe(3)
  expect([...new Uint8Array(chunks.join())]).toEqual([1, 2, 3])
})
