import { expect, test } from 'vitest'
import { GuestMemory } from '../abi/memory.ts'
import { envFunctions } from '../host/registry.ts'
import { lookAtMemory } from './memory-look.ts'

const page = 65_536

function looked(name: string, slots: readonly number[], call: (memory: WebAssembly.Memory) => void = () => undefined) {
  const memory = new WebAssembly.Memory({ initial: 1 })
  new Uint8Array(memory.buffer).set(new TextEncoder().encode('plugin_name'), 1030)
  const fn = envFunctions('0_2_100', 'higress').get(name)
  if (fn === undefined) throw new Error(name)
  const end = lookAtMemory(fn, new GuestMemory(memory), slots)
  call(memory)
  return end()
}

const text = (bytes: Uint8Array, from: number, size: number) =>
  new TextDecoder().decode(bytes.subarray(from, from + size))

test('an argument is seen with what stands around it, from a multiple of 16 on', () => {
  const { pieces, sizeBefore } = looked('proxy_log', [2, 1030, 11])
  expect(sizeBefore).toBe(page)
  expect(pieces).toMatchObject([
    { name: 'message', role: 'argument', pointer: 1030, size: 11, at: 1024, outside: false },
  ])
  expect(text(pieces[0]?.after ?? new Uint8Array(), 6, 11)).toBe('plugin_name')
  expect(pieces[0]?.after.length).toBe(32)
})

test('what the call wrote is seen as it was and as it is, and the block it points to', () => {
  const { pieces, sizeAfter } = looked('proxy_get_property', [1030, 11, 2048, 2052], (memory) => {
    memory.grow(1)
    const view = new DataView(memory.buffer)
    view.setUint32(2048, 70_000, true)
    view.setUint32(2052, 5, true)
    new Uint8Array(memory.buffer).set(new TextEncoder().encode('hello'), 70_000)
  })
  expect(sizeAfter).toBe(2 * page)
  expect(pieces.map(({ role, pointer, size }) => [role, pointer, size])).toEqual([
    ['argument', 1030, 11],
    ['slot', 2048, 4],
    ['slot', 2052, 4],
    ['result', 70_000, 5],
  ])
  expect(pieces[1]?.before.slice(0, 4)).toEqual(new Uint8Array(4))
  expect(pieces[1]?.after.slice(0, 4)).toEqual(new Uint8Array(new Uint32Array([70_000]).buffer))
  expect(text(pieces[3]?.after ?? new Uint8Array(), 0, 5)).toBe('hello')
})

test.each([
  ['past the end', [2, page - 4, 8], true],
  ['far outside', [2, -16, 8], true],
  ['of a length that no memory has', [2, 1030, -1], true],
  ['nothing at the very end', [2, page, 0], false],
])('a pointer %s never makes the host throw', (_name, slots, outside) => {
  const [piece] = looked('proxy_log', slots).pieces
  expect(piece?.outside).toBe(outside)
  expect(piece?.after.length).toBeLessThanOrEqual(544)
})
