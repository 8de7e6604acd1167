import { useMemo } from 'react'
import type { Finding } from '../../model/report.ts'
import { type DescribeOptions, describeFinding, type FindingEdit } from '../../sandbox/explain/describe-finding.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'

/** One explanation in the reader's language: what happened, why, what to do. '' where there is nothing to say. */
export type FindingWords = {
  readonly what: string
  readonly why: string
  readonly todo: string
  readonly edit: FindingEdit | undefined
}

export function useFindingWords(): (finding: Finding, locate?: DescribeOptions['locate']) => FindingWords {
  const t = useText()
  return useMemo(() => (finding, locate) => findingWords(t, finding, locate), [t])
}

/** Names in a finding come from guests and files, so the whole is made safe to look at. */
export function findingWords(t: Text, finding: Finding, locate?: DescribeOptions['locate']): FindingWords {
  const { what, why, do: todo, edit } = describeFinding(finding, t, locate === undefined ? {} : { locate })
  return { what: visibleText(what), why: visibleText(why), todo: visibleText(todo), edit }
}
