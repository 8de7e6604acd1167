import type { OutKind, Param } from '../abi/declare.ts'
import { Errno, Status } from '../abi/status.ts'
import type { EnvFunction } from '../host/call.ts'
import { outWords, slotWords } from '../trace/signature.ts'

/** How an argument is read. Numbers, because this is compared for every argument of every call. */
export const Read = { signed: 0, unsigned: 1, enum: 2, i64: 3, bytes: 4, text: 5, pairs: 6 } as const

/** How a result is written: numbers for the same reason. `pairs` are written as `bytes` are. */
export const Write = { u32: 0, u32First: 1, u64: 2, bytes: 3, optionalBytes: 4 } as const

/** One parameter with its place among the wasm arguments and in the recorded words (-1: not recorded). */
export type Place = {
  readonly name: string
  readonly read: number
  readonly slot: number
  readonly word: number
  /** Of an enum. */
  readonly max: number
}
/** One result, likewise. */
export type OutPlace = { readonly name: string; readonly write: number; readonly slot: number; readonly word: number }

/** Where everything of a function stands, worked out once; `fault` is what it answers to a bad pointer. */
export function layout(fn: EnvFunction): {
  readonly params: readonly Place[]
  readonly outs: readonly OutPlace[]
  readonly fault: number
} {
  let slot = 0
  let word = 0
  let traced = 0
  const params = fn.params.map((param): Place => {
    const recorded = param.kind !== 'address'
    const max = param.max ?? 0
    const place = { name: param.name, read: readKind(param), slot, word: recorded ? word : -1, max }
    slot += place.read >= Read.bytes ? 2 : 1
    if (recorded) word += slotWords(fn.signature.params[traced++]?.kind ?? 'number')
    return place
  })
  const outs = fn.outs.map((out): OutPlace => {
    const place = { name: out.name, write: writeKind(out.kind), slot, word }
    slot += place.write >= Write.bytes ? 2 : 1
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

function writeKind(kind: OutKind): number {
  switch (kind) {
    case 'u32':
      return Write.u32
    case 'u32-first':
      return Write.u32First
    case 'u64':
      return Write.u64
    case 'bytes':
    case 'pairs':
      return Write.bytes
    case 'optional-bytes':
      return Write.optionalBytes
  }
}
