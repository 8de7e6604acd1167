import { useEffect, useState } from 'react'
import { onThemeChange } from '../../editor/theme-change.ts'
import { laneInk } from '../lanes.ts'
import type { Lane } from '../row-types.ts'
import type { Tick } from './ticks.ts'

/** Colours for a canvas, which knows no variables: read from the page, and again when its theme changes. */
export type Paint = {
  readonly color: (token: string) => string
  /** A new one for every theme. */
  readonly version: number
}

export function usePaint(): Paint {
  const [version, setVersion] = useState(0)
  useEffect(() => onThemeChange(() => setVersion((before) => before + 1)), [])
  return { color: (token) => getComputedStyle(document.documentElement).getPropertyValue(token).trim(), version }
}

/** What a mark is drawn with: an action's own colour, what is bad in red, everything else in the ink of its lane. */
export function tickToken(tick: Tick): string {
  if (tick.mark !== undefined && tick.mark !== 'trap') return `--act-${tick.mark}`
  if (tick.kind === 'bad' || tick.kind === 'hang') return '--bad'
  return tick.plugin === undefined ? '--ink-3' : laneToken({ kind: 'plugin', index: tick.plugin, name: '' })
}

export const laneToken = (lane: Lane | undefined): string => `--lane-${laneInk(lane)}`

/** A canvas as sharp as the screen, cleared; undefined while it has no size. */
export function sheet(
  canvas: HTMLCanvasElement | null,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const context = canvas?.getContext('2d') ?? undefined
  if (canvas === null || context === undefined || width <= 0) return undefined
  const scale = window.devicePixelRatio || 1
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  context.scale(scale, scale)
  return context
}
