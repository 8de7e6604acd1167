import { useCallback, useEffect, useState } from 'react'
import { selectEvent } from '../commands/view.ts'
import { useApp } from '../store/store.ts'
import type { useText } from '../text.ts'
import type { Row } from '../timeline/row-types.ts'
import type { Timeline } from '../timeline/timeline.ts'

const noRows: readonly Row[] = []

/** The selected row: by key while the user moves, by `seq` when something outside asked for an event. */
export function useSelection(
  timeline: Timeline | undefined,
  openFolds: ReadonlySet<string>,
  onFold: (key: string) => void,
): readonly [Row | undefined, (key: string) => void] {
  const event = useApp(({ view }) => view.event)
  const [chosen, setChosen] = useState<{ readonly key: string; readonly seq: number } | undefined>(undefined)
  const rows = timeline?.rows ?? noRows
  const select = useCallback(
    (key: string) => {
      const row = rows.find((other) => other.key === key)
      if (row === undefined) return
      setChosen({ key, seq: row.seq })
      selectEvent(row.seq)
    },
    [rows],
  )
  const byKey = chosen?.seq === event ? rows.find((row) => row.key === chosen?.key) : undefined
  const at = event === undefined ? undefined : timeline?.rowOfSeq.get(event)
  const bySeq = at === undefined ? nearestRow(rows, event) : rows[at]
  // An event inside a closed fold opens it.
  useEffect(() => {
    if (event === undefined || byKey !== undefined || bySeq?.kind !== 'fold' || bySeq.seq === event) return
    if (!openFolds.has(bySeq.key)) onFold(bySeq.key)
  }, [event, byKey, bySeq, openFolds, onFold])
  return [event === undefined ? undefined : (byKey ?? bySeq), select]
}

/** The number of an event, or of the row that stands for it; undefined if the timeline is not about it. */
export function numberOf(timeline: Timeline | undefined, seq: number): number | undefined {
  const known = timeline?.numberOfSeq.get(seq)
  if (known !== undefined || timeline?.records.some((record) => record.seq === seq) !== true) return known
  return timeline.rows.findLast((row) => row.seq <= seq && row.number !== undefined)?.number
}

/** Events without a row of their own (a pause, the end of a callback) are shown by the row before them. */
function nearestRow(rows: readonly Row[], seq: number | undefined): Row | undefined {
  if (seq === undefined) return undefined
  const exact = rows.find((row) => row.seq === seq && (row.kind === 'wait' || row.kind === 'finding'))
  return exact ?? rows.findLast((row) => row.seq <= seq && row.kind !== 'wait' && row.kind !== 'finding')
}

export function matchingRows(
  timeline: Timeline | undefined,
  filter: string,
  words: (row: Row) => string,
): ReadonlySet<number> | undefined {
  const wanted = filter.trim().toLowerCase()
  if (wanted === '' || timeline === undefined) return undefined
  return new Set(timeline.rows.flatMap((row, index) => (words(row).toLowerCase().includes(wanted) ? [index] : [])))
}

export function positionText(
  t: ReturnType<typeof useText>,
  timeline: Timeline | undefined,
  selected: Row | undefined,
  matches: ReadonlySet<number> | undefined,
): string {
  if (timeline === undefined) return ''
  if (matches !== undefined) return t('run.events.matches', { count: matches.size })
  if (selected === undefined) return t('run.events.count', { count: timeline.events })
  const number = selected.number ?? timeline.numberOfSeq.get(selected.seq)
  return number === undefined
    ? t('run.events.count', { count: timeline.events })
    : t('run.events.of', { number, count: timeline.events })
}
