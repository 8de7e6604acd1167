import type { StreamId } from '../../../model/brand.ts'
import { headerValue } from '../../../model/http.ts'
import type { Finding } from '../../../model/report.ts'
import type { Direction } from '../../../model/trace.ts'
import { finding, type Rule } from '../rule.ts'
import { numberArg, type RecordOf, type RunFacts } from '../run-facts.ts'

/**
 * A plugin changed a body while `content-length` kept the old number, and what was sent is not of that length
 * (proxy-wasm-host.md 6.5; envoy-observed.md e: the upstream answers 400 or waits, the client waits or reads less).
 */
export const staleLength: Rule = {
  id: 'stale-length',
  variants: ['longer', 'shorter'],
  find: (run) =>
    [...run.streams.keys()].flatMap((stream) => [
      ...inDirection(run, stream, 'request', sentToUpstream(run, stream)),
      ...inDirection(run, stream, 'response', sentToClient(run, stream)),
    ]),
}

type Sent = { readonly announced: string | undefined; readonly bytes: number; readonly over: boolean }

function inDirection(
  run: RunFacts,
  stream: StreamId,
  direction: Direction,
  sent: Sent | undefined,
): readonly Finding[] {
  const change = lastChange(run, stream, direction === 'request' ? 0 : 1)
  if (change === undefined || sent?.announced === undefined || !/^\d+$/.test(sent.announced)) return []
  const length = Number(sent.announced)
  if (sent.bytes === length || (sent.bytes < length && !sent.over)) return []
  const variant = sent.bytes > length ? 'longer' : 'shorter'
  return [finding(run, 'stale-length', 'problem', change, { variant, direction, length, actual: sent.bytes })]
}

function lastChange(run: RunFacts, stream: StreamId, buffer: 0 | 1): RecordOf<'host.call'> | undefined {
  return run
    .inStream(stream, 'host.call')
    .findLast(
      ({ event }) =>
        event.fn === 'proxy_set_buffer_bytes' && event.code === 0 && numberArg(event.args, 'type') === buffer,
    )
}

const total = (bodies: readonly { readonly event: { readonly data: Uint8Array } }[]) =>
  bodies.reduce((sum, { event }) => sum + event.data.length, 0)

function sentToUpstream(run: RunFacts, stream: StreamId): Sent | undefined {
  const head = run.inStream(stream, 'upstream.request').at(-1)
  if (head === undefined) return undefined
  const bodies = run.inStream(stream, 'upstream.request.body')
  const over = bodies.some(({ event }) => event.endOfStream)
  return { announced: headerValue(head.event.headers, 'content-length'), bytes: total(bodies), over }
}

function sentToClient(run: RunFacts, stream: StreamId): Sent | undefined {
  const head = run.inStream(stream, 'response.headers').at(-1)
  // The answer to HEAD names a length and has no body.
  const asked = run.inStream(stream, 'request.headers').at(0)
  if (head === undefined || headerValue(asked?.event.headers ?? [], ':method') === 'HEAD') return undefined
  const bodies = run.inStream(stream, 'response.body')
  const over = bodies.some(({ event }) => event.endOfStream)
  return { announced: headerValue(head.event.headers, 'content-length'), bytes: total(bodies), over }
}
