/** A TCP service that is broken on purpose: what a project says (`faults`), and what a real service does then. */
import { type GuestText, guest } from '../../src/sandbox/run/test-guest.ts'

export type ServiceBehaviour =
  /** It echoes; after so many bytes it resets, ends or falls silent. */
  | { readonly kind: 'echo'; readonly bytes?: number; readonly last?: 'reset' | 'end' | 'silence' }
  /** It resets 100 ms after it was connected, without a byte. */
  | { readonly kind: 'reset' }
  /** Nobody listens there. */
  | { readonly kind: 'refuses' }
  /** It is there and does not even accept: connecting takes for ever. */
  | { readonly kind: 'unanswered' }

export type TcpCase = { readonly fault: string; readonly service: ServiceBehaviour }

/** The client sends `abcdef` at once and `ghi` 400 ms later, ends its side when nothing more comes, and waits for the gateway's. */
export const tcpCases: readonly TcpCase[] = [
  { fault: 'kind: none', service: { kind: 'echo' } },
  { fault: 'kind: reset, at: connect', service: { kind: 'refuses' } },
  { fault: 'kind: timeout, at: connect', service: { kind: 'unanswered' } },
  { fault: 'kind: reset, latency: 100ms', service: { kind: 'reset' } },
  { fault: 'kind: reset, afterBytes: 4', service: { kind: 'echo', bytes: 4, last: 'reset' } },
  { fault: 'kind: reset, afterBytes: 8', service: { kind: 'echo', bytes: 8, last: 'reset' } },
  { fault: 'kind: truncate, afterBytes: 4', service: { kind: 'echo', bytes: 4, last: 'end' } },
  { fault: 'kind: truncate, afterBytes: 8', service: { kind: 'echo', bytes: 8, last: 'end' } },
  { fault: 'kind: timeout', service: { kind: 'echo', bytes: 0, last: 'silence' } },
  { fault: 'kind: timeout, afterBytes: 4', service: { kind: 'echo', bytes: 4, last: 'silence' } },
]

/** Every callback with its arguments and what lies in its buffers. */
export const tcpGuest = (tag: string): string =>
  guest((g: GuestText) => ({
    new_connection: [g.log(`${tag}new_connection`)],
    downstream_data: [g.log(`${tag}downstream_data`), g.logArgument(1), g.logArgument(2), g.logBuffer(2)],
    upstream_data: [g.log(`${tag}upstream_data`), g.logArgument(1), g.logArgument(2), g.logBuffer(3)],
    downstream_connection_close: [g.log(`${tag}downstream_close`), g.logArgument(1)],
    upstream_connection_close: [g.log(`${tag}upstream_close`), g.logArgument(1)],
    done: [g.log(`${tag}done`)],
    log: [g.log(`${tag}log`)],
    delete: [g.log(`${tag}delete`)],
  }))

export type TcpSeen = {
  /** What the plugin logged, joined. */
  readonly heard: string
  readonly received: string
  readonly flags: string
}
