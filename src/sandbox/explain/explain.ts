import type { Finding } from '../../model/report.ts'
import type { TraceView } from '../../model/trace.ts'
import { rules } from './registry.ts'
import type { ExplainContext } from './rule.ts'
import { RunFacts } from './run-facts.ts'

const eachRequest = new Set(['hung', 'rule-matched'])

/**
 * Why the run went as it did: pure, over decoded records only, and silent about everything the trace does not prove.
 * In the order of the events they are about. The same finding in several requests is reported once, at its first event
 * (a hang, and the rule that took a request, are reported for each request).
 */
export function explain(trace: TraceView, context: ExplainContext): readonly Finding[] {
  const run = new RunFacts(trace)
  const seen = new Set<string>()
  return rules
    .flatMap((rule) => rule.find(run, context))
    .sort((a, b) => a.event - b.event)
    .filter((finding) => {
      const { event, ...what } = finding
      const key = JSON.stringify(eachRequest.has(finding.rule) ? { ...what, event } : what)
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
}
