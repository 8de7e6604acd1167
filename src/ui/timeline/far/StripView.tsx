import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { StreamId } from '../../../model/brand.ts'
import type { TraceView } from '../../../model/trace.ts'
import { Icon } from '../../shell/icons.tsx'
import { useText } from '../../text.ts'
import { ActionChip } from '../ActionMark.tsx'
import { durationText, visibleText } from '../display-text.ts'
import type { Scope } from '../scopes.ts'
import { useSize } from '../timeline-form.ts'
import { type Paint, sheet, tickToken, usePaint } from './paint.ts'
import { columnsOf, type Strip, stripOf } from './strips.ts'
import { weightOf } from './ticks.ts'

const ROW = 26
/** Pixels from one mark to the next: as many as there is room for, the same in every strip. */
const STEPS = { least: 4, most: 9 } as const
/** Strips that are looked at to choose it. */
const SAMPLE = 40
/** Height of a mark by how bad it is, of a row's inner 18 pixels. */
const HEIGHTS = [3, 5, 9, 18, 18, 18] as const

type Props = {
  readonly trace: TraceView
  readonly exchanges: readonly Scope[]
  readonly positions: ReadonlyMap<StreamId, readonly number[]>
  readonly problems: ReadonlySet<number>
  /** The exchange that the rows show. */
  readonly chosen: StreamId | undefined
  readonly onOpen: (scope: Scope, event: number | undefined) => void
}

/** A strip for each request. One tab stop; arrows move, Enter opens its rows; a click opens them at that event. */
export function StripView({ trace, exchanges, positions, problems, chosen, onOpen }: Props) {
  const t = useText()
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const size = useSize(scroller)
  const paint = usePaint()
  const start = Math.max(
    0,
    exchanges.findIndex(({ stream }) => stream === chosen),
  )
  const [selected, setSelected] = useState(start)
  const virtual = useVirtualizer({
    count: exchanges.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  })
  useEffect(() => scroller.current?.focus({ preventScroll: true }), [])
  useEffect(() => virtual.scrollToIndex(selected, { align: 'auto' }), [selected, virtual])
  const strip = useMemo(() => {
    const known = new Map<Scope, Strip>()
    return (scope: Scope): Strip => {
      const found = known.get(scope)
      if (found !== undefined || scope.stream === undefined) return found ?? stripOf(trace, [], problems)
      const made = stripOf(trace, positions.get(scope.stream) ?? [], problems)
      known.set(scope, made)
      return made
    }
  }, [trace, positions, problems])
  const width = Math.max(60, size.width - (size.width < 560 ? 130 : 330))
  const step = useMemo(() => {
    const longest = Math.max(1, ...exchanges.slice(0, SAMPLE).map((scope) => strip(scope).ticks.length))
    return Math.max(STEPS.least, Math.min(STEPS.most, Math.floor(width / longest)))
  }, [exchanges, strip, width])
  const move = (to: number) => setSelected(Math.max(0, Math.min(exchanges.length - 1, to)))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.floor(size.height / ROW) - 1)
    const next: Readonly<Record<string, number>> = {
      ArrowDown: selected + 1,
      j: selected + 1,
      ArrowUp: selected - 1,
      k: selected - 1,
      PageDown: selected + page,
      PageUp: selected - page,
      Home: 0,
      End: exchanges.length - 1,
    }
    const to = next[event.key]
    const scope = exchanges[selected]
    if (to !== undefined) move(to)
    else if (event.key === 'Enter' && scope !== undefined) onOpen(scope, undefined)
    else if (event.key === 'n' || event.key === 'N') {
      const by = event.key === 'n' ? 1 : -1
      for (let at = selected + by; at >= 0 && at < exchanges.length; at += by) {
        const other = exchanges[at]
        if (other === undefined || weightOf(strip(other).worst) < 4) continue
        move(at)
        break
      }
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      ref={scroller}
      className="strips"
      role="listbox"
      tabIndex={0}
      aria-label={t('run.far.list')}
      aria-activedescendant={`${id}-${selected}`}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const scope = exchanges[item.index]
          if (scope === undefined) return null
          return (
            <StripRow
              key={item.index}
              id={`${id}-${item.index}`}
              number={item.index + 1}
              count={exchanges.length}
              top={item.start}
              width={width}
              step={step}
              scope={scope}
              strip={strip(scope)}
              paint={paint}
              selected={item.index === selected}
              onOpen={onOpen}
            />
          )
        })}
      </div>
    </div>
  )
}

const StripRow = memo(function StripRow(props: {
  readonly id: string
  readonly number: number
  readonly count: number
  readonly top: number
  readonly width: number
  readonly step: number
  readonly scope: Scope
  readonly strip: Strip
  readonly paint: Paint
  readonly selected: boolean
  readonly onOpen: Props['onOpen']
}) {
  const { strip, width, step, paint, scope } = props
  const t = useText()
  const canvas = useRef<HTMLCanvasElement>(null)
  const columns = useMemo(() => columnsOf(strip.ticks, width, step), [strip, width, step])
  useEffect(() => {
    const context = sheet(canvas.current, width, 18)
    if (context === undefined) return
    for (const [index, tick] of columns.entries()) {
      const height = HEIGHTS[weightOf(tick.kind)] ?? 3
      context.fillStyle = paint.color(tickToken(tick))
      context.fillRect(index * step, (18 - height) / 2, Math.min(step - 1, 5), height)
    }
  }, [columns, width, step, paint])
  const open = (event: PointerEvent) => {
    const box = canvas.current?.getBoundingClientRect()
    const column = box === undefined ? -1 : Math.floor((event.clientX - box.left) / step)
    props.onOpen(scope, columns[column]?.seq)
  }
  const hung = strip.ended === 'hung'
  const status = strip.status === undefined ? t(hung ? 'run.mark.hang' : 'run.tabs.none') : String(strip.status)
  const bad = weightOf(strip.worst) >= 4
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus and names the active option
    <div
      id={props.id}
      className={`strip${props.selected ? ' sel' : ''}`}
      style={{ transform: `translateY(${props.top}px)` }}
      role="option"
      aria-selected={props.selected}
      aria-posinset={props.number}
      aria-setsize={props.count}
      aria-label={[visibleText(strip.title), status, durationText(strip.took), bad ? t('run.far.hasProblem') : '']
        .filter((part) => part !== '')
        .join(', ')}
      onPointerUp={(event) => event.button === 0 && open(event)}
    >
      <span className="n">{props.number}</span>
      <span className={`status ${bad ? 'status-bad' : ''}`}>
        {hung ? <ActionChip mark="hang" /> : status}
        {bad && !hung && <Icon name="warn" size={12} />}
      </span>
      <span className="title trunc">{visibleText(strip.title)}</span>
      <canvas ref={canvas} style={{ width, height: 18 }} />
      <span className="ms num">{durationText(strip.took)}</span>
    </div>
  )
})
