import { RE2JS } from 're2js'
import { type Sentence, sentence } from '../../model/failure.ts'
import { patternFault } from '../../model/project/pattern.ts'
import { err, ok, type Result } from '../../model/result.ts'
import { quoted } from './mismatch.ts'

/** Longer text is not searched: the engine is linear, and a linear search of 100 MB is still a wait. */
export const maxSearchedLength = 1_000_000

type PatternError = string | Sentence

/** What is said of a pattern that cannot be used. */
export const unusable = (pattern: string, detail: PatternError): Sentence =>
  sentence('failure.pattern', { pattern: quoted(pattern), detail })

/**
 * Whether a pattern is found anywhere in a text. RE2 syntax, as in Envoy's `safe_regex`; time grows linearly with the
 * text, whatever the pattern. The error is RE2's own (`missing closing ): (a`) or a part of a sentence.
 */
export function findPattern(pattern: string, text: string): Result<boolean, PatternError> {
  const fault = patternFault(pattern)
  if (fault !== undefined) return err(fault)
  if (text.length > maxSearchedLength) return err(sentence('failure.part.tooLong', { limit: maxSearchedLength }))
  try {
    return ok(RE2JS.compile(pattern).matcher(text).find())
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}
