import type { KeptText } from '../abi/kept-text.ts'
import { pairsSize, sharedPairs } from '../abi/pairs.ts'
import { Status } from '../abi/status.ts'
import type { CallEvents } from '../trace/call-events.ts'
import { type Slots, setBig, slotNumber } from './adapter-arguments.ts'
import { type OutPlace, Write } from './adapter-layout.ts'
import type { Guest } from './guest.ts'

export function clearFirst(guest: Guest, outs: readonly OutPlace[], slots: Slots, fault: number): number {
  for (const { name, write, slot } of outs) {
    if (write === Write.u32First && !guest.memory.writeU32(slotNumber(slots, slot), 0)) {
      return outOfBounds(guest, name, slotNumber(slots, slot), 4, fault)
    }
  }
  return Status.Ok
}

export function writeOut(
  guest: Guest,
  calls: CallEvents,
  place: OutPlace,
  slots: Slots,
  value: unknown,
  words: Int32Array,
  at: number,
  fault: number,
): number {
  const { name, write, slot, word } = place
  const address = slotNumber(slots, slot)
  const { memory } = guest
  const record = at + word
  if (write <= Write.u32First) {
    if (typeof value !== 'number') return Status.Ok
    if (!memory.writeU32(address, value)) return outOfBounds(guest, name, address, 4, fault)
    if (at >= 0) {
      words[record] = 1
      words[record + 1] = value
    }
    return Status.Ok
  }
  if (write === Write.u64) {
    if (typeof value !== 'bigint') return Status.Ok
    if (!memory.writeU64(address, value)) return outOfBounds(guest, name, address, 8, fault)
    if (at >= 0) {
      words[record] = 1
      setBig(words, record + 1, value)
    }
    return Status.Ok
  }
  const sizeAddress = slotNumber(slots, slot + 1)
  if (write === Write.optionalBytes) {
    if (address === 0 && sizeAddress === 0) return Status.Ok
    if (value !== undefined && blockSize(value) === 0) return writeEmpty(guest, calls, place, slots, words, at, fault)
    return writeBlock(guest, calls, place, address, sizeAddress, value ?? '', words, at, fault)
  }
  return value === undefined
    ? Status.Ok
    : writeBlock(guest, calls, place, address, sizeAddress, value, words, at, fault)
}

/** A result of no bytes is asked from the allocator all the same, unlike elsewhere (seen with foreign functions). */
function writeEmpty(
  guest: Guest,
  calls: CallEvents,
  place: OutPlace,
  slots: Slots,
  words: Int32Array,
  at: number,
  fault: number,
): number {
  const { memory } = guest
  const [address, sizeAddress] = [slotNumber(slots, place.slot), slotNumber(slots, place.slot + 1)]
  const allocated = guest.allocate(0)
  if (allocated === 'trapped') return guest.refuse(fault, { code: 'allocator', detail: allocated })
  const pointer = typeof allocated === 'number' ? allocated : 0
  if (!memory.writeU32(address, pointer)) return outOfBounds(guest, place.name, address, 4, fault)
  if (!memory.writeU32(sizeAddress, 0)) return outOfBounds(guest, place.name, sizeAddress, 4, fault)
  if (at >= 0) {
    words[at + place.word] = 1
    calls.setBytes(words, at + place.word + 1, memory.bytes, 0, 0)
  }
  return Status.Ok
}

/** Allocates, writes the content, then pointer, then size. Nothing to write: zeros, and the allocator is not called. */
function writeBlock(
  guest: Guest,
  calls: CallEvents,
  place: OutPlace,
  address: number,
  sizeAddress: number,
  value: unknown,
  words: Int32Array,
  at: number,
  fault: number,
): number {
  const { memory } = guest
  const size = blockSize(value)
  let pointer = 0
  let text: KeptText | undefined
  let pairs: Uint8Array | undefined
  if (size > 0) {
    const allocated = guest.allocate(size)
    if (typeof allocated !== 'number') return guest.refuse(fault, { code: 'allocator', detail: allocated })
    pointer = allocated
    if (typeof value === 'string') text = memory.writeText(pointer, value)
    else if (Array.isArray(value)) {
      // The allocator may have written others.
      pairs = sharedPairs(value, size)
      memory.bytes.set(pairs, pointer)
    } else if (value instanceof Uint8Array) memory.bytes.set(value, pointer)
  }
  const written = memory.writeBlockAt(address, sizeAddress, pointer, size)
  if (written !== 'written')
    return outOfBounds(guest, place.name, written === 'address' ? address : sizeAddress, 4, fault)
  if (at < 0) return Status.Ok
  const record = at + place.word
  words[record] = 1
  // What was written, read again: the two addresses may lie inside the block.
  if (overlaps(pointer, size, address) || overlaps(pointer, size, sizeAddress))
    calls.setBytes(words, record + 1, memory.bytes, pointer, size)
  else if (text !== undefined) calls.setText(words, record + 1, memory.bytes, pointer, text)
  else if (pairs !== undefined) calls.setBytes(words, record + 1, pairs, 0, size)
  else if (value instanceof Uint8Array) calls.setCopy(words, record + 1, memory.bytes, pointer, value)
  else calls.setBytes(words, record + 1, memory.bytes, pointer, size)
  return Status.Ok
}

/** Whether a number at `address` shares bytes with the block. */
const overlaps = (pointer: number, size: number, address: number): boolean => {
  const from = address >>> 0
  return from < pointer + size && pointer < from + 4
}

function blockSize(value: unknown): number {
  if (typeof value === 'string') return value.length
  // An empty map is pointer 0, size 0, not a block that says "no pairs" (5.1).
  if (Array.isArray(value)) return value.length === 0 ? 0 : pairsSize(value)
  return value instanceof Uint8Array ? value.length : 0
}

function outOfBounds(guest: Guest, argument: string, pointer: number, size: number, fault: number): number {
  return guest.refuse(fault, { code: 'out-of-bounds', argument, pointer: pointer >>> 0, size })
}
