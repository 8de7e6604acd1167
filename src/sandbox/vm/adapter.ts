import type { Named, Out, Param } from '../abi/declare.ts'
import { decodePairs, pairsSize, writePairs } from '../abi/pairs.ts'
import { Errno, Status } from '../abi/status.ts'
import { byteString, writeByteString } from '../abi/text.ts'
import type { EnvFunction } from '../host/call.ts'
import { outWords, slotWords } from '../trace/signature.ts'
import type { Guest } from './guest.ts'

type Slots = readonly (number | bigint)[]
export type Import = (...slots: (number | bigint)[]) => number

/** How an argument is read. Numbers, because this is compared for every argument of every call. */
const Read = { signed: 0, unsigned: 1, enum: 2, i64: 3, bytes: 4, text: 5, pairs: 6 } as const

/** One parameter with its place among the wasm arguments and in the recorded words (-1: not recorded). */
type Place = {
  readonly name: string
  readonly read: number
  readonly slot: number
  readonly word: number
  readonly max: number
}
type OutPlace = { readonly out: Named<Out<unknown>>; readonly slot: number; readonly word: number }

/**
 * The one adapter between wasm and host functions: checks enums, then memory (2.0), calls the meaning, writes results
 * through the guest's allocator and records the call. Host state is committed before the allocator runs.
 */
export function bindImport(fn: EnvFunction, guest: Guest): Import {
  const { recorder } = guest
  const signature = recorder.describe(fn.signature)
  const { params, outs, fault } = layout(fn)
  const hasFirst = outs.some(({ out }) => out.kind === 'u32-first')
  // Values live in arrays, and the meaning sees them under their names: storing by name costs more than all the rest.
  const values: unknown[] = fn.params.map((param) => (param.kind === 'i64' ? 0n : 0))
  const args = named(
    fn.params.map((param) => param.name),
    values,
  )
  const results: unknown[] = fn.outs.map(() => undefined)
  const out = named(
    fn.outs.map((each) => each.name),
    results,
  )
  const { inStart, inAllocator } = fn.allowed

  return (...slots) => {
    if (guest.dead) guest.abort()
    // The start section runs before the host can see any memory; a real host crashes here.
    if (!guest.hasMemory) guest.end('host-abort')
    const { context } = guest
    const at = recorder.beginCall(signature, context.stream ?? 0, context.plugin)
    if (guest.phase !== 'normal') {
      const envoyAllocator = guest.phase === 'allocator' && guest.environment.family === 'envoy' && inAllocator !== true
      if (envoyAllocator || (guest.phase === 'start' && inStart !== true)) {
        if (at >= 0) recorder.endCall(at, Status.InternalFailure, { code: 'restricted-during-start' })
        guest.exited ||= fn.name === 'proc_exit'
        guest.end('restricted-callback')
      }
    }
    guest.reason = undefined
    let status = readArgs(guest, params, slots, values, at, fault)
    if (status === Status.Ok && hasFirst) status = clearFirst(guest, outs, slots, fault)
    if (status === Status.Ok) {
      // `hostFunction` tied the keys of `args` and `out` to the types of the meaning.
      status = fn.meaning(guest, args as never, out as never)
      for (let index = 0; index < outs.length; index++) {
        const place = outs[index]
        const value = results[index]
        if (place === undefined) continue
        results[index] = undefined
        const written = writeOut(guest, place, slots, value, at, fault)
        if (written !== Status.Ok) status = written
      }
    }
    if (at >= 0) recorder.endCall(at, status, guest.reason)
    return status
  }
}

/** An object whose properties are the elements of `values`. */
function named(names: readonly string[], values: unknown[]): object {
  const object = {}
  names.forEach((name, index) => {
    Object.defineProperty(object, name, {
      enumerable: true,
      get: () => values[index],
      set: (value: unknown) => {
        values[index] = value
      },
    })
  })
  return object
}

function layout(fn: EnvFunction): {
  readonly params: readonly Place[]
  readonly outs: readonly OutPlace[]
  readonly fault: number
} {
  let slot = 0
  let word = 0
  let traced = 0
  const params = fn.params.map((param): Place => {
    const recorded = param.kind !== 'address'
    const max = param.max ?? Number.POSITIVE_INFINITY
    const place = { name: param.name, read: readKind(param), slot, word: recorded ? word : -1, max }
    slot += place.read >= Read.bytes ? 2 : 1
    if (recorded) word += slotWords(fn.signature.params[traced++]?.kind ?? 'number')
    return place
  })
  const outs = fn.outs.map((out): OutPlace => {
    const place = { out, slot, word }
    slot += out.kind === 'bytes' || out.kind === 'pairs' || out.kind === 'optional-bytes' ? 2 : 1
    word += outWords
    return place
  })
  return { params, outs, fault: fn.returns === 'errno' ? Errno.fault : Status.InvalidMemoryAccess }
}

function readKind(param: Param<unknown>): number {
  switch (param.kind) {
    case 'i32':
      return Read.signed
    case 'u32':
    case 'address':
    case 'number-unchecked':
      return Read.unsigned
    case 'enum':
      return Read.enum
    case 'i64':
      return Read.i64
    case 'bytes':
      return Read.bytes
    case 'text':
      return Read.text
    case 'pairs':
      return Read.pairs
  }
}

function slotNumber(slots: Slots, index: number): number {
  const value = slots[index]
  return typeof value === 'number' ? value : 0
}

/** Decodes and records every argument, also behind a bad one; enums are judged before memory. */
function readArgs(
  guest: Guest,
  places: readonly Place[],
  slots: Slots,
  values: unknown[],
  at: number,
  fault: number,
): number {
  let status: number = Status.Ok
  const { recorder } = guest
  for (let index = 0; index < places.length; index++) {
    const place = places[index]
    if (place === undefined) continue
    const { read, slot, word } = place
    if (read <= Read.enum) {
      const raw = slotNumber(slots, slot)
      const value = read === Read.signed ? raw | 0 : raw >>> 0
      values[index] = value
      if (at >= 0 && word >= 0) recorder.setWord(at + word, value)
      if (read === Read.enum && value > place.max) {
        const { name, max } = place
        status = guest.refuse(Status.BadArgument, { code: 'enum-out-of-range', argument: name, value, max })
      }
    } else if (read === Read.i64) {
      const raw = slots[slot]
      const value = typeof raw === 'bigint' ? raw : 0n
      values[index] = value
      if (at >= 0) setBig(guest, at + word, value)
    } else {
      const pointer = slotNumber(slots, slot) >>> 0
      const size = slotNumber(slots, slot + 1) >>> 0
      const memory = guest.memory.bytes
      if (pointer + size > memory.length) {
        if (at >= 0) recorder.setBytes(at + word, memory, 0, -1)
        if (status === Status.Ok) {
          status = guest.refuse(fault, { code: 'out-of-bounds', argument: place.name, pointer, size })
        }
        continue
      }
      if (at >= 0) recorder.setBytes(at + word, memory, pointer, size)
      if (read === Read.text) values[index] = byteString(memory, pointer, pointer + size)
      else {
        const bytes = memory.subarray(pointer, pointer + size)
        values[index] = read === Read.bytes ? bytes : decodePairs(bytes)
      }
    }
  }
  return status
}

function setBig(guest: Guest, word: number, value: bigint): void {
  guest.recorder.setWord(word, Number(BigInt.asIntN(32, value)))
  guest.recorder.setWord(word + 1, Number(BigInt.asIntN(32, value >> 32n)))
}

function clearFirst(guest: Guest, outs: readonly OutPlace[], slots: Slots, fault: number): number {
  for (const { out, slot } of outs) {
    if (out.kind === 'u32-first' && !guest.memory.writeU32(slotNumber(slots, slot), 0)) {
      return outOfBounds(guest, out.name, slotNumber(slots, slot), 4, fault)
    }
  }
  return Status.Ok
}

function writeOut(guest: Guest, place: OutPlace, slots: Slots, value: unknown, at: number, fault: number): number {
  const { out, slot, word } = place
  const address = slotNumber(slots, slot)
  const { memory, recorder } = guest
  const record = at + word
  if (out.kind === 'u32' || out.kind === 'u32-first') {
    if (typeof value !== 'number') return Status.Ok
    if (!memory.writeU32(address, value)) return outOfBounds(guest, out.name, address, 4, fault)
    if (at >= 0) {
      recorder.setWord(record, 1)
      recorder.setWord(record + 1, value)
    }
    return Status.Ok
  }
  if (out.kind === 'u64') {
    if (typeof value !== 'bigint') return Status.Ok
    if (!memory.writeU64(address, value)) return outOfBounds(guest, out.name, address, 8, fault)
    if (at >= 0) {
      recorder.setWord(record, 1)
      setBig(guest, record + 1, value)
    }
    return Status.Ok
  }
  const sizeAddress = slotNumber(slots, slot + 1)
  if (out.kind === 'optional-bytes') {
    if (address === 0 && sizeAddress === 0) return Status.Ok
    if (value !== undefined && blockSize(value) === 0) return writeEmpty(guest, place, slots, record, at, fault)
    return writeBlock(guest, out.name, address, sizeAddress, value ?? '', record, at, fault)
  }
  return value === undefined ? Status.Ok : writeBlock(guest, out.name, address, sizeAddress, value, record, at, fault)
}

/** A result of no bytes is asked from the allocator all the same, unlike elsewhere (seen with foreign functions). */
function writeEmpty(guest: Guest, place: OutPlace, slots: Slots, record: number, at: number, fault: number): number {
  const { memory, recorder } = guest
  const [address, sizeAddress] = [slotNumber(slots, place.slot), slotNumber(slots, place.slot + 1)]
  const allocated = guest.allocate(0)
  if (allocated === 'trapped') return guest.refuse(fault, { code: 'allocator', detail: allocated })
  const pointer = typeof allocated === 'number' ? allocated : 0
  if (!memory.writeU32(address, pointer)) return outOfBounds(guest, place.out.name, address, 4, fault)
  if (!memory.writeU32(sizeAddress, 0)) return outOfBounds(guest, place.out.name, sizeAddress, 4, fault)
  if (at >= 0) {
    recorder.setWord(record, 1)
    recorder.setBytes(record + 1, memory.bytes, 0, 0)
  }
  return Status.Ok
}

/** Allocates, writes the content, then pointer, then size. Nothing to write: zeros, and the allocator is not called. */
function writeBlock(
  guest: Guest,
  name: string,
  address: number,
  sizeAddress: number,
  value: unknown,
  record: number,
  at: number,
  fault: number,
): number {
  const { memory, recorder } = guest
  const size = blockSize(value)
  let pointer = 0
  if (size > 0) {
    const allocated = guest.allocate(size)
    if (typeof allocated !== 'number') return guest.refuse(fault, { code: 'allocator', detail: allocated })
    pointer = allocated
    const bytes = memory.bytes
    if (typeof value === 'string') writeByteString(bytes, pointer, value)
    else if (value instanceof Uint8Array) bytes.set(value, pointer)
    else if (Array.isArray(value)) writePairs(bytes, pointer, value)
  }
  if (!memory.writeU32(address, pointer)) return outOfBounds(guest, name, address, 4, fault)
  if (!memory.writeU32(sizeAddress, size)) return outOfBounds(guest, name, sizeAddress, 4, fault)
  if (at >= 0) {
    recorder.setWord(record, 1)
    recorder.setBytes(record + 1, memory.bytes, pointer, size)
  }
  return Status.Ok
}

function blockSize(value: unknown): number {
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length
  if (!Array.isArray(value)) return 0
  // An empty map is pointer 0, size 0, not a block that says "no pairs" (5.1).
  return value.length === 0 ? 0 : pairsSize(value)
}

function outOfBounds(guest: Guest, argument: string, pointer: number, size: number, fault: number): number {
  return guest.refuse(fault, { code: 'out-of-bounds', argument, pointer: pointer >>> 0, size })
}
