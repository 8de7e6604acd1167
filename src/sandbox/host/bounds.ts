/**
 * What guests may keep outside their own memory. A real gateway has no such bounds and goes on until the machine has no
 * memory left; here a guest that asks for ever more is refused with InternalFailure, long before the tab suffers.
 */
import type { LimitedThing } from '../../model/trace.ts'
import { Status } from '../abi/status.ts'
import type { CallStart } from '../vm/seam.ts'
import type { HostCall } from './call.ts'

export const bounds: Readonly<Record<LimitedThing, number>> = {
  /** Definitions of one VM. */
  metrics: 100_000,
  queues: 10_000,
  /** In all queues that nobody has taken yet. */
  queueItems: 100_000,
  /** Keys. */
  sharedData: 100_000,
  /** Everything that is still to come: answers, timeouts, notices of queues. */
  calls: 20_000,
  /** Of one stream; and declarations of one context. */
  properties: 10_000,
  /** Ever created by one root: tokens are not used again. */
  expressions: 10_000,
}

/** Bytes of all items in queues, and of all shared data. */
export const mostStoredBytes = 256 * 1024 * 1024

/** Bytes of all properties of one stream. */
export const mostPropertyBytes = 64 * 1024 * 1024

/** The call is refused: there are as many as may be. */
export const atLimit = (call: HostCall, what: LimitedThing): number =>
  call.refuse(Status.InternalFailure, { code: 'limit', what, most: bounds[what] })

/** As `atLimit`, for calls to services: `waiting` is what stands in the clock's queue. */
export const tooManyCalls = (waiting: number): CallStart | undefined =>
  waiting < bounds.calls
    ? undefined
    : { status: Status.InternalFailure, reason: { code: 'limit', what: 'calls', most: bounds.calls } }
