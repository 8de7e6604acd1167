import { openProject } from './commands/files.ts'
import { startLiveRuns } from './commands/live.ts'
import { emptyFiles } from './commands/projects.ts'
import { runNow } from './commands/run.ts'
import { applyTheme, setLanguage } from './commands/view.ts'
import { startAutosave } from './persist/autosave.ts'
import { startShortcuts } from './shell/shortcuts.ts'
import { getApp } from './store/store.ts'

/** Everything that must be there before the first paint; the first run is on its way when it returns. */
export async function start(): Promise<void> {
  const { theme, language } = getApp().view
  applyTheme(theme)
  setLanguage(language)
  await openFirst()
  startShortcuts()
  startAutosave(() => true)
  startLiveRuns()
  void runNow()
}

async function openFirst(): Promise<void> {
  openProject(emptyFiles('First'))
  await Promise.resolve()
}
