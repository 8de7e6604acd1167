import { useSyncExternalStore } from 'react'

/** Which form the frame takes (ui/README.md, Anatomy): drawer under 1180, two tabs under 960, phone under 600. */
export type Layout = 'wide' | 'drawer' | 'tabs' | 'phone'

const breakpoints = [1180, 960, 600] as const

function readLayout(): Layout {
  const width = window.innerWidth
  if (width < breakpoints[2]) return 'phone'
  if (width < breakpoints[1]) return 'tabs'
  return width < breakpoints[0] ? 'drawer' : 'wide'
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('resize', changed)
  return () => window.removeEventListener('resize', changed)
}

export const useLayout = (): Layout => useSyncExternalStore(subscribe, readLayout)
