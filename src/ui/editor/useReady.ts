import { useEffect, useState } from 'react'
import { useApp } from '../store/store.ts'

/** Milliseconds in which the run is painted: what the editor loads must not compete with it. */
const painted = 100

/** What a person begins to use the page with. */
const touches = ['pointerdown', 'keydown'] as const

/** How long it waits for a run that may not come, in milliseconds; Go's first build takes longer, and both cores. */
const [patience, patienceWithBuild] = [2500, 10_000]

/**
 * The editor may load: the first run is on the screen, or it is clear that there will be none, or somebody clicks or types.
 */
export function useReady(): boolean {
  const settled = useApp(
    ({ run, build }) =>
      run.shown !== undefined ||
      (run.job.kind !== 'idle' && run.job.kind !== 'running') ||
      Object.values(build).some(({ job }) => job.kind === 'rejected' || job.kind === 'unavailable'),
  )
  const building = useApp(({ build }) => Object.values(build).some(({ job }) => job.kind === 'compiling'))
  const [ready, setReady] = useState(false)
  useEffect(() => {
    if (ready) return
    // Without a run (nothing to run) the editor must not wait for ever.
    const waits = building ? patienceWithBuild : patience
    const now = () => setReady(true)
    const timer = window.setTimeout(now, settled ? painted : waits)
    for (const event of touches) window.addEventListener(event, now, { once: true })
    return () => {
      window.clearTimeout(timer)
      for (const event of touches) window.removeEventListener(event, now)
    }
  }, [settled, building, ready])
  return ready
}
