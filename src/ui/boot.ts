import { defaultTemplate } from '../templates/gallery.ts'
import { compileClient } from './clients/clients.ts'
import { buildChanged } from './commands/build.ts'
import { startProjectCheck } from './commands/check-project.ts'
import { loadModules, openShipped } from './commands/examples.ts'
import { openProject } from './commands/files.ts'
import { openLinkFromAddress, watchAddress } from './commands/links.ts'
import { buildAndRun, startLiveRuns } from './commands/live.ts'
import { runNow } from './commands/run.ts'
import { applyTheme, setLanguage } from './commands/view.ts'
import { whenIdle } from './commands/when-idle.ts'
import { loadPaletteList } from './overlays/Palette.tsx'
import { lastProject, startSession } from './persist/session.ts'
import { startShortcuts } from './shell/shortcuts.ts'
import { getApp } from './store/store.ts'

/** Everything that must be there before the first paint; the first run is on its way when it returns. */
export async function start(): Promise<void> {
  const { theme, language } = getApp().view
  applyTheme(theme)
  await setLanguage(language)
  const shown = await openFirst()
  await wakeCompiler()
  startShortcuts()
  startSession()
  startLiveRuns()
  watchAddress()
  whenIdle(() => void loadPaletteList())
  void firstRun(shown)
}

/** The link in the address, else what was open last, else the default sample. Answers whether its run is shown already. */
async function openFirst(): Promise<boolean> {
  if (await openLinkFromAddress()) return false
  const saved = await lastProject()
  if (saved === undefined) return openShipped(defaultTemplate)
  const { id, files, binaries, tabs, active } = saved
  openProject(files, { id, binaries, tabs, active, touched: true })
  return false
}

/**
 * Go's compiler is the longest to load: its worker is on its way before the first paint, which would keep it waiting. What
 * fails here fails again in the build, which tells it.
 */
async function wakeCompiler(): Promise<void> {
  if (!Object.keys(getApp().project.files).some((path) => /^plugins\/.+\.go$/.test(path))) return
  const client = await compileClient().catch(() => undefined)
  client?.warm('go')
}

/** Emulator, modules and compiler load behind the run that is shown; what has no run yet is compiled and run at once. */
async function firstRun(shown: boolean): Promise<void> {
  if (!shown) {
    startProjectCheck()
    return buildAndRun()
  }
  await new Promise((painted) => setTimeout(painted, 300))
  startProjectCheck()
  await loadModules(defaultTemplate)
  if (!getApp().project.touched) await runNow()
  whenIdle(() => void buildChanged({ again: 'unmapped' }))
}
