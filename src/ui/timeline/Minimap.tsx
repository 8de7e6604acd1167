import { type PointerEvent, useMemo } from 'react'
import { laneInk } from './lanes.ts'
import type { Lane, Row } from './row-types.ts'

type Tick = { readonly x: number; readonly width: number; readonly color: string; readonly weight: number }

/** The whole run beside the part in view. Many rows share a pixel: the worst of them is drawn. */
export function Minimap(props: {
  readonly rows: readonly Row[]
  readonly lanes: readonly Lane[]
  readonly selected: number
  readonly height: number
  readonly from: number
  readonly to: number
  readonly onJump: (row: number) => void
}) {
  const { rows, lanes, selected, height, from, to, onJump } = props
  const step = Math.min(9, (height - 12) / Math.max(1, rows.length))
  const ticks = useMemo(() => ticksOf(rows, lanes, step), [rows, lanes, step])
  const jump = (event: PointerEvent<HTMLDivElement>) => {
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top - 6
    onJump(Math.max(0, Math.min(rows.length - 1, Math.floor(y / step))))
  }
  return (
    <div
      className="minimap"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        jump(event)
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) jump(event)
      }}
    >
      <svg width="26" height={height} aria-hidden="true">
        {[...ticks].map(([y, tick]) => (
          <rect
            key={y}
            x={tick.x}
            y={6 + y}
            width={tick.width}
            height={Math.max(1, Math.min(5, step - 1))}
            rx="1"
            fill={tick.color}
            opacity={tick.weight === 0 ? 0.4 : 0.9}
          />
        ))}
        {selected >= 0 && (
          <rect
            x="1"
            y={5 + selected * step}
            width="24"
            height={Math.max(3, Math.min(7, step))}
            rx="1"
            fill="var(--marker-edge)"
          />
        )}
      </svg>
      <div className="window" style={{ top: 3 + from * step, height: Math.max(8, (to - from) * step + 4) }} />
    </div>
  )
}

function ticksOf(rows: readonly Row[], lanes: readonly Lane[], step: number): ReadonlyMap<number, Tick> {
  const ticks = new Map<number, Tick>()
  for (const [index, row] of rows.entries()) {
    const y = Math.round(index * step)
    const tick = tickOf(row, lanes)
    if ((ticks.get(y)?.weight ?? -1) < tick.weight) ticks.set(y, tick)
  }
  return ticks
}

function tickOf(row: Row, lanes: readonly Lane[]): Tick {
  const x = 3 + Math.min(row.lane, 6) * 1.6
  const lane = `var(--lane-${laneInk(lanes[row.lane])})`
  switch (row.kind) {
    case 'callback': {
      const action = row.mark !== undefined && row.mark !== 'continue'
      return { x, width: 12, color: action ? `var(--act-${row.mark})` : lane, weight: action ? 3 : 2 }
    }
    case 'wait':
      return row.hang ? { x, width: 12, color: 'var(--act-hang)', weight: 5 } : { x, width: 3, color: lane, weight: 0 }
    case 'finding':
    case 'trap':
      return { x, width: 12, color: 'var(--bad)', weight: 4 }
    case 'call':
      return { x, width: 6, color: row.result.bad ? 'var(--bad)' : lane, weight: row.result.bad ? 4 : 1 }
    case 'fold':
      return { x, width: 6, color: lane, weight: 0 }
    case 'message':
    case 'note':
      return { x, width: 6, color: row.bad ? 'var(--bad)' : lane, weight: row.bad ? 4 : 1 }
    case 'log':
      return { x, width: 6, color: lane, weight: 1 }
  }
}
