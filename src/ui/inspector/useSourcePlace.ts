import { useEffect, useState } from 'react'
import type { TraceRecord } from '../../model/trace.ts'
import { getApp, setView, useApp } from '../store/store.ts'
import { type SourcePlace, sourcePlace } from './source-place.ts'

/** The source line of the selected event; it is marked in the editor while the event is selected. */
export function useSourcePlace(plugin: string, record: TraceRecord): SourcePlace | undefined {
  const run = useApp(({ run: { shown } }) => shown?.id)
  const sourceMap = useApp(({ build }) => build[plugin]?.good?.sourceMap)
  const [place, setPlace] = useState<SourcePlace | undefined>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run or build may place the same event elsewhere
  useEffect(() => {
    let current = true
    void sourcePlace(plugin, record).then((found) => {
      if (!current) return
      setPlace(found)
      mark(found)
    })
    return () => {
      current = false
      setPlace(undefined)
      mark(undefined)
    }
  }, [plugin, record, run, sourceMap])
  return place
}

/** A line of a library has no place among the project's files. */
function mark(place: SourcePlace | undefined): void {
  const path = place === undefined || place.library ? '' : `plugins/${place.plugin}/${place.file}`
  const here = place !== undefined && path in getApp().project.files ? { path, line: place.line } : undefined
  if (getApp().view.here !== here) setView({ here })
}
