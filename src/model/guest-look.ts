import type { StackFrame } from './trace.ts'

/** What a repeated run looks at: one host call, by its position in the trace, or the stack of each. */
export type LookAt = number | 'every-call'

/** Who called each host function of a run, in its order; the first thousand calls. A stack that occurs again is kept once. */
export type CallStacks = {
  /** Innermost frame first. */
  readonly stacks: readonly (readonly GuestFrame[])[]
  /** Position of a host call in the trace, and which of the stacks is its. */
  readonly calls: readonly { readonly seq: number; readonly stack: number }[]
}

/** What a trace does not hold of a host call: the run is repeated for it (design 4.4). */
export type GuestLook = {
  /** Innermost frame first. */
  readonly frames: readonly GuestFrame[]
  readonly memory: MemoryLook
}

/** A function on the guest's stack, inlined ones too. */
export type GuestFrame = StackFrame & {
  /** What a Go module itself says of the place. */
  readonly source?: GuestSource
}

export type GuestSource = {
  /** As the compiler was told: trimmed or absolute. */
  readonly file: string
  /** 1-based. */
  readonly line: number
  /** The plugin's own code, not Go's library or an SDK. */
  readonly own: boolean
}

export type MemoryLook = {
  /** Bytes of linear memory before and after the call: an allocator may grow it. */
  readonly sizeBefore: number
  readonly sizeAfter: number
  readonly pieces: readonly MemoryPiece[]
}

/** What lies at one pointer of a call: an argument's bytes, the words where a result is written, or the result itself. */
export type MemoryPiece = {
  readonly name: string
  readonly role: 'argument' | 'slot' | 'result'
  /** Address and length that the guest gave, or that it got. */
  readonly pointer: number
  readonly size: number
  /** The address lies outside the memory: there is nothing to show. */
  readonly outside: boolean
  /** Address of the first byte shown, a multiple of 16; some of what stands around the piece is shown with it. */
  readonly at: number
  readonly before: Uint8Array
  /** The same addresses after the call. */
  readonly after: Uint8Array
}
