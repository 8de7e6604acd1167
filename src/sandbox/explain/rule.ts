import type { GatewayProfile } from '../../model/profile.ts'
import type { PluginSpec } from '../../model/project/types.ts'
import type { Finding, Severity } from '../../model/report.ts'
import type { TraceRecord } from '../../model/trace.ts'
import type { RunFacts } from './run-facts.ts'

/** What a trace does not tell. `plugins`: as the project configures them. */
export type ExplainContext = {
  readonly profile: GatewayProfile
  readonly plugins: readonly Pick<PluginSpec, 'name' | 'config' | 'configuration'>[]
}

/**
 * One reason why a run went as it did. `variants` lists the values of `params.variant` that have texts of their own in
 * `src/text/en/findings.ts` (and zh); a rule without variants has one text.
 */
export type Rule = {
  readonly id: string
  readonly variants?: readonly string[]
  readonly find: (run: RunFacts, context: ExplainContext) => readonly Finding[]
}

type Params = Finding['params']

/** A finding about one record: plugin and callback are read off the record unless `params` name them. */
export function finding(
  run: RunFacts,
  rule: string,
  severity: Severity,
  record: TraceRecord,
  params: Params = {},
  callback = run.callbackOf(record),
): Finding {
  const plugin = run.plugin(record.plugin)?.name ?? ''
  return { rule, severity, plugin, callback, event: record.seq, params }
}
