import type { Finding } from '../../model/report.ts'
import type { TraceView } from '../../model/trace.ts'
import { findings as english } from '../../text/en/findings.ts'
import { type FindingText, findingMessage } from './describe-finding.ts'
import { explain } from './explain.ts'
import type { ExplainContext } from './rule.ts'

/** A run's findings, each with the English message of the run report (design section 2, "Run report"). */
export function explainRun(
  trace: TraceView,
  context: ExplainContext,
): readonly { readonly finding: Finding; readonly message: string }[] {
  return explain(trace, context).map((finding) => ({ finding, message: findingMessage(finding, plainEnglish) }))
}

/** The section's sentences have no plurals, so that the sandbox worker needs no translation library for one language. */
const plainEnglish: FindingText = (key, params = {}) =>
  english[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''))
