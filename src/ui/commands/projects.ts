import { loadProject } from '../persist/database.ts'
import { setProject } from '../store/store.ts'
import { currentText } from '../text.ts'
import { openProject } from './files.ts'

/** The smallest project that runs: the request goes straight through to httpbin. */
export const emptyFiles = (title: string): Readonly<Record<string, string>> => ({
  'proxyground.yaml': `version: 1\ntitle: ${title}\ngateway:\n  profile: higress-2.2\nplugins: []\n`,
  'scenarios/first.yaml':
    'name: the first request\nsteps:\n  - request: { method: GET, url: http://example.com/get }\n    expect: { status: 200 }\n',
})

export async function newProject(): Promise<void> {
  openProject(emptyFiles(currentText()('ui.project.untitled')))
  // No file is at hand: the ways to a first plugin stand in the editor's place.
  setProject({ tabs: [], active: undefined })
  await Promise.resolve()
}

/** Back to a project kept in this browser. The one that is open was saved as it was typed. */
export async function openSaved(id: string): Promise<void> {
  const saved = await loadProject(id)
  if (saved === undefined) return
  const { files, binaries, tabs, active } = saved
  openProject(files, { id, binaries, tabs, active, touched: true })
}
