import './overlays.css'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { closeOverlay } from '../commands/view.ts'
import { Icon } from '../shell/icons.tsx'
import { useText } from '../text.ts'

/** A modal sheet on the browser's own dialog: focus stays inside, Escape closes, the work behind keeps its state. */
export function Sheet(props: {
  readonly title: string
  readonly children: ReactNode
  readonly wide?: boolean
  /** A sheet with a choice that must be made has no close button and ignores Escape. */
  readonly mustChoose?: boolean
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const t = useText()
  const heading = useId()
  useEffect(() => {
    const element = dialog.current
    if (element !== null && !element.open) element.showModal()
    // The field to fill in comes before the button that closes.
    element?.querySelector<HTMLElement>('input, textarea')?.focus()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`sheet${props.wide === true ? ' wide' : ''}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        if (props.mustChoose !== true) closeOverlay()
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current && props.mustChoose !== true) closeOverlay()
      }}
    >
      <div className="sheet-in">
        <header className="sheet-head">
          <h2 id={heading}>{props.title}</h2>
          {props.mustChoose !== true && (
            <button type="button" className="btn sm icon" aria-label={t('ui.sheet.close')} onClick={closeOverlay}>
              <Icon name="close" />
            </button>
          )}
        </header>
        {props.children}
      </div>
    </dialog>
  )
}
