import { decodePairs } from '../abi/pairs.ts'
import { Status } from '../abi/status.ts'
import { byteString } from '../abi/text.ts'
import type { CallEvents } from '../trace/call-events.ts'
import { type Place, Read } from './adapter-layout.ts'
import type { Guest } from './guest.ts'

/** An argument as it comes from wasm. */
export type Slot = number | bigint
export type Slots = readonly Slot[]

/** The values of i32 slots are numbers: the module's types were checked when it was linked. */
export function slotNumber(slots: Slots, index: number): number {
  const value = slots[index]
  return typeof value === 'number' ? value : 0
}

/** Decodes every argument, and records it at `at` of `words` if that is not negative, also behind a bad one; enums are judged before memory. */
export function readArgs(
  guest: Guest,
  calls: CallEvents,
  places: readonly Place[],
  slots: Slots,
  values: unknown[],
  words: Int32Array,
  at: number,
  fault: number,
): number {
  let status: number = Status.Ok
  const { memory: guestMemory } = guest
  // Nothing here enters the guest, so it does not grow meanwhile.
  const memory = guestMemory.bytes
  for (let index = 0; index < places.length; index++) {
    const place = places[index]
    if (place === undefined) continue
    const { read, slot, word } = place
    if (read <= Read.enum) {
      const raw = slotNumber(slots, slot)
      const value = read === Read.signed ? raw | 0 : raw >>> 0
      values[index] = value
      if (at >= 0 && word >= 0) words[at + word] = value
      if (read === Read.enum && value > place.max) {
        const { name, max } = place
        status = guest.refuse(Status.BadArgument, { code: 'enum-out-of-range', argument: name, value, max })
      }
    } else if (read === Read.i64) {
      const raw = slots[slot]
      const value = typeof raw === 'bigint' ? raw : 0n
      values[index] = value
      if (at >= 0) setBig(words, at + word, value)
    } else {
      const pointer = slotNumber(slots, slot) >>> 0
      const size = slotNumber(slots, slot + 1) >>> 0
      if (pointer + size > memory.length) {
        if (at >= 0) calls.setBytes(words, at + word, memory, 0, -1)
        if (status === Status.Ok) {
          status = guest.refuse(fault, { code: 'out-of-bounds', argument: place.name, pointer, size })
        }
        continue
      }
      if (read === Read.text) {
        const kept = guestMemory.keptText(pointer, size)
        values[index] = kept === undefined ? byteString(memory, pointer, pointer + size) : kept.text
        if (at >= 0) {
          if (kept === undefined) calls.setBytes(words, at + word, memory, pointer, size)
          else calls.setText(words, at + word, memory, pointer, kept)
        }
      } else {
        if (at >= 0) calls.setBytes(words, at + word, memory, pointer, size)
        const bytes = memory.subarray(pointer, pointer + size)
        values[index] = read === Read.bytes ? bytes : decodePairs(bytes)
      }
    }
  }
  return status
}

export function setBig(words: Int32Array, at: number, value: bigint): void {
  words[at] = Number(BigInt.asIntN(32, value))
  words[at + 1] = Number(BigInt.asIntN(32, value >> 32n))
}
