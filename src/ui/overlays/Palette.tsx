import './palette.css'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { closeOverlay } from '../commands/view.ts'
import { useText } from '../text.ts'

/** The list with its search comes when it is first needed, or when the browser has nothing else to do. */
export const loadPaletteList = () => import('./PaletteList.tsx')
const PaletteList = lazy(loadPaletteList)

/**
 * The command palette. One can type from the moment it is asked for: what comes before the list has loaded is searched
 * then, and Enter chooses then.
 */
export function Palette() {
  const t = useText()
  const [search, setSearch] = useState('')
  const [entered, setEntered] = useState(false)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element !== null && !element.open) element.showModal()
    // showModal gives the focus to the list's own frame, which takes no text.
    element?.querySelector('input')?.focus()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('ui.top.commands')}
      onCancel={(event) => {
        event.preventDefault()
        closeOverlay()
      }}
      onPointerDown={(event) => event.target === dialog.current && closeOverlay()}
    >
      <Suspense
        fallback={
          <input
            className="palette-input"
            placeholder={t('ui.top.search')}
            aria-label={t('ui.top.commands')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && setEntered(true)}
          />
        }
      >
        <PaletteList search={search} onSearch={setSearch} entered={entered} />
      </Suspense>
    </dialog>
  )
}
