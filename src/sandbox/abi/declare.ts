import type { HeaderList } from '../../model/http.ts'
import type { Signature, SlotKind } from '../trace/signature.ts'
import type { FunctionType, ValueType } from './wasm-types.ts'

/**
 * Host functions are declared once: name, named parameters, results, meaning (design 4.2). The one adapter
 * (`vm/adapter.ts`) reads guest memory, checks, calls the meaning, writes results and records the call.
 */
export type ParamKind = 'u32' | 'i32' | 'i64' | 'enum' | 'bytes' | 'text' | 'pairs' | 'address' | 'number-unchecked'

/** `Value` is what the meaning receives; it exists for the types only. */
export type Param<Value> = {
  readonly kind: ParamKind
  readonly labels?: readonly string[]
  /** Greatest number of an enum that is accepted; above it the call answers BadArgument before memory is looked at. */
  readonly max?: number
  readonly value?: Value
}

/** A number without sign: sizes, ids, tokens, milliseconds. */
export const u32: Param<number> = { kind: 'u32' }
/** A number with sign. */
export const i32: Param<number> = { kind: 'i32' }
export const i64: Param<bigint> = { kind: 'i64' }
/** Pointer and length of bytes; a view into guest memory, valid until the guest runs again. */
export const bytesIn: Param<Uint8Array> = { kind: 'bytes' }
/** Pointer and length of a byte string: names, paths, header values. */
export const textIn: Param<string> = { kind: 'text' }
/** Pointer and length of serialised pairs; `undefined` when the host cannot parse them. */
export const pairsIn: Param<HeaderList | undefined> = { kind: 'pairs' }
/** A pointer that the meaning itself reads or writes; neither recorded nor hashed. */
export const address: Param<number> = { kind: 'address' }

export function enumOf(labels: readonly string[], max: number = labels.length - 1): Param<number> {
  return { kind: 'enum', labels, max }
}

/** A number with words for its known values that the host does not check. */
export function numberOf(labels: readonly string[]): Param<number> {
  return { kind: 'number-unchecked', labels }
}

export type OutKind = 'u32' | 'u32-first' | 'u64' | 'bytes' | 'pairs' | 'optional-bytes'

export type Out<Value> = { readonly kind: OutKind; readonly value?: Value }

export const u32Out: Out<number> = { kind: 'u32' }
/** Zero is written before the call does anything, so that a bad address has no effect (`proxy_http_call`). */
export const u32OutFirst: Out<number> = { kind: 'u32-first' }
export const u64Out: Out<bigint> = { kind: 'u64' }
/** Two addresses, for pointer and size of a block from the guest's allocator. A string is a byte string. */
export const bytesOut: Out<Uint8Array | string> = { kind: 'bytes' }
/** As `bytesOut`; no pairs at all are written as pointer 0, size 0. */
export const pairsOut: Out<HeaderList> = { kind: 'pairs' }
/** As `bytesOut`, but an address of 0 means "not wanted", and zeros are written when there is no result. */
export const optionalBytesOut: Out<Uint8Array | string> = { kind: 'optional-bytes' }

export type Params = Readonly<Record<string, Param<unknown>>>
export type Outs = Readonly<Record<string, Out<unknown>>>
export type Args<P extends Params> = { readonly [K in keyof P]: P[K] extends Param<infer Value> ? Value : never }
export type Results<O extends Outs> = {
  -readonly [K in keyof O]: (O[K] extends Out<infer Value> ? Value : never) | undefined
}

export type Named<T> = T & { readonly name: string }

/** The guest may call it while `_initialize` or `_start` runs; in Envoy, while its allocator runs (2.0). */
export type Allowed = { readonly inStart?: true; readonly inAllocator?: true }

export type DeclareOptions = Allowed & { readonly returns?: Signature['returns'] }

export type HostFunction<Call> = {
  readonly name: string
  readonly params: readonly Named<Param<unknown>>[]
  readonly outs: readonly Named<Out<unknown>>[]
  readonly type: FunctionType
  readonly signature: Signature
  readonly returns: Signature['returns']
  readonly allowed: Allowed
  /** Returns the status; `args` and `out` are objects with the declared keys. */
  readonly meaning: (call: Call, args: never, out: never) => number
}

/**
 * Declares a function that returns a status. `meaning` returns the status number and sets results on `out`: what is
 * set is written, whatever the status. It must not enter the guest.
 */
export function hostFunction<Call, P extends Params, O extends Outs>(
  name: string,
  params: P,
  outs: O,
  meaning: (call: Call, args: Args<P>, out: Results<O>) => number,
  options: DeclareOptions = {},
): HostFunction<Call> {
  const named = Object.entries(params).map(([key, param]) => ({ ...param, name: key }))
  const namedOuts = Object.entries(outs).map(([key, out]) => ({ ...out, name: key }))
  const returns = options.returns ?? 'status'
  const type: FunctionType = {
    params: [...named.flatMap((param) => paramTypes(param.kind)), ...namedOuts.flatMap((out) => outTypes(out.kind))],
    results: returns === 'nothing' ? [] : ['i32'],
  }
  const signature: Signature = {
    name,
    params: named.flatMap((param) => {
      const kind = traceKind(param.kind)
      if (kind === undefined) return []
      return [{ name: param.name, kind, ...(param.labels === undefined ? {} : { labels: param.labels }) }]
    }),
    outs: namedOuts.map((out) => ({ name: out.name, kind: outTraceKind(out.kind) })),
    returns,
  }
  return { name, params: named, outs: namedOuts, type, signature, returns, allowed: options, meaning }
}

function paramTypes(kind: ParamKind): readonly ValueType[] {
  if (kind === 'i64') return ['i64']
  return kind === 'bytes' || kind === 'text' || kind === 'pairs' ? ['i32', 'i32'] : ['i32']
}

function outTypes(kind: OutKind): readonly ValueType[] {
  return kind === 'bytes' || kind === 'pairs' || kind === 'optional-bytes' ? ['i32', 'i32'] : ['i32']
}

function traceKind(kind: ParamKind): SlotKind | undefined {
  switch (kind) {
    case 'u32':
    case 'i32':
      return 'number'
    case 'enum':
    case 'number-unchecked':
      return 'enum'
    case 'i64':
      return 'i64'
    case 'bytes':
    case 'text':
      return 'bytes'
    case 'pairs':
      return 'pairs'
    case 'address':
      return undefined
  }
}

function outTraceKind(kind: OutKind): SlotKind {
  switch (kind) {
    case 'u32':
    case 'u32-first':
      return 'number'
    case 'u64':
      return 'i64'
    case 'pairs':
      return 'pairs'
    case 'bytes':
    case 'optional-bytes':
      return 'bytes'
  }
}
