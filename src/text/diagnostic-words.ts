import type { Diagnostic, QuickFix } from '../model/diagnostic.ts'
import { english, type Language } from './catalogue.ts'
import type { Text, TextKey } from './text.ts'

/** Codes that say something to a person who searches for them: `TS2322`, `PG005`. Go's own names of errors do not. */
const spoken = /^[A-Z]+\d+$/

/**
 * A compiler's message. Its own words stay as they are; what we say about a plugin ourselves (codes of ours, with the
 * names it speaks `about`) is said in the reader's language.
 */
export function diagnosticMessage(diagnostic: Diagnostic, text: Text, language: Language): string {
  const { code, message, about } = diagnostic
  const key = `diagnostic.${code}`
  const worded = language !== 'en' && isTextKey(key) && about !== undefined ? text(key, about) : message
  return spoken.test(code) ? `${code} ${worded}` : worded
}

/** What choosing a repair does. */
export const fixTitle = (fix: QuickFix, text: Text): string => text(`fix.${fix.kind}`, { subject: fix.subject })

const isTextKey = (key: string): key is TextKey => Object.hasOwn(english, key)
