/** What a run that is over says: its trace explained, every expectation checked (design section 2, "Run report"). */

import { sentence } from '../../model/failure.ts'
import type { CallStacks, GuestLook } from '../../model/guest-look.ts'
import type { PluginSpec, Project, Scenario } from '../../model/project/types.ts'
import type { Failure, Finding, ScenarioReport, StepReport } from '../../model/report.ts'
import type { Result } from '../../model/result.ts'
import type { ScheduleChoice } from '../../model/schedule.ts'
import type { TraceData } from '../entry/api.ts'
import { explainRun } from '../explain/explain-run.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { openTrace } from '../trace/view.ts'
import type { LoadFailure, PreparedModule } from '../vm/prepare.ts'
import { check } from './check.ts'
import { type DoneStep, metricsOf, redisOf, sharedDataOf } from './done-step.ts'
import { ExchangeReports, type SdkOf } from './exchange-report.ts'
import { bodyReport } from './message-report.ts'
import { mismatch } from './mismatch.ts'
import { type RunFacts, runFacts } from './run-facts.ts'

export type ScenarioRun = {
  /** Plugins that were refused at the start, by name. */
  readonly startErrors: ReadonlyMap<string, LoadFailure>
  readonly report: ScenarioReport
  readonly trace: TraceData
  readonly findings: readonly Finding[]
  /** The guest at `lookAt`; absent when no host call stands there. */
  readonly look?: GuestLook
  /** Of every host call, where `lookAt` asked for that. */
  readonly stacks?: CallStacks
  /** Every choice that was made; empty when everything went as usual by order. */
  readonly choices: readonly ScheduleChoice[]
}

/** A run whose last step is done. */
export type PerformedRun = {
  readonly project: Project
  readonly modules: ReadonlyMap<string, Result<PreparedModule, LoadFailure>>
  readonly scenario: Scenario
  readonly gateway: Gateway
  /** The plugins as they were configured last. */
  readonly specs: readonly PluginSpec[]
  readonly done: readonly DoneStep[]
}

export function scenarioRun(run: PerformedRun): ScenarioRun {
  const { gateway, scenario, specs, done } = run
  const trace = gateway.recorder.data()
  const view = openTrace(trace)
  const explained = explainRun(view, { profile: run.project.gateway.profile, plugins: specs })
  const facts = runFacts(view, specs)
  const reports = new ExchangeReports(gateway.runtime.seen, sdkOf(run.modules))
  const failures = [
    ...loadFailures(facts),
    ...stepFailures(
      run,
      reports,
      facts,
      explained.map(({ finding }) => finding),
    ),
  ]
  const report: ScenarioReport = {
    name: scenario.name,
    passed: failures.length === 0,
    failures,
    steps: done.map((step) => stepReport(reports, step)),
    findings: explained.map(({ finding, message }) => ({ ...finding, message })),
    logs: facts.logs.map(({ plugin, level, message, at }) => ({ plugin, level, message, at })),
    accessLog: facts.accessLog,
    metrics: metricsOf(gateway),
    sharedData: sharedDataOf(gateway),
    redis: redisOf(gateway),
    traceHash: trace.hash,
  }
  const startErrors = new Map(facts.startErrors.map(({ plugin, failure }) => [plugin, failure]))
  const seen = gateway.recorder.looks?.taken
  gateway.recorder.release()
  return {
    report,
    trace,
    startErrors,
    findings: explained.map(({ finding }) => finding),
    ...seen,
    choices: gateway.runtime.schedule?.made ?? [],
  }
}

/** A plugin that was refused at the start fails the scenario: nothing that follows means what it says. */
function loadFailures(facts: RunFacts): Failure[] {
  return facts.startErrors.map(({ plugin, failure }) => ({
    step: 0,
    ...mismatch(`plugins.${plugin}`, 'running', 'refused', sentence('failure.notStarted', { detail: failure.message })),
  }))
}

function stepFailures(
  run: PerformedRun,
  reports: ExchangeReports,
  facts: RunFacts,
  findings: readonly Finding[],
): Failure[] {
  return run.done.flatMap((done, index) => {
    const missing = done.failures.map(
      ({ path, why }): Failure => ({ step: index, ...mismatch(path, undefined, undefined, why), actual: undefined }),
    )
    const { step } = done
    const expected = 'expect' in step ? step.expect : undefined
    if (expected === undefined) return missing
    // A step that is only `expect` looks at the whole run so far (observed.ts).
    const from = step.kind === 'expect' ? 0 : done.from
    const inStep = ({ seq }: { readonly seq: number }): boolean => seq >= from && seq < done.to
    const observed = {
      exchanges: done.exchanges.map((item) => reports.of(item)),
      hostcalls: facts.hostCalls.filter(inStep),
      logs: facts.logs.filter(inStep),
      findings: findings.filter(({ event }) => event >= from && event < done.to).map(({ rule }) => rule),
      metrics: done.metrics,
      sharedData: done.sharedData,
      ...(done.received === undefined ? {} : { received: done.received }),
    }
    return [...missing, ...check(index, expected, observed)]
  })
}

function stepReport(all: ExchangeReports, { step, exchanges, received }: DoneStep): StepReport {
  const { kind } = step
  if (received !== undefined) return { kind, received: bodyReport(received) }
  const reports = exchanges.map((item) => all.of(item))
  const only = reports[0]
  if (only === undefined) return { kind }
  return reports.length === 1 ? { kind, ...only } : { kind, requests: reports }
}

/** The languages and ABI markers of the plugins' modules. */
export const sdkOf =
  (modules: PerformedRun['modules']): SdkOf =>
  (plugin) => {
    const module = modules.get(plugin)
    return module?.ok === true ? module.value : { language: '', abi: '' }
  }
