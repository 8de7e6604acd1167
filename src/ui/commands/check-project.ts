import { appStore, getApp, setProject } from '../store/store.ts'

const debounceMs = 120

/** Reads the project files again after each change, for markers and the Problems list. The loader comes lazily. */
export function startProjectCheck(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void check(), debounceMs)
  }
  later()
  const stop = appStore.subscribe(({ project }, before) => {
    if (project.files !== before.project.files || project.binaries !== before.project.binaries) later()
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

async function check(): Promise<void> {
  const { loadProject } = await import('../../model/project/load.ts')
  const { files, binaries, problems } = getApp().project
  const found = loadProject(files, Object.keys(binaries)).problems
  if (found.length > 0 || problems.length > 0) setProject({ problems: found })
}
