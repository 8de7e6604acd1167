import './timeline.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { TraceView } from '../../model/trace.ts'
import { useText } from '../text.ts'
import { millisText } from './display-text.ts'
import { EventRow } from './EventRow.tsx'
import { useFreshRows } from './fresh-rows.ts'
import { LaneHeader } from './LaneHeader.tsx'
import { Minimap } from './Minimap.tsx'
import { Rails } from './Rails.tsx'
import { relatedRows } from './relations.ts'
import type { Row } from './row-types.ts'
import { eventWords, laneName, resultWords } from './row-words.ts'
import type { Timeline } from './timeline.ts'
import { FormContext, formOf, laneWidth, rowHeight, useSize } from './timeline-form.ts'
import { type TimelineKey, timelineKey } from './timeline-keys.ts'

type Props = {
  /** The run that the timeline shows: rows that differ from the run before are washed. */
  readonly trace: TraceView
  readonly timeline: Timeline
  readonly selectedKey: string | undefined
  /** Rows that the filter does not ask for are faded, not removed: lines need their rows. */
  readonly matches: ReadonlySet<number> | undefined
  readonly findingText: (index: number) => string
  readonly onSelect: (key: string) => void
  readonly onFold: (key: string) => void
  readonly onSource: (row: Row) => void
  readonly onTable: () => void
  readonly onFilter: () => void
}

/** Lanes, rails and rows of one exchange. One tab stop; the arrow keys move inside. */
export function TimelineView(props: Props) {
  const { timeline, selectedKey, matches, findingText, onSelect, onFold } = props
  const t = useText()
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const size = useSize(scroller)
  const [hovered, setHovered] = useState<number | undefined>(undefined)
  const [goes, setGoes] = useState(false)
  const { rows, lanes, flow } = timeline
  const form = formOf(size.width)
  const rowPixels = rowHeight(form)
  const lanePixels = laneWidth(
    form,
    size.width,
    lanes.map((lane) => laneName(t, lane)),
  )
  const selected = rows.findIndex((row) => row.key === selectedKey)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPixels,
    overscan: 12,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height makes every measure stale
  useEffect(() => virtual.measure(), [rowPixels])
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected, { align: 'auto' })
  }, [selected, virtual])

  const related = useMemo(
    () => (hovered === undefined ? new Set<number>() : relatedRows(flow, hovered)),
    [flow, hovered],
  )
  const fresh = useFreshRows(props.trace, timeline)
  const times = useMemo(() => timesOf(timeline), [timeline])
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const total = Math.max(rows.length * rowPixels, size.height)
  const fits = rows.length * rowPixels <= size.height
  const map = !fits && form !== 'narrow'
  const offset = scroller.current?.scrollTop ?? 0

  const act = (key: TimelineKey) => {
    switch (key.kind) {
      case 'select': {
        const row = rows[key.row]
        if (row !== undefined) onSelect(row.key)
        break
      }
      case 'fold':
        onFold(key.key)
        break
      case 'source': {
        const row = rows[selected]
        if (row !== undefined) props.onSource(row)
        break
      }
      case 'table':
        props.onTable()
        break
      case 'filter':
        props.onFilter()
        break
      case 'go':
        setGoes(true)
        break
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const key = timelineKey(event.key, { rows, flow, selected, goes, page: Math.floor(size.height / rowPixels) })
    setGoes(false)
    if (key === undefined) return
    event.preventDefault()
    event.stopPropagation()
    act(key)
  }

  return (
    <FormContext value={form}>
      <div
        className={`tl form-${form}${map ? '' : ' nomap'}`}
        style={
          { '--lane-w': `${lanePixels}px`, '--lanes': lanes.length, '--row': `${rowPixels}px` } as React.CSSProperties
        }
      >
        <LaneHeader lanes={lanes} />
        <div className="tl-main">
          <div
            ref={scroller}
            className="tl-body"
            role="treegrid"
            tabIndex={0}
            aria-label={t('run.timeline.label')}
            aria-rowcount={rows.length}
            aria-activedescendant={selected >= 0 ? `${id}-${selected}` : undefined}
            onKeyDown={onKeyDown}
          >
            <div className="tl-rows" style={{ height: total }}>
              {items.map((item) => {
                const row = rows[item.index]
                if (row === undefined) return null
                const lane = lanes[row.lane]
                return (
                  <EventRow
                    key={row.key}
                    row={row}
                    lane={lane}
                    time={times[item.index] ?? ''}
                    selected={item.index === selected}
                    related={related.has(item.index)}
                    fresh={fresh.has(row.key)}
                    faded={matches !== undefined && !matches.has(item.index)}
                    top={item.index * rowPixels}
                    id={`${id}-${item.index}`}
                    index={item.index}
                    label={[laneName(t, lane), eventWords(t, row, findingText), resultWords(t, row)]
                      .filter((part) => part !== '')
                      .join(', ')}
                    findingText={row.kind === 'finding' ? findingText(row.finding) : ''}
                    onSelect={onSelect}
                    onOpen={(opened) => (opened.kind === 'fold' ? onFold(opened.key) : props.onSource(opened))}
                    onHover={setHovered}
                  />
                )
              })}
              <Rails
                flow={flow}
                lanes={lanes}
                rows={rows.length}
                size={{
                  row: rowPixels,
                  lane: lanePixels,
                  bar: Math.min(13, lanePixels - 6),
                  gap: form === 'narrow' ? 6 : 4,
                }}
                top={first * rowPixels - 200}
                bottom={(last + 1) * rowPixels + 200}
                height={total}
              />
            </div>
          </div>
          {map && (
            <Minimap
              rows={rows}
              lanes={lanes}
              selected={selected}
              height={size.height}
              from={offset / rowPixels}
              to={(offset + size.height) / rowPixels}
              onJump={(row) => virtual.scrollToIndex(row, { align: 'center' })}
            />
          )}
        </div>
      </div>
    </FormContext>
  )
}

/** Virtual time of each row, written only where it changes. */
function timesOf(timeline: Timeline): readonly string[] {
  const base = timeline.records[0]?.at ?? 0
  let before = ''
  return timeline.rows.map((row) => {
    if (row.kind === 'wait' || row.kind === 'finding') return ''
    const text = millisText(row.at - base)
    if (text === before) return ''
    before = text
    return text
  })
}
