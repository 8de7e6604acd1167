import { useEffect, useState } from 'react'
import type { GuestLook } from '../../model/guest-look.ts'
import { guestAt } from '../commands/run.ts'
import { useApp } from '../store/store.ts'

/** What the trace does not hold of a host call; undefined when the project changed since, so that it cannot be had. */
export function useGuest(seq: number): GuestLook | 'coming' | undefined {
  const shown = useApp(({ run }) => run.shown)
  const [look, setLook] = useState<GuestLook | 'coming' | undefined>('coming')
  useEffect(() => {
    let current = true
    setLook('coming')
    if (shown === undefined) setLook(undefined)
    else
      void guestAt(shown, seq).then((found) => {
        if (current) setLook(found)
      })
    return () => {
      current = false
    }
  }, [shown, seq])
  return look
}
