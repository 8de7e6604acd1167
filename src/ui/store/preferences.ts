import type { Language } from '../../text/catalogue.ts'
import { defaultSizes, type Sizes, type Theme, type ViewState } from './view.ts'

export type Preferences = Pick<ViewState, 'language' | 'theme' | 'sizes' | 'hintSeen' | 'showNotes'>

const storageKey = 'proxyground.preferences.v1'

/** What the user chose about the frame. Anything unreadable counts as not chosen. */
export function loadPreferences(): Preferences {
  const stored = readStored()
  return {
    language: isLanguage(stored.language) ? stored.language : systemLanguage(),
    theme: isTheme(stored.theme) ? stored.theme : 'system',
    sizes: readSizes(stored.sizes),
    hintSeen: stored.hintSeen === true,
    showNotes: stored.showNotes !== false,
  }
}

/** Storage may be full or forbidden; the frame then keeps its sizes for this visit only. */
export function savePreferences({ language, theme, sizes, hintSeen, showNotes }: Preferences): boolean {
  try {
    localStorage.setItem(storageKey, JSON.stringify({ language, theme, sizes, hintSeen, showNotes }))
    return true
  } catch {
    return false
  }
}

function readStored(): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function readSizes(value: unknown): Sizes {
  const stored: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {}
  const size = (key: keyof Sizes) => {
    const number = stored[key]
    return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : defaultSizes[key]
  }
  return { files: size('files'), run: size('run'), bottom: size('bottom'), inspector: size('inspector') }
}

const isLanguage = (value: unknown): value is Language => value === 'en' || value === 'zh'
const isTheme = (value: unknown): value is Theme =>
  value === 'system' || value === 'light' || value === 'dark' || value === 'contrast-light' || value === 'contrast-dark'

const systemLanguage = (): Language =>
  typeof navigator !== 'undefined' && navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
