import { RE2JS } from 're2js'
import { patternFault } from '../../model/project/pattern.ts'
import { err, ok, type Result } from '../../model/result.ts'

/** Longer text is not searched: the engine is linear, and a linear search of 100 MB is still a wait. */
export const maxSearchedLength = 1_000_000

/**
 * Whether a pattern is found anywhere in a text. RE2 syntax, as in Envoy's `safe_regex`; time grows linearly with the
 * text, whatever the pattern. The error is a sentence part in English: `missing closing ): (a`.
 */
export function findPattern(pattern: string, text: string): Result<boolean, string> {
  const fault = patternFault(pattern)
  if (fault !== undefined) return err(fault)
  if (text.length > maxSearchedLength) return err(`the text is longer than ${maxSearchedLength} characters`)
  try {
    return ok(RE2JS.compile(pattern).matcher(text).find())
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}
