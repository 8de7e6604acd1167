import type { Bar, Node } from './flow-types.ts'
import type { CallbackRow, Lane, Row } from './row-types.ts'

/** Each callback's bar: from its row to the last row that belongs to it. */
export function barsOf(rows: readonly Row[], lanes: readonly Lane[]): readonly Bar[] {
  return rows.flatMap((row, from) => {
    if (row.kind !== 'callback') return []
    let to = from
    for (let index = from + 1; index < rows.length; index++) {
      const inner = rows[index]
      if (inner === undefined) break
      if (inner.span === row.span && inner.kind !== 'callback') to = index
      else if (inner.span === undefined || inner.kind === 'callback') {
        if (!rows.slice(index).some((later) => later.span === row.span)) break
      }
    }
    const lane = lanes[row.lane]
    return [{ ...barFields(row), from, to, plugin: lane?.kind === 'plugin' ? lane.index : undefined }]
  })
}

const barFields = (row: CallbackRow) => ({
  lane: row.lane,
  mark: row.mark,
  flip: row.direction === 'response',
  nesting: row.nesting,
})

/** The dots where a message starts or ends. */
export const nodesOf = (rows: readonly Row[]): readonly Node[] =>
  rows.flatMap((row, index) =>
    row.kind === 'message' && row.node !== 'none' ? [{ lane: row.lane, row: index, shape: row.node }] : [],
  )
