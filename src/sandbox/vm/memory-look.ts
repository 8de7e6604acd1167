import type { MemoryLook, MemoryPiece } from '../../model/guest-look.ts'
import type { GuestMemory } from '../abi/memory.ts'
import type { EnvFunction } from '../host/call.ts'
import { layout, Read, Write } from './adapter-layout.ts'

type Slots = readonly (number | bigint)[]
type Wanted = Pick<MemoryPiece, 'name' | 'role' | 'pointer' | 'size'>

/** No more of a piece is kept than a person would look at. */
const longest = 512
const line = 16

/** Begins a look at the memory around a host call's pointers; the answer, called after the call, ends it. */
export function lookAtMemory(fn: EnvFunction, memory: GuestMemory, slots: Slots): () => MemoryLook {
  const sizeBefore = memory.size
  const wanted = pointersOf(fn, slots)
  const before = wanted.map((piece) => copyAround(memory, piece))
  return () => ({
    sizeBefore,
    sizeAfter: memory.size,
    pieces: [
      ...wanted.map((piece, index) => pieceOf(memory, piece, before[index] ?? new Uint8Array())),
      ...resultsOf(fn, memory, slots).map((piece) => pieceOf(memory, piece, copyAround(memory, piece))),
    ],
  })
}

const number = (slots: Slots, slot: number): number => Number(slots[slot] ?? 0) >>> 0

/** Pointers among the arguments: of bytes to read, and of words where a result goes. */
function pointersOf(fn: EnvFunction, slots: Slots): readonly Wanted[] {
  const { params, outs } = layout(fn)
  const given = params.flatMap(({ name, read, slot }, index): Wanted[] => {
    if (read >= Read.bytes)
      return [{ name, role: 'argument', pointer: number(slots, slot), size: number(slots, slot + 1) }]
    return fn.params[index]?.kind === 'address'
      ? [{ name, role: 'argument', pointer: number(slots, slot), size: 4 }]
      : []
  })
  const written = outs.flatMap(({ name, write, slot }): Wanted[] => {
    const at = (offset: number, size: number): Wanted => ({
      name,
      role: 'slot',
      pointer: number(slots, slot + offset),
      size,
    })
    return write >= Write.bytes ? [at(0, 4), at(1, 4)] : [at(0, write === Write.u64 ? 8 : 4)]
  })
  return [...given, ...written]
}

/** The blocks from the guest's allocator that the call wrote pointers to. */
function resultsOf(fn: EnvFunction, memory: GuestMemory, slots: Slots): readonly Wanted[] {
  return layout(fn).outs.flatMap(({ name, write, slot }): Wanted[] => {
    if (write < Write.bytes) return []
    const pointer = memory.readU32(number(slots, slot))
    const size = memory.readU32(number(slots, slot + 1))
    return pointer === undefined || size === undefined || size === 0 ? [] : [{ name, role: 'result', pointer, size }]
  })
}

const firstShown = ({ pointer }: Wanted): number => pointer - (pointer % line)

function copyAround(memory: GuestMemory, piece: Wanted): Uint8Array {
  const from = firstShown(piece)
  const end = Math.ceil((piece.pointer + Math.min(Math.max(piece.size, 1), longest)) / line) * line
  return memory.bytes.slice(Math.min(from, memory.size), Math.min(end, memory.size))
}

const pieceOf = (memory: GuestMemory, piece: Wanted, before: Uint8Array): MemoryPiece => ({
  ...piece,
  outside: !memory.contains(piece.pointer, piece.size),
  at: firstShown(piece),
  before,
  after: copyAround(memory, piece),
})
