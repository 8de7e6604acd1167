import { type RefObject, useEffect, useState } from 'react'
import type { TraceView } from '../../../model/trace.ts'
import type { Scope } from '../scopes.ts'

/** How far the run is looked at from: a row each, a strip for each request, counts in buckets. */
export const DISTANCES = ['rows', 'strips', 'density'] as const
export type Distance = (typeof DISTANCES)[number]

/** Requests in one step from which on a strip each says more than the rows of the last of them. */
const manyRequests = 20
/** Records from which on a strip each is no overview any more. */
const manyRecords = 20_000

/** The distances that show something new of this run. */
export function distancesOf(view: TraceView, scopes: readonly Scope[]): readonly Distance[] {
  if (exchangesOf(scopes).length < 2) return ['rows']
  return view.length > 500 ? DISTANCES : ['rows', 'strips']
}

export const exchangesOf = (scopes: readonly Scope[]): readonly Scope[] =>
  scopes.filter(({ stream }) => stream !== undefined)

/** Where a run is looked at from as long as nobody chose: a load run from afar. */
export function firstDistance(view: TraceView, scope: Scope | undefined): Distance {
  if ((scope?.requests ?? 0) <= manyRequests) return 'rows'
  return view.length > manyRecords ? 'density' : 'strips'
}

/** Ctrl+wheel and pinch (browsers report it as that) ask for one step closer or farther; a long turn asks once a notch. */
export function useZoom(element: RefObject<HTMLElement | null>, onZoom: (by: 1 | -1) => void): void {
  const [state] = useState(() => ({ turned: 0, zoom: onZoom }))
  state.zoom = onZoom
  useEffect(() => {
    const target = element.current
    if (target === null) return
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      state.turned = Math.sign(state.turned) === Math.sign(event.deltaY) ? state.turned + event.deltaY : event.deltaY
      if (Math.abs(state.turned) < 40) return
      state.zoom(state.turned > 0 ? 1 : -1)
      state.turned = 0
    }
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => target.removeEventListener('wheel', onWheel)
  }, [element, state])
}
