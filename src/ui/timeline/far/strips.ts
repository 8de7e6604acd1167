import type { StreamId } from '../../../model/brand.ts'
import { headerValue } from '../../../model/http.ts'
import type { Finding } from '../../../model/report.ts'
import type { StreamEnd, TraceView } from '../../../model/trace.ts'
import { byteStringText } from '../display-text.ts'
import type { Scope } from '../scopes.ts'
import { type Tick, type TickKind, tickOf, weightOf } from './ticks.ts'

/** One exchange seen from afar: how it ended, and a mark for each of its events in order. */
export type Strip = {
  /** `GET /get`; `TCP` for a connection. */
  readonly title: string
  /** What the client saw; undefined for a connection, and where no response came. */
  readonly status: number | undefined
  readonly ended: StreamEnd | undefined
  /** Virtual nanoseconds from its first event to its last. */
  readonly took: number
  readonly worst: TickKind | undefined
  readonly ticks: readonly Tick[]
}

/** Record positions of every exchange, by one look at the headings. */
export function positionsByStream(view: TraceView): ReadonlyMap<StreamId, readonly number[]> {
  const found = new Map<StreamId, number[]>()
  for (let at = 0; at < view.length; at++) {
    const { stream } = view.heading(at)
    if (stream === undefined) continue
    const list = found.get(stream)
    if (list === undefined) found.set(stream, [at])
    else list.push(at)
  }
  return found
}

/** Events that a finding calls a problem: they are drawn as such. */
export const problemEvents = (findings: readonly Finding[]): ReadonlySet<number> =>
  new Set(findings.flatMap(({ severity, event }) => (severity === 'problem' ? [event] : [])))

export function stripOf(view: TraceView, positions: readonly number[], problems: ReadonlySet<number>): Strip {
  const ticks: Tick[] = []
  let title = ''
  let status: number | undefined
  let ended: StreamEnd | undefined
  let worst: TickKind | undefined
  let first: number | undefined
  let last = 0
  for (const position of positions) {
    const record = view.record(position)
    const { event, at } = record
    first ??= at
    last = at
    if (event.type === 'request.headers' && title === '') title = titleOf(event.headers)
    else if (event.type === 'connection.open') title = 'TCP'
    else if (event.type === 'response.headers') status = Number(headerValue(event.headers, ':status')) || undefined
    else if (event.type === 'stream.end') ended = event.ended
    const tick = tickOf(record, problems)
    if (tick === undefined) continue
    ticks.push(tick)
    if (weightOf(tick.kind) > weightOf(worst)) worst = tick.kind
  }
  return { title, status, ended, took: last - (first ?? last), worst, ticks }
}

const titleOf = (headers: Parameters<typeof headerValue>[0]): string =>
  byteStringText(`${headerValue(headers, ':method') ?? ''} ${headerValue(headers, ':path') ?? ''}`).trim()

/** How many exchanges the client saw end with which status, most frequent first; undefined: no response. */
export function statusCounts(
  view: TraceView,
  scopes: readonly Scope[],
): readonly { readonly status: number | undefined; readonly count: number }[] {
  const seen = new Map<StreamId, number>()
  for (let at = 0; at < view.length; at++) {
    const { type, stream } = view.heading(at)
    if (type !== 'response.headers' || stream === undefined) continue
    const { event } = view.record(at)
    if (event.type === 'response.headers') seen.set(stream, Number(headerValue(event.headers, ':status')))
  }
  const counts = new Map<number | undefined, number>()
  for (const { stream } of scopes) {
    const status = stream === undefined ? undefined : seen.get(stream)
    counts.set(status, (counts.get(status) ?? 0) + 1)
  }
  return [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count)
}

/** Many ticks share a pixel: the worst of them is drawn. Answers the tick at each column of `step` pixels. */
export function columnsOf(ticks: readonly Tick[], width: number, step: number): readonly Tick[] {
  const room = Math.max(1, Math.floor(width / step))
  if (ticks.length <= room) return ticks
  const columns: Tick[] = []
  for (const [index, tick] of ticks.entries()) {
    const column = Math.floor((index * room) / ticks.length)
    const before = columns[column]
    if (before === undefined || weightOf(tick.kind) > weightOf(before.kind)) columns[column] = tick
  }
  return columns
}
