import { appStore, getApp, setProject } from '../store/store.ts'
import { type SavedProject, saveProject } from './database.ts'

let writing: Promise<void> = Promise.resolve()
let scheduled = false

/** Saves after every keystroke: writes follow one another, and each takes the newest text. */
export function startAutosave(mayWrite: () => boolean): () => void {
  return appStore.subscribe(({ project }, before) => {
    const changed =
      project.files !== before.project.files ||
      project.binaries !== before.project.binaries ||
      (project.tabs !== before.project.tabs && project.touched) ||
      (project.active !== before.project.active && project.touched)
    if (changed && project.touched && mayWrite()) saveSoon()
  })
}

function saveSoon(): void {
  if (scheduled) return
  scheduled = true
  writing = writing.then(async () => {
    scheduled = false
    await saveCurrent()
  })
}

/** Writes the project as it is now. A browser that refuses storage is told to the user, and work goes on. */
export async function saveCurrent(): Promise<void> {
  const { project } = getApp()
  if (project.saved !== 'saving') setProject({ saved: 'saving' })
  try {
    await saveProject(record())
    if (getApp().project.revision === project.revision) setProject({ saved: 'saved' })
  } catch {
    setProject({ saved: 'unavailable' })
  }
}

function record(): SavedProject {
  const { id, files, binaries, tabs, active } = getApp().project
  return { version: 1, id, files, binaries, tabs, active, savedAt: Date.now() }
}
