import { useText } from '../text.ts'
import { StackFrames } from './StackFrames.tsx'
import { useGuest } from './useGuest.ts'

/** Who called a host function. Not in the trace: the run is repeated for it. */
export function GuestStack({ plugin, seq }: { readonly plugin: string; readonly seq: number }) {
  const t = useText()
  const look = useGuest(seq)
  if (look === 'coming') return <p className="dim no-args">{t('run.look.coming')}</p>
  if (look === undefined) return <p className="dim no-args">{t('run.look.none')}</p>
  return <StackFrames plugin={plugin} frames={look.frames} />
}
