import type { CallReason } from '../../../model/trace.ts'
import { Status } from '../../abi/status.ts'
import type { HostCall } from '../call.ts'

export type ForeignAnswer = { readonly status: number; readonly result?: Uint8Array }

/**
 * A foreign function. It acts on the context whose callback runs, also when another one was made effective (seen on Envoy
 * 1.36 and 1.40 with `expr_evaluate` in a call response).
 */
export type ForeignFunction = (call: HostCall, argument: Uint8Array) => ForeignAnswer

export const done: ForeignAnswer = { status: Status.Ok }

/** Refuses with words for the person who reads the trace. */
export function refused(call: HostCall, status: number, why: CallReason | string): ForeignAnswer {
  const reason: CallReason = typeof why === 'string' ? { code: 'other', detail: why } : why
  return { status: call.refuse(status, reason) }
}
