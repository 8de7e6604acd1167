import type { ExchangeReport, ScenarioReport } from '../../model/report.ts'

/**
 * What `check` can look at for one step. `exchanges` are the step's own (several with `times`, none for a step that
 * is no request); host calls, logs and findings are those since the step began, or of the whole run so far for a step
 * that is only `expect`; metrics and shared data are as they stand at the end of the step.
 */
export type Observed = {
  readonly exchanges: readonly ExchangeReport[]
  readonly hostcalls: readonly ObservedHostCall[]
  readonly logs: ScenarioReport['logs']
  /** Rule ids. */
  readonly findings: readonly string[]
  readonly metrics: ScenarioReport['metrics']
  readonly sharedData: ScenarioReport['sharedData']
  /** What a TCP client received; absent for other steps. */
  readonly received?: Uint8Array
}

export type ObservedHostCall = { readonly plugin: string; readonly fn: string; readonly status: string }
