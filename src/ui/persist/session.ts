import { newProjectId } from '../commands/files.ts'
import { notify } from '../commands/notice.ts'
import { closeOverlay, openOverlay } from '../commands/view.ts'
import { appStore, getApp, setProject } from '../store/store.ts'
import { currentText } from '../text.ts'
import { saveCurrent, startAutosave } from './autosave.ts'
import { loadProject, type SavedProject } from './database.ts'
import { createOwnership, type Ownership } from './ownership.ts'

const lastKey = 'proxyground.last.v1'
let ownership: Ownership | undefined

/** Local save: every keystroke is kept, and of two tabs with one project only one writes. */
export function startSession(): void {
  ownership = createOwnership(lose)
  startAutosave(() => ownership?.owns(getApp().project.id) === true)
  appStore.subscribe(({ project }, before) => {
    if (project.id !== before.project.id || (project.touched && !before.project.touched)) void claimCurrent()
  })
  void claimCurrent()
}

/** The project that was open last in this browser. */
export async function lastProject(): Promise<SavedProject | undefined> {
  try {
    const id = localStorage.getItem(lastKey)
    return id === null ? undefined : await loadProject(id)
  } catch {
    // Storage is forbidden here; there is nothing to go back to.
    return undefined
  }
}

/** An untouched sample belongs to nobody: it is claimed with its first change. */
async function claimCurrent(): Promise<void> {
  const { id, touched } = getApp().project
  if (!touched || ownership === undefined) return
  if (await ownership.claim(id)) return settled(id)
  if (getApp().project.id === id) openOverlay({ kind: 'second-tab' })
}

async function settled(id: string): Promise<void> {
  try {
    localStorage.setItem(lastKey, id)
  } catch {
    setProject({ saved: 'unavailable' })
    return
  }
  if (getApp().project.id === id) await saveCurrent()
}

/** Another tab asked for this project: keep what is here, then say so. */
async function lose(id: string): Promise<void> {
  if (getApp().project.id !== id) return
  await saveCurrent()
  openOverlay({ kind: 'second-tab' })
}

/** First choice of the sheet: this tab goes on with the newest text, the other one is told. */
export async function continueHere(): Promise<void> {
  const { id } = getApp().project
  if (ownership === undefined || !(await ownership.takeOver(id))) {
    notify(currentText()('ui.secondTab.busy'))
    return
  }
  const saved = await loadProject(id)
  if (saved !== undefined && saved.files !== getApp().project.files) {
    const { files, binaries } = saved
    setProject({ files, binaries, revision: getApp().project.revision + 1 })
  }
  closeOverlay()
  await settled(id)
}

/** Second choice: this tab goes on with a project of its own. */
export async function continueAsCopy(): Promise<void> {
  setProject({ id: newProjectId(), touched: true })
  closeOverlay()
  await claimCurrent()
}
