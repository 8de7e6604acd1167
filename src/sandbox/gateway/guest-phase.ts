import { assertNever } from '../../model/result.ts'
import type { Direction } from '../../model/trace.ts'
import { type DataStatus, type HeadersStatus, repliedStatus, type TrailersStatus } from '../chain/action.ts'
import type { GuestReturn, StreamContext } from '../vm/seam.ts'

/** What of a plugin's stream context is called; also what its trace entries name as phase. */
export type CallPhase = `${Direction}_${MessagePart}` | 'log' | 'done'

export type MessagePart = 'headers' | 'body' | 'trailers'

/**
 * Whole words: put together for each call they would have to be compared letter by letter, and looked up by two names in
 * a table they are searched for.
 */
export function messagePhase(direction: Direction, part: MessagePart): CallPhase {
  const isRequest = direction === 'request'
  switch (part) {
    case 'headers':
      return isRequest ? 'request_headers' : 'response_headers'
    case 'body':
      return isRequest ? 'request_body' : 'response_body'
    case 'trailers':
      return isRequest ? 'request_trailers' : 'response_trailers'
    default:
      return assertNever(part)
  }
}

/** Calls it; `undefined` for the two that return nothing. */
export function callGuest(
  context: StreamContext,
  phase: CallPhase,
  size: number,
  endOfStream: boolean,
): GuestReturn | undefined {
  switch (phase) {
    case 'request_headers':
      return context.requestHeaders(size, endOfStream)
    case 'request_body':
      return context.requestBody(size, endOfStream)
    case 'request_trailers':
      return context.requestTrailers(size)
    case 'response_headers':
      return context.responseHeaders(size, endOfStream)
    case 'response_body':
      return context.responseBody(size, endOfStream)
    case 'response_trailers':
      return context.responseTrailers(size)
    case 'log':
      context.log()
      return undefined
    case 'done':
      context.finish()
      return undefined
    default:
      return assertNever(phase)
  }
}

/** How a call ended that gave the chain no number. */
export type NoNumber = 'replied' | 'absent' | 'failed-open' | 'failed-closed'

/** What the chain does without a number of the guest: after a reply (6.3), without the callback, with a dead VM (7.4). */
export function statusOf(outcome: NoNumber): {
  readonly headers: HeadersStatus
  readonly data: DataStatus
  readonly trailers: TrailersStatus
} {
  if (outcome === 'replied' || outcome === 'failed-closed') return repliedStatus
  return { headers: 'Continue', data: 'Continue', trailers: 'Continue' }
}
