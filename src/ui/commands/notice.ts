import { getApp, setProject, setView } from '../store/store.ts'
import { type FilesState, takenBack } from '../store/take-back.ts'
import type { Notice } from '../store/view.ts'

let lastNotice = 0

/** Says what happened, at the bottom of the frame, until it is dismissed or another takes its place. */
export function notify(text: string): void {
  show({ text })
}

/** The same with the way back to `before`, a snapshot taken before the files changed. */
export function notifyChange(text: string, before: FilesState): void {
  show({ text, undo: { before, after: snapshot() } })
}

function show(notice: Omit<Notice, 'id'>): void {
  lastNotice += 1
  setView({ notice: { id: lastNotice, ...notice } })
}

export const dismissNotice = (): void => setView({ notice: undefined })

/** The files as they are now, to come back to. */
export function snapshot(): FilesState {
  const { id, files, binaries, tabs, active } = getApp().project
  return { id, files, binaries, tabs, active }
}

/** Takes back what the notice told of. */
export function undoNotice(): void {
  const { view, project } = getApp()
  const back = view.notice?.undo === undefined ? undefined : takenBack(project, view.notice.undo)
  if (back !== undefined) setProject({ ...back, revision: project.revision + 1, touched: true, saved: 'unsaved' })
  dismissNotice()
}
