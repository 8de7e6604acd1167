import { type ReactNode, useEffect, useRef } from 'react'
import { toggleDrawer } from '../commands/view.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'

/** The files over the work, on narrow screens. */
export function Drawer({ children }: { readonly children: ReactNode }) {
  const open = useApp(({ view }) => view.drawer)
  return open ? <OpenDrawer>{children}</OpenDrawer> : null
}

function OpenDrawer({ children }: { readonly children: ReactNode }) {
  const t = useText()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element !== null && !element.open) element.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-label={t('ui.top.files')}
      onCancel={() => toggleDrawer(false)}
      onPointerDown={(event) => event.target === dialog.current && toggleDrawer(false)}
    >
      {children}
    </dialog>
  )
}
