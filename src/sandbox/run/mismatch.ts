import { inEnglish, type Sentence, sentence } from '../../model/failure.ts'
import type { Failure } from '../../model/report.ts'

/** One thing that is not as expected; `check` adds the step to make a `Failure` of it. */
export type Mismatch = Omit<Failure, 'step'>

const maxShown = 200

/** A value for a sentence: quoted, cut, control characters escaped. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value))
  const visible = [...text].map((character) => (isInvisible(character) ? escaped(character) : character)).join('')
  return visible.length > maxShown ? `${visible.slice(0, maxShown - 1)}…` : visible
}

/** C1 controls and bidirectional marks would reorder a terminal line. */
const isInvisible = (character: string): boolean =>
  /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/.test(character)

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A value as a part of a sentence. */
export const quotedPart = (value: unknown): string | Sentence =>
  value === undefined ? sentence('failure.part.nothing') : quoted(value)

/** `why` says nothing of the path: it stands before it. */
export const mismatch = (
  path: string,
  expected: unknown,
  actual: unknown,
  why: Sentence = sentence('failure.differs', { expected: quotedPart(expected), actual: quotedPart(actual) }),
): Mismatch => ({
  path,
  expected,
  actual: actual === undefined ? null : actual,
  ...why,
  message: `${path}: ${inEnglish(why)}`,
})
