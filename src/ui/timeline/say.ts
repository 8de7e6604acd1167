import type { Text, TextParams } from '../../text/text.ts'
import { visibleText } from './display-text.ts'
import type { Phrase } from './row-types.ts'

/** A phrase in the reader's language. Parameters come from the run, so they are made safe to look at. */
export function sayPhrase(t: Text, phrase: Phrase): string {
  const params: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(phrase.params ?? {})) {
    params[name] =
      typeof value === 'object' ? sayPhrase(t, value) : typeof value === 'string' ? visibleText(value) : value
  }
  const given: TextParams = params
  return t(phrase.key, given)
}
