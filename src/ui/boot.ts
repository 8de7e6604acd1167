import { defaultTemplate } from '../templates/gallery.ts'
import { buildChanged } from './commands/build.ts'
import { startProjectCheck } from './commands/check-project.ts'
import { openExample } from './commands/examples.ts'
import { openProject } from './commands/files.ts'
import { openLinkFromAddress, watchAddress } from './commands/links.ts'
import { buildAndRun, startLiveRuns } from './commands/live.ts'
import { runNow } from './commands/run.ts'
import { applyTheme, setLanguage } from './commands/view.ts'
import { lastProject, startSession } from './persist/session.ts'
import { startShortcuts } from './shell/shortcuts.ts'
import { getApp } from './store/store.ts'

/** Everything that must be there before the first paint; the first run is on its way when it returns. */
export async function start(): Promise<void> {
  const { theme, language } = getApp().view
  applyTheme(theme)
  setLanguage(language)
  await openFirst()
  startShortcuts()
  startSession()
  startLiveRuns()
  watchAddress()
  void firstRun()
}

/** The link in the address, else what was open last, else the default sample. */
async function openFirst(): Promise<void> {
  if (await openLinkFromAddress()) return
  const saved = await lastProject()
  if (saved === undefined) return openExample(defaultTemplate)
  const { id, files, binaries, tabs, active } = saved
  openProject(files, { id, binaries, tabs, active, touched: true })
}

/** Shipped modules run at once; what has none is compiled first. The compiler then loads behind the finished run. */
async function firstRun(): Promise<void> {
  const { project, build } = getApp()
  const shipped =
    Object.keys(build).length > 0 || Object.keys(project.files).every((path) => !/\.(?:ts|wat)$/.test(path))
  if (!shipped) {
    startProjectCheck()
    return buildAndRun()
  }
  await runNow()
  startProjectCheck()
  whenIdle(() => void buildChanged({ again: true }))
}

/** After the editor: it is what a person touches first. */
function whenIdle(act: () => void): void {
  const run = () =>
    'requestIdleCallback' in window ? window.requestIdleCallback(act, { timeout: 4000 }) : setTimeout(act, 500)
  setTimeout(run, 800)
}
