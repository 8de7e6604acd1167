import { useEffect, useMemo, useRef, useState } from 'react'
import type { TraceView } from '../../model/trace.ts'
import type { Row } from './row-types.ts'
import type { Timeline } from './timeline.ts'

/** Beyond this nobody looks for one changed row by its colour. */
const longest = 2000
/** Somewhat longer than the wash itself (timeline.css). */
const washMs = 700
const none: ReadonlySet<string> = new Set()

type Seen = { readonly trace: TraceView; readonly timeline: Timeline; readonly fresh: ReadonlySet<string> }

/** Keys of the rows that the run before did not have, for the moment after a run; folds change nothing. */
export function useFreshRows(trace: TraceView, timeline: Timeline): ReadonlySet<string> {
  const seen = useRef<Seen | undefined>(undefined)
  const [spent, setSpent] = useState<TraceView | undefined>(undefined)
  const fresh = useMemo(() => {
    const before = seen.current
    const found =
      before === undefined ? none : before.trace === trace ? before.fresh : freshRows(before.timeline, timeline)
    seen.current = { trace, timeline, fresh: found }
    return found
  }, [trace, timeline])
  // A row that scrolls into view later is not new any more.
  useEffect(() => {
    const timer = setTimeout(() => setSpent(trace), washMs)
    return () => clearTimeout(timer)
  }, [trace])
  return spent === trace ? none : fresh
}

/** Rows of `after` that say what no row of `before` says, each row of `before` counted once. Other lanes: another story. */
export function freshRows(
  before: Pick<Timeline, 'rows' | 'lanes'>,
  after: Pick<Timeline, 'rows' | 'lanes'>,
): ReadonlySet<string> {
  if (Math.max(before.rows.length, after.rows.length) > longest) return none
  if (JSON.stringify(before.lanes) !== JSON.stringify(after.lanes)) return none
  const left = new Map<string, number>()
  for (const row of before.rows) left.set(saying(row), (left.get(saying(row)) ?? 0) + 1)
  const fresh = new Set<string>()
  for (const row of after.rows) {
    const count = left.get(saying(row)) ?? 0
    if (count === 0) fresh.add(row.key)
    else left.set(saying(row), count - 1)
  }
  return fresh
}

/** What a row says, without where in the run it stands. */
function saying(row: Row): string {
  const { key: _key, number: _number, seq: _seq, at: _at, span: _span, stream: _stream, ...said } = row
  return JSON.stringify(said)
}
