import type { SpanId } from '../../model/brand.ts'
import type { TraceRecord } from '../../model/trace.ts'
import { barsOf, nodesOf } from './flow-bars.ts'
import type { Bar, Flow } from './flow-types.ts'
import { Walk } from './flow-walk.ts'
import type { Lane, Row } from './row-types.ts'

/** Derives the lines between lanes from the records; rows only say where they start and end. */
export function flowOf(
  records: readonly TraceRecord[],
  rows: readonly Row[],
  rowOfSeq: ReadonlyMap<number, number>,
  lanes: readonly Lane[],
): Flow {
  const bars = barsOf(rows, lanes)
  const barOf = new Map<SpanId, Bar>()
  for (const [index, row] of rows.entries()) {
    const bar = row.kind === 'callback' ? bars.find((candidate) => candidate.from === index) : undefined
    if (bar !== undefined && row.span !== undefined) barOf.set(row.span, bar)
  }
  const walk = new Walk(rows, rowOfSeq, lanes, barOf)
  for (const record of records) walk.step(record)
  return {
    bars,
    hops: walk.hops,
    callouts: walk.callouts,
    holds: walk.holdsAtEnd(),
    nodes: nodesOf(rows),
    busy: walk.busy,
  }
}
