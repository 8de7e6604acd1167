/**
 * What the recorder knows about a host function or callback: enough to decode its raw words later. Signatures travel
 * with the trace, so that a view needs no knowledge of host functions.
 */
export type SlotKind = 'number' | 'enum' | 'i64' | 'bytes' | 'pairs'

export type Slot = {
  readonly name: string
  readonly kind: SlotKind
  /** Words for the values of an enum, by number. */
  readonly labels?: readonly string[]
}

export type Signature = {
  readonly name: string
  readonly params: readonly Slot[]
  readonly outs: readonly Slot[]
  /** How the returned number is named. */
  readonly returns: 'status' | 'errno' | 'number' | 'nothing'
}

/** Words that one parameter takes. Bytes are an offset into the arena and a length, -1 if they could not be read. */
export function slotWords(kind: SlotKind): 1 | 2 {
  return kind === 'number' || kind === 'enum' ? 1 : 2
}

/** Each result takes three: whether it was written, then the value as a parameter has it. */
export const outWords = 3

export function paramWords(signature: Signature): number {
  let words = 0
  for (const param of signature.params) words += slotWords(param.kind)
  return words
}
