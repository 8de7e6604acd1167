import { useMemo } from 'react'
import { RailMark } from './ActionMark.tsx'
import type { Flow } from './flow-types.ts'
import { laneInk } from './lanes.ts'
import { type RailInk, type RailShape, type RailSize, railShapes } from './rails.ts'
import type { Lane } from './row-types.ts'

/** All lines of one timeline as one SVG. Only shapes between `top` and `bottom` are drawn. */
export function Rails(props: {
  readonly flow: Flow
  readonly lanes: readonly Lane[]
  readonly rows: number
  readonly size: RailSize
  readonly top: number
  readonly bottom: number
  readonly height: number
}) {
  const { flow, lanes, rows, size, top, bottom, height } = props
  const shapes = useMemo(() => railShapes(flow, lanes.length, rows, size), [flow, lanes, rows, size])
  const seen = shapes.filter((shape) => shape.bottom >= top && shape.top <= bottom)
  const width = size.lane * lanes.length
  return (
    <svg className="rails" width={width} height={height} aria-hidden="true">
      {lanes.map((lane, index) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: lanes have no other identity than their place
          key={`axis${index}`}
          d={`M${index * size.lane + size.lane / 2} 0V${height}`}
          stroke={lane.kind === 'free' ? 'var(--line-control)' : 'var(--line-strong)'}
          strokeDasharray={lane.kind === 'free' ? '5 5' : undefined}
        />
      ))}
      {seen.map((shape) => (
        <Shape key={shape.key} shape={shape} lanes={lanes} barWidth={size.bar} />
      ))}
    </svg>
  )
}

const lanePaint = (lanes: readonly Lane[], lane: number): string => `var(--lane-${laneInk(lanes[lane])}`

function paint(ink: RailInk, lanes: readonly Lane[]): string {
  switch (ink.kind) {
    case 'lane':
      return `${lanePaint(lanes, ink.lane)})`
    case 'message':
      return 'var(--ink-2)'
    case 'axis':
      return 'var(--line-strong)'
    case 'bad':
      return 'var(--bad)'
    case 'surface':
      return 'var(--surface)'
    case 'none':
      return 'none'
    case 'mark':
      return `var(--act-${ink.mark})`
  }
}

function Shape({
  shape,
  lanes,
  barWidth,
}: {
  readonly shape: RailShape
  readonly lanes: readonly Lane[]
  readonly barWidth: number
}) {
  switch (shape.kind) {
    case 'path':
      return (
        <path
          d={shape.d}
          fill={paint(shape.fill, lanes)}
          stroke={paint(shape.stroke, lanes)}
          strokeWidth={shape.width || undefined}
          strokeDasharray={shape.dash || undefined}
          strokeLinecap={shape.dash.startsWith('1') ? 'round' : undefined}
          strokeLinejoin="round"
          opacity={shape.opacity}
        />
      )
    case 'bar':
      return (
        <rect
          x={shape.x}
          y={shape.y}
          width={barWidth}
          height={shape.height}
          rx="3"
          fill={`${lanePaint(lanes, shape.lane)}-fill)`}
          stroke={`${lanePaint(lanes, shape.lane)})`}
          strokeWidth="1.25"
        />
      )
    case 'mark':
      return (
        <RailMark
          mark={shape.mark}
          x={shape.x}
          y={shape.y}
          size={shape.size}
          flip={shape.flip}
          hole={`${lanePaint(lanes, shape.lane)}-fill)`}
        />
      )
    case 'dot':
      return (
        <circle
          cx={shape.x}
          cy={shape.y}
          r={shape.r}
          fill={shape.hollow ? 'var(--surface)' : 'var(--ink-2)'}
          stroke="var(--ink-2)"
          strokeWidth="1.6"
        />
      )
  }
}
