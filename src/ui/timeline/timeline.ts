import type { Finding } from '../../model/report.ts'
import type { TracePlugin, TraceRecord, TraceView } from '../../model/trace.ts'
import { entriesOf } from './entries.ts'
import { flowOf } from './flow.ts'
import type { Flow } from './flow-types.ts'
import { foldRows } from './folds.ts'
import { lanesOf } from './lanes.ts'
import type { Lane, Row, WaitRow } from './row-types.ts'
import { recordsOf, type Scope } from './scopes.ts'
import { waitsOf } from './waits.ts'

/** Everything one timeline draws. */
export type Timeline = {
  readonly lanes: readonly Lane[]
  readonly rows: readonly Row[]
  readonly flow: Flow
  readonly records: readonly TraceRecord[]
  /** How many numbered events there are, folded ones counted. */
  readonly events: number
  /** The row that shows a record, folded ones by their fold. */
  readonly rowOfSeq: ReadonlyMap<number, number>
  /** The number an event has here, by its `seq`, folded ones too. */
  readonly numberOfSeq: ReadonlyMap<number, number>
}

export type TimelineOptions = {
  readonly findings?: readonly Finding[]
  readonly openFolds?: ReadonlySet<string>
}

/** TraceView → rows and lines: pure, and the same for the same trace. */
export function timelineOf(view: TraceView, scope: Scope, options: TimelineOptions = {}): Timeline {
  const records = recordsOf(view, scope)
  const lanes = lanesOf(view.plugins, records)
  const { rows: entries, events } = entriesOf(records, lanes, view.plugins)
  const noted = withFindings(withWaits(entries, records, lanes), options.findings ?? [], records)
  const keep = new Set((options.findings ?? []).map((finding) => finding.event))
  const pluginOf = (row: Row): TracePlugin | undefined => {
    const lane = lanes[row.lane]
    return lane?.kind === 'plugin' ? view.plugins.find(({ index }) => index === lane.index) : undefined
  }
  const rows = foldRows(noted, pluginOf, options.openFolds ?? new Set(), keep)
  const rowOfSeq = rowsBySeq(rows, entries)
  const numberOfSeq = new Map(
    entries.flatMap((row) => (row.number === undefined ? [] : [[row.seq, row.number] as const])),
  )
  return { lanes, rows, flow: flowOf(records, rows, rowOfSeq, lanes), records, events, rowOfSeq, numberOfSeq }
}

function withWaits(rows: readonly Row[], records: readonly TraceRecord[], lanes: readonly Lane[]): readonly Row[] {
  const waits = waitsOf(records, lanes)
  if (waits.length === 0) return rows
  const result: Row[] = []
  let next = 0
  for (const row of rows) {
    while (next < waits.length && (waits[next]?.before ?? 0) <= row.seq) {
      const wait = waits[next++]
      if (wait !== undefined) addWait(result, wait.row)
    }
    result.push(row)
  }
  for (const { row } of waits.slice(next)) addWait(result, row)
  return result
}

/** Events of others that have no row here do not end a wait: what ends the last of its parts is what it waits for. */
function addWait(rows: Row[], wait: WaitRow): void {
  const before = rows.at(-1)
  const goesOn = before?.kind === 'wait' && before.lane === wait.lane && !before.hang && !wait.hang
  if (goesOn) rows[rows.length - 1] = { ...wait, duration: (before.duration ?? 0) + (wait.duration ?? 0) }
  else rows.push(wait)
}

/** A note under the row each finding is about. Findings about the hang itself are its panel's business. */
function withFindings(
  rows: readonly Row[],
  findings: readonly Finding[],
  records: readonly TraceRecord[],
): readonly Row[] {
  const here = new Set(records.map(({ seq }) => seq))
  const notes = findings
    .map((finding, index) => ({ finding, index }))
    .filter(({ finding }) => here.has(finding.event) && finding.rule !== 'hung')
    .sort((a, b) => a.finding.event - b.finding.event)
  if (notes.length === 0) return rows
  const after = new Map<Row, { finding: Finding; index: number }[]>()
  for (const note of notes) {
    const row =
      rows.findLast((candidate) => candidate.seq <= note.finding.event && candidate.kind !== 'wait') ?? rows[0]
    if (row !== undefined) after.set(row, [...(after.get(row) ?? []), note])
  }
  return rows.flatMap((row) => [
    row,
    ...(after.get(row) ?? []).map(
      ({ finding, index }): Row => ({
        key: `n${finding.event}-${finding.rule}`,
        number: undefined,
        seq: finding.event,
        at: row.at,
        lane: row.lane,
        span: row.span,
        stream: row.stream,
        kind: 'finding',
        finding: index,
        problem: finding.severity === 'problem',
      }),
    ),
  ])
}

/** Row positions by record; a folded record points at its fold. */
function rowsBySeq(rows: readonly Row[], entries: readonly Row[]): ReadonlyMap<number, number> {
  const map = new Map<number, number>()
  for (const [index, row] of rows.entries()) {
    if (row.kind === 'finding' || row.kind === 'wait') continue
    if (row.kind === 'fold') {
      const from = entries.findIndex((entry) => entry.seq === row.seq)
      for (const entry of entries.slice(from, from + row.count)) map.set(entry.seq, index)
    } else map.set(row.seq, index)
  }
  return map
}
