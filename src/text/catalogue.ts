import { diagnostics } from './en/diagnostics.ts'
import { failures } from './en/failures.ts'
import { findings } from './en/findings.ts'
import { orders } from './en/orders.ts'
import { problems } from './en/problems.ts'
import { run } from './en/run.ts'
import { services } from './en/services.ts'
import { terminal } from './en/terminal.ts'
import { ui } from './en/ui.ts'
import { vocabulary } from './en/vocabulary.ts'

export const english = {
  ...ui,
  ...run,
  ...orders,
  ...services,
  ...terminal,
  ...findings,
  ...vocabulary,
  ...problems,
  ...failures,
  ...diagnostics,
} as const

/** The key of one message, e.g. `ui.share.title`. Plural forms end in `_one` and `_other`. */
export type MessageKey = keyof typeof english

/** Every message in one language. */
export type Messages = Readonly<Record<MessageKey, string>>

export type Language = 'en' | 'zh'

/**
 * The messages of a language. English is always there; another language is a file of its own, which a visitor who reads
 * English never waits for. Rejects when that file cannot be had.
 */
export const loadMessages = async (language: Language): Promise<Messages> =>
  language === 'zh' ? (await import('./chinese.ts')).chinese : english
