import type { Sentence } from '../model/failure.ts'
import type { Failure } from '../model/report.ts'
import type { Text } from './text.ts'

/** Why an expectation fails, in the reader's language: where, then what. */
export const failureMessage = (failure: Failure, text: Text): string =>
  `${failure.path}: ${sentenceText(failure, text)}`

function sentenceText({ code, params }: Sentence, text: Text): string {
  const worded = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'object' ? sentenceText(value, text) : value,
  ])
  return text(code, Object.fromEntries(worded))
}
