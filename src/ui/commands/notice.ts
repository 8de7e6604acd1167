import { getApp, setProject, setView } from '../store/store.ts'
import type { Notice } from '../store/view.ts'

let lastNotice = 0

/** Says what happened, at the bottom of the frame, until it is dismissed or another takes its place. */
export function notify(text: string, undo?: Notice['undo']): void {
  lastNotice += 1
  setView({ notice: { id: lastNotice, text, ...(undo === undefined ? {} : { undo }) } })
}

export const dismissNotice = (): void => setView({ notice: undefined })

/** Takes back what the notice told of. */
export function undoNotice(): void {
  const { notice } = getApp().view
  if (notice?.undo !== undefined) {
    setProject({ ...notice.undo, revision: getApp().project.revision + 1, touched: true, saved: 'unsaved' })
  }
  dismissNotice()
}
