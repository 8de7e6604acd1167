import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { TraceView } from '../../../model/trace.ts'
import { useText } from '../../text.ts'
import { laneName } from '../row-words.ts'
import type { Scope } from '../scopes.ts'
import { useSize } from '../timeline-form.ts'
import { type Bucket, Density, runLanes } from './density.ts'
import { laneToken, sheet, tickToken, usePaint } from './paint.ts'
import { weightOf } from './ticks.ts'

const BAR = 4
const LANE = 34
const WORST = 22
/** Records counted between two frames: a few milliseconds. */
const PART = 10_000

/** The whole run in counts by lane, and below them the worst thing of each stretch. Enter or a click opens it in rows. */
export function DensityView(props: {
  readonly trace: TraceView
  readonly exchanges: readonly Scope[]
  readonly problems: ReadonlySet<number>
  readonly onOpen: (position: number) => void
}) {
  const { trace, exchanges, problems, onOpen } = props
  const t = useText()
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = useSize(box)
  const paint = usePaint()
  const width = Math.max(0, size.width - 110)
  const room = Math.floor(width / BAR)
  const lanes = useMemo(() => runLanes(trace), [trace])
  const density = useMemo(() => new Density(trace, room, lanes, problems), [trace, room, lanes, problems])
  const [counted, setCounted] = useState(0)
  const [chosen, setChosen] = useState(0)
  const { buckets } = density
  const at = Math.min(chosen, buckets.length - 1)
  const height = lanes.length * LANE + WORST + 8

  useEffect(() => {
    let frame = 0
    const part = () => {
      density.advance(PART)
      setCounted((before) => before + 1)
      if (!density.done) frame = requestAnimationFrame(part)
    }
    if (room > 0) part()
    return () => cancelAnimationFrame(frame)
  }, [density, room])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `counted` tells that the buckets have grown
  useEffect(() => {
    const context = sheet(canvas.current, width, height)
    if (context === undefined) return
    const most = lanes.map((_, lane) => Math.max(1, ...buckets.map(({ counts }) => counts[lane] ?? 0)))
    for (const [index, bucket] of buckets.entries()) {
      for (const [lane, count] of bucket.counts.entries()) {
        if (count === 0) continue
        const tall = Math.max(2, (count / (most[lane] ?? 1)) * (LANE - 8))
        context.fillStyle = paint.color(laneToken(lanes[lane]))
        context.fillRect(index * BAR, (lane + 1) * LANE - tall, BAR - 1, tall)
      }
      const { worst } = bucket
      if (worst === undefined || weightOf(worst.kind) < 3) continue
      context.fillStyle = paint.color(tickToken(worst))
      const tall = weightOf(worst.kind) < 4 ? WORST / 2 : WORST
      context.fillRect(index * BAR, height - tall, BAR - 1, tall)
    }
  }, [density, counted, width, height, paint, lanes, buckets])

  const bucketAt = (event: PointerEvent<HTMLElement>) =>
    Math.max(
      0,
      Math.min(
        buckets.length - 1,
        Math.floor((event.clientX - (canvas.current?.getBoundingClientRect().left ?? 0)) / BAR),
      ),
    )
  const open = (bucket: Bucket | undefined) => {
    if (bucket !== undefined) onOpen(bucket.worstAt ?? bucket.from)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.round(buckets.length / 10))
    const next: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at + 1,
      ArrowDown: at - 1,
      PageUp: at + page,
      PageDown: at - page,
      Home: 0,
      End: buckets.length - 1,
      n: buckets.findIndex(({ worst }, index) => index > at && weightOf(worst?.kind) >= 3),
      N: buckets.findLastIndex(({ worst }, index) => index < at && weightOf(worst?.kind) >= 3),
    }
    const to = event.ctrlKey || event.metaKey || event.altKey ? undefined : next[event.key]
    if (to !== undefined) {
      if (to >= 0) setChosen(Math.min(buckets.length - 1, to))
    } else if (event.key === 'Enter') open(buckets[at])
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const words = wordsOf(t, buckets[at], trace, exchanges)
  return (
    <div className="density" ref={box}>
      <div className="density-grid">
        <div className="density-lanes" aria-hidden="true">
          {lanes.map((lane, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lanes have no other identity than their place
            <span key={index} className="trunc" style={{ height: LANE }}>
              {laneName(t, lane)}
            </span>
          ))}
          <span className="dim trunc" style={{ height: WORST }}>
            {t('run.far.worst')}
          </span>
        </div>
        <div
          className="density-plot"
          role="slider"
          tabIndex={0}
          aria-label={t('run.far.plot')}
          aria-valuemin={1}
          aria-valuemax={buckets.length}
          aria-valuenow={at + 1}
          aria-valuetext={words}
          onKeyDown={onKeyDown}
          onPointerMove={(event) => setChosen(bucketAt(event))}
          onPointerUp={(event) => event.button === 0 && open(buckets[bucketAt(event)])}
          style={{ height }}
        >
          <canvas ref={canvas} style={{ width, height }} />
          <span className="density-here" style={{ left: at * BAR - 1, height }} />
        </div>
      </div>
      <p className="density-words">{words}</p>
      <p className="dim">{t('run.far.how')}</p>
    </div>
  )
}

function wordsOf(
  t: ReturnType<typeof useText>,
  bucket: Bucket | undefined,
  trace: TraceView,
  exchanges: readonly Scope[],
): string {
  if (bucket === undefined) return ''
  const numbers = numbersIn(bucket, trace, exchanges)
  const events = t('run.far.events', { from: bucket.from + 1, to: bucket.to })
  const [first, last] = [numbers[0], numbers.at(-1)]
  const requests =
    first === undefined || last === undefined
      ? ''
      : first === last
        ? t('run.far.request', { number: first })
        : t('run.far.requests', { from: first, to: last })
  const { worst } = bucket
  const plugin = trace.plugins.find(({ index }) => index === worst?.plugin)?.name ?? ''
  const mark =
    worst === undefined || weightOf(worst.kind) < 3
      ? ''
      : [worst.mark === undefined ? t('run.far.hasProblem') : t(`run.mark.${worst.mark}`), plugin]
          .filter((part) => part !== '')
          .join(', ')
  return [requests, events, mark].filter((part) => part !== '').join(' · ')
}

/** Numbers of the first and the last request that begins in it; where none begins, of those that go on. */
function numbersIn(bucket: Bucket, trace: TraceView, exchanges: readonly Scope[]): readonly number[] {
  const begun: number[] = []
  const going: number[] = []
  const numberOf = new Map(exchanges.map(({ stream }, index) => [stream, index + 1]))
  for (let at = bucket.from; at < bucket.to; at++) {
    const { type, stream } = trace.heading(at)
    const number = stream === undefined ? undefined : numberOf.get(stream)
    if (number === undefined) continue
    going.push(number)
    if (type === 'request.headers' || type === 'connection.open') begun.push(number)
  }
  return (begun.length > 0 ? begun : going).sort((a, b) => a - b)
}
