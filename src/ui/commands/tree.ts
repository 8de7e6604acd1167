import { getApp, setProject } from '../store/store.ts'
import { currentText } from '../text.ts'
import { openFile } from './files.ts'
import { notifyChange, snapshot } from './notice.ts'

export type PathProblem = 'empty' | 'taken' | 'characters'

/** Whether a file may have this path. Slashes make folders. */
export function pathProblem(path: string): PathProblem | undefined {
  const { files, binaries } = getApp().project
  if (path.trim() === '') return 'empty'
  if (!/^[\w@.+-]+(?:\/[\w@.+-]+)*$/.test(path) || path.split('/').includes('..')) return 'characters'
  return path in files || path in binaries ? 'taken' : undefined
}

export function newFile(path: string, text = ''): void {
  change({ ...getApp().project.files, [path]: text })
  openFile(path)
}

export function renameFile(from: string, to: string): void {
  moveAll((path) => (path === from ? to : path))
}

export function deleteFile(path: string): void {
  const before = snapshot()
  removeAll((other) => other === path)
  notifyChange(currentText()('ui.notice.deleted', { name: path }), before)
}

/** The project's texts from now on: an edit, not yet saved. */
export function change(files: Readonly<Record<string, string>>): void {
  setProject({ files, revision: getApp().project.revision + 1, touched: true, saved: 'unsaved' })
}

/** Moves files and their tabs; whose path stays the same stays. */
export function moveAll(to: (path: string) => string): void {
  const { project } = getApp()
  const move = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).map(([path, value]) => [to(path), value]))
  setProject({
    binaries: move(project.binaries),
    tabs: project.tabs.map(to),
    active: project.active === undefined ? undefined : to(project.active),
  })
  change(move(project.files))
}

/** Removes files and their tabs. */
export function removeAll(gone: (path: string) => boolean): void {
  const { project } = getApp()
  const keep = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).filter(([path]) => !gone(path)))
  const tabs = project.tabs.filter((path) => !gone(path))
  const active = project.active !== undefined && gone(project.active) ? tabs.at(-1) : project.active
  setProject({ binaries: keep(project.binaries), tabs, active })
  change(keep(project.files))
}

/** Writes several files at once, with the way back in the notice. */
export function applyFiles(files: Readonly<Record<string, string>>, told: string): void {
  const before = snapshot()
  change({ ...getApp().project.files, ...files })
  notifyChange(told, before)
}
