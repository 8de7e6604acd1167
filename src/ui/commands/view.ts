import type { Language } from '../../text/catalogue.ts'
import { savePreferences } from '../store/preferences.ts'
import { getApp, setView } from '../store/store.ts'
import type { BottomTab, Overlay, PhonePane, RunTab, Sizes, Theme } from '../store/view.ts'
import { currentText, loadLanguage } from '../text.ts'
import { notify } from './notice.ts'

export const selectEvent = (event: number | undefined): void => setView({ event })
export const showRunTab = (runTab: RunTab): void => setView({ runTab, narrow: 'run' })
export const showBottomTab = (bottomTab: BottomTab): void => setView({ bottomTab, bottomOpen: true, narrow: 'editor' })
export const selectScenario = (scenario: string): void =>
  setView({ scenario, step: undefined, stream: undefined, distance: undefined, event: undefined })
export const selectStep = (step: number): void => setView({ step, stream: undefined })

export const openOverlay = (overlay: Overlay): void => setView({ overlay })
export const closeOverlay = (): void => setView({ overlay: { kind: 'none' } })

/** Words that cannot be had (offline, and never fetched before) leave the frame in English, and a notice says so. */
export async function setLanguage(language: Language): Promise<void> {
  try {
    await loadLanguage(language)
  } catch {
    setView({ language: 'en' })
    notify(currentText()('ui.notice.languageMissing'))
    return
  }
  setView({ language })
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  remember()
}

/** `system` follows the browser; the others are written on the root element, which the tokens read. */
export function setTheme(theme: Theme): void {
  setView({ theme })
  applyTheme(theme)
  remember()
}

export function applyTheme(theme: Theme): void {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset.theme
  else dataset.theme = theme
}

export function setSize(key: keyof Sizes, pixels: number): void {
  const { sizes } = getApp().view
  setView({ sizes: { ...sizes, [key]: pixels } })
}

export function dismissHint(): void {
  setView({ hintSeen: true })
  remember()
}

/** Keeps what the user chose about the frame for the next visit. */
export const remember = (): boolean => savePreferences(getApp().view)

export function toggleNotes(): void {
  setView({ showNotes: !getApp().view.showNotes })
  remember()
}

export const toggleBottom = (): void => setView({ bottomOpen: !getApp().view.bottomOpen })
export const toggleDrawer = (open: boolean): void => setView({ drawer: open })

/** Under 960: editor or run. */
export const showRunSide = (narrow: 'editor' | 'run'): void => setView({ narrow })

/** On a phone; the run side shows its timeline or its response. */
export function showPhonePane(phone: PhonePane): void {
  setView({ phone })
  if (phone === 'timeline' || phone === 'response') setView({ runTab: phone })
  if (phone === 'terminal') setView({ bottomTab: 'terminal' })
}
