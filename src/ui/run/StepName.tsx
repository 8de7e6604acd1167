import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import type { StepLine } from './scenario-text.ts'

/** A request by its method and path; what else a scenario does in words, as its label alone says little (`60s`). */
export function StepName({ line }: { readonly line: StepLine | undefined }) {
  const t = useText()
  if (line === undefined) return null
  const label = visibleText(line.label)
  if (line.kind === 'request' && label !== '') return <span className="mono trunc">{label}</span>
  return <span className="trunc">{t(`run.step.${line.kind}`, { label, count: line.pieces ?? 0 })}</span>
}
