import type { Named, Out, Param } from '../abi/declare.ts'
import { decodePairs, pairsSize, writePairs } from '../abi/pairs.ts'
import { Errno, Status } from '../abi/status.ts'
import { byteString, writeByteString } from '../abi/text.ts'
import type { EnvFunction } from '../host/call.ts'
import { outWords, slotWords } from '../trace/signature.ts'
import type { Guest } from './guest.ts'

type Slots = readonly (number | bigint)[]
type Import = (...slots: (number | bigint)[]) => number

/** One parameter with its place among the wasm arguments and in the recorded words. */
type Place = { readonly param: Named<Param<unknown>>; readonly slot: number; readonly word: number }
type OutPlace = { readonly out: Named<Out<unknown>>; readonly slot: number; readonly word: number }

const noBytes = new Uint8Array()

/**
 * The one adapter between wasm and host functions: checks enums, then memory (2.0), calls the meaning, writes results
 * through the guest's allocator and records the call. Host state is committed before the allocator runs.
 */
export function bindImport(fn: EnvFunction, guest: Guest): Import {
  const { recorder } = guest
  const signature = recorder.describe(fn.signature)
  const places = layout(fn)
  const { fault } = places
  const args: Record<string, unknown> = {}
  for (const { param } of places.params) args[param.name] = initial(param)
  const out: Record<string, unknown> = {}
  for (const each of places.outs) out[each.out.name] = undefined
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
        if (at >= 0) recorder.endCall(at, Status.InternalFailure, '{"code":"restricted-during-start"}')
        guest.exited ||= fn.name === 'proc_exit'
        guest.end('restricted-callback')
      }
    }
    guest.reason = undefined
    let status = readArgs(guest, places.params, slots, args, at, fault)
    if (status === Status.Ok) status = clearFirst(guest, places.outs, slots, fault)
    if (status === Status.Ok) {
      // `hostFunction` tied the keys of `args` and `out` to the types of the meaning.
      status = fn.meaning(guest, args as never, out as never)
      for (const place of places.outs) {
        const value = out[place.out.name]
        out[place.out.name] = undefined
        const written = writeOut(guest, place, slots, value, at, fault)
        if (written !== Status.Ok) status = written
      }
    }
    if (at >= 0) recorder.endCall(at, status, guest.reason === undefined ? undefined : JSON.stringify(guest.reason))
    return status
  }
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
    const place = { param, slot, word: param.kind === 'address' ? -1 : word }
    slot += param.kind === 'bytes' || param.kind === 'text' || param.kind === 'pairs' ? 2 : 1
    if (param.kind !== 'address') word += slotWords(fn.signature.params[traced++]?.kind ?? 'number')
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

function initial(param: Param<unknown>): unknown {
  if (param.kind === 'i64') return 0n
  if (param.kind === 'text') return ''
  return param.kind === 'bytes' ? noBytes : param.kind === 'pairs' ? undefined : 0
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
  args: Record<string, unknown>,
  at: number,
  fault: number,
): number {
  let status: number = Status.Ok
  const { recorder } = guest
  for (const { param, slot, word } of places) {
    switch (param.kind) {
      case 'u32':
      case 'i32':
      case 'address':
      case 'number-unchecked':
      case 'enum': {
        const raw = slotNumber(slots, slot)
        const value = param.kind === 'i32' ? raw | 0 : raw >>> 0
        args[param.name] = value
        if (at >= 0 && word >= 0) recorder.setWord(at + word, value)
        if (param.kind === 'enum' && param.max !== undefined && value > param.max) {
          status = guest.refuse(Status.BadArgument, {
            code: 'enum-out-of-range',
            argument: param.name,
            value,
            max: param.max,
          })
        }
        break
      }
      case 'i64': {
        const raw = slots[slot]
        const value = typeof raw === 'bigint' ? raw : 0n
        args[param.name] = value
        if (at >= 0) {
          recorder.setWord(at + word, Number(BigInt.asIntN(32, value)))
          recorder.setWord(at + word + 1, Number(BigInt.asIntN(32, value >> 32n)))
        }
        break
      }
      case 'bytes':
      case 'text':
      case 'pairs': {
        const pointer = slotNumber(slots, slot) >>> 0
        const size = slotNumber(slots, slot + 1) >>> 0
        const memory = guest.memory.bytes
        if (pointer + size > memory.length) {
          if (at >= 0) recorder.setBytes(at + word, memory, 0, -1)
          if (status === Status.Ok) {
            status = guest.refuse(fault, { code: 'out-of-bounds', argument: param.name, pointer, size })
          }
          break
        }
        if (at >= 0) recorder.setBytes(at + word, memory, pointer, size)
        if (param.kind === 'text') args[param.name] = byteString(memory, pointer, pointer + size)
        else {
          const bytes = memory.subarray(pointer, pointer + size)
          args[param.name] = param.kind === 'bytes' ? bytes : decodePairs(bytes)
        }
        break
      }
    }
  }
  return status
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
      recorder.setWord(record + 1, Number(BigInt.asIntN(32, value)))
      recorder.setWord(record + 2, Number(BigInt.asIntN(32, value >> 32n)))
    }
    return Status.Ok
  }
  const sizeAddress = slotNumber(slots, slot + 1)
  if (out.kind === 'optional-bytes') {
    if (address === 0 && sizeAddress === 0) return Status.Ok
    return writeBlock(guest, out.name, address, sizeAddress, value ?? '', record, at, fault)
  }
  return value === undefined ? Status.Ok : writeBlock(guest, out.name, address, sizeAddress, value, record, at, fault)
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
