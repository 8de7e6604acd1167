import type { Flow } from './flow-types.ts'

/** Rows that belong together: a callout and its reply, a hold and what ended it, a call and the callback it released. */
export function relatedRows(flow: Flow, row: number): ReadonlySet<number> {
  const related = new Set<number>()
  const link = (a: number, b: number) => {
    if (a === row) related.add(b)
    if (b === row) related.add(a)
  }
  for (const { row: sent, end } of flow.callouts) if (end.kind === 'answered') link(sent, end.row)
  for (const hold of flow.holds) if (hold.to !== undefined) link(hold.from, hold.to)
  for (const hop of flow.hops) link(hop.fromRow, hop.toRow)
  related.delete(row)
  return related
}

/** The row at which what is held at (or before) this row goes on. */
export function waitEnd(flow: Flow, row: number): number | undefined {
  const hold = flow.holds.find((held) => held.to !== undefined && held.from <= row && row <= held.to)
  if (hold?.to !== undefined) return hold.to
  return flow.callouts.flatMap(({ row: sent, end }) => (sent === row && end.kind === 'answered' ? [end.row] : []))[0]
}
