import { useEffect, useState } from 'react'
import { useApp } from '../store/store.ts'

/** Milliseconds in which the run is painted: what the editor loads must not compete with it. */
const painted = 100

/** The editor may load: the first run is on the screen, or it is clear that there will be none. */
export function useReady(): boolean {
  const settled = useApp(
    ({ run }) => run.shown !== undefined || (run.job.kind !== 'idle' && run.job.kind !== 'running'),
  )
  const [ready, setReady] = useState(false)
  useEffect(() => {
    if (ready) return
    // Without a run (nothing to run) the editor must not wait for ever.
    const timer = window.setTimeout(() => setReady(true), settled ? painted : 2500)
    return () => window.clearTimeout(timer)
  }, [settled, ready])
  return ready
}
