import { diagnostics as enDiagnostics } from './en/diagnostics.ts'
import { findings as enFindings } from './en/findings.ts'
import { orders as enOrders } from './en/orders.ts'
import { problems as enProblems } from './en/problems.ts'
import { run as enRun } from './en/run.ts'
import { terminal as enTerminal } from './en/terminal.ts'
import { ui as enUi } from './en/ui.ts'
import { vocabulary as enVocabulary } from './en/vocabulary.ts'
import { diagnostics as zhDiagnostics } from './zh/diagnostics.ts'
import { findings as zhFindings } from './zh/findings.ts'
import { orders as zhOrders } from './zh/orders.ts'
import { problems as zhProblems } from './zh/problems.ts'
import { run as zhRun } from './zh/run.ts'
import { terminal as zhTerminal } from './zh/terminal.ts'
import { ui as zhUi } from './zh/ui.ts'
import { vocabulary as zhVocabulary } from './zh/vocabulary.ts'

export const english = {
  ...enUi,
  ...enRun,
  ...enOrders,
  ...enTerminal,
  ...enFindings,
  ...enVocabulary,
  ...enProblems,
  ...enDiagnostics,
} as const

/** The key of one message, e.g. `ui.share.title`. Plural forms end in `_one` and `_other`. */
export type MessageKey = keyof typeof english

/** The same keys in Chinese: a missing one does not compile. */
export const chinese: Record<MessageKey, string> = {
  ...zhUi,
  ...zhRun,
  ...zhOrders,
  ...zhTerminal,
  ...zhFindings,
  ...zhVocabulary,
  ...zhProblems,
  ...zhDiagnostics,
}

export type Language = 'en' | 'zh'
export const catalogues: Record<Language, Record<MessageKey, string>> = { en: english, zh: chinese }
