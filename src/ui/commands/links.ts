import type { ProjectFiles } from '../../sandbox/entry/api.ts'
import { getApp } from '../store/store.ts'
import { openProject } from './files.ts'
import { buildAndRun } from './live.ts'
import { openOverlay } from './view.ts'

const hasLink = () => /^#v\d+\./.test(location.hash)

/** Opens the project of a link in the address, if there is one. What was open before is kept in this browser. */
export async function openLinkFromAddress(): Promise<boolean> {
  if (!hasLink()) return false
  const files = await takeLink(location.hash)
  if (files === undefined) return false
  openProject(files)
  return true
}

/** A link put into the address of a page that is open: asks before it takes the place of work. */
export function watchAddress(): () => void {
  const changed = () => {
    if (hasLink()) void takeLink(location.hash).then((files) => files !== undefined && offerProject(files))
  }
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

/** Shows a project; when the present one was worked on, only after a question. */
export function offerProject(files: ProjectFiles): void {
  if (getApp().project.touched) openOverlay({ kind: 'replace', files })
  else replaceProject(files)
}

export function replaceProject(files: ProjectFiles): void {
  openProject(files)
  void buildAndRun()
}

/** The files of a link; a bad one opens a sheet that says why. The address loses it, so that a reload shows the work. */
async function takeLink(hash: string): Promise<ProjectFiles | undefined> {
  history.replaceState(null, '', location.pathname + location.search)
  const { openLink } = await import('../../model/share/link.ts')
  const opened = openLink(hash)
  if (opened.ok) return opened.value
  openOverlay({ kind: 'bad-link', failure: opened.error })
  return undefined
}
