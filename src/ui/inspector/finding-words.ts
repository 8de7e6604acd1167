import { useMemo } from 'react'
import type { Finding } from '../../model/report.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'

/** One explanation in the reader's language: what happened, why, what to do. '' where there is nothing to say. */
export type FindingWords = { readonly what: string; readonly why: string; readonly todo: string }

export function useFindingWords(): (finding: Finding) => FindingWords {
  const t = useText()
  return useMemo(() => (finding) => findingWords(t, finding), [t])
}

/** Until the rules have words of their own, the rule's name is said. */
export function findingWords(_t: Text, finding: Finding): FindingWords {
  return { what: visibleText(finding.rule), why: '', todo: '' }
}
