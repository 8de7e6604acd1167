import { useEffect, useMemo, useRef } from 'react'
import { setView, useApp } from '../store/store.ts'
import { type Distance, distancesOf, firstDistance } from '../timeline/far/distance.ts'
import type { RunModel } from './run-model.ts'

const near: readonly Distance[] = ['rows']

/** Whether a key was pressed in the timeline, in any of its forms: only there do single characters act. */
export const isTimeline = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('[role=treegrid], [role=listbox], [role=slider], .tl-table') !== null

/** From where the run is seen, and from where it can be. An event that is asked for is seen in rows. */
export function useDistance(model: RunModel | undefined): readonly [Distance, readonly Distance[]] {
  const chosen = useApp(({ view }) => view.distance)
  const event = useApp(({ view }) => view.event)
  const distances = useMemo(() => (model === undefined ? near : distancesOf(model.trace, model.scopes)), [model])
  const wanted = chosen ?? (model === undefined ? 'rows' : firstDistance(model.trace, model.scope))
  const asked = useRef(event)
  useEffect(() => {
    if (event !== undefined && event !== asked.current) setView({ distance: 'rows' })
    asked.current = event
  }, [event])
  return [distances.includes(wanted) ? wanted : 'rows', distances]
}
