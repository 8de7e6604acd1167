import { useMemo } from 'react'
import type { Finding } from '../../model/report.ts'
import type { TraceView } from '../../model/trace.ts'
import { useApp } from '../store/store.ts'
import { type Exchange, exchangeOf } from '../timeline/exchange.ts'
import { defaultScope, recordsOf, type Scope, scopesOf } from '../timeline/scopes.ts'
import { type Timeline, timelineOf } from '../timeline/timeline.ts'
import { type Verdict, verdictOf, verdictOfRefused } from '../timeline/verdict.ts'

/** The run on the screen, taken apart for the panes. */
export type RunModel = {
  readonly trace: TraceView
  readonly scopes: readonly Scope[]
  readonly scope: Scope
  readonly timeline: Timeline
  readonly exchange: Exchange
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
}

const none: readonly Finding[] = []

/** The chosen exchange of the shown run; while a run met its deadline, what is known of that one. */
export function useRunModel(openFolds: ReadonlySet<string>): RunModel | undefined {
  const shown = useApp(({ run }) => run.shown)
  const cut = useApp(({ run }) => (run.job.kind === 'deadline' ? run.job.trace : undefined))
  const step = useApp(({ view }) => view.step)
  const stream = useApp(({ view }) => view.stream)
  const trace = cut ?? shown?.trace
  const findings = cut === undefined ? (shown?.result.findings ?? none) : none
  const scopes = useMemo(() => (trace === undefined ? [] : scopesOf(trace)), [trace])
  const scope = useMemo(() => chooseScope(scopes, step, stream), [scopes, step, stream])
  const timeline = useMemo(
    () => (trace === undefined || scope === undefined ? undefined : timelineOf(trace, scope, { findings, openFolds })),
    [trace, scope, findings, openFolds],
  )
  return useMemo(() => {
    if (trace === undefined || scope === undefined || timeline === undefined) return undefined
    const records = recordsOf(trace, scope)
    return {
      trace,
      scopes,
      scope,
      timeline,
      exchange: exchangeOf(records),
      verdict: withRefused(verdictOf(records, scope, trace.plugins, findings), trace, scopes, scope, findings),
      findings,
    }
  }, [trace, scopes, scope, timeline, findings])
}

function chooseScope(
  scopes: readonly Scope[],
  chosen: number | undefined,
  stream: number | undefined,
): Scope | undefined {
  const step = chosen ?? scopes.find((scope) => scope.stream !== undefined)?.step ?? 0
  const byStream = stream === undefined ? undefined : scopes.find((scope) => scope.stream === stream)
  return (
    byStream ??
    scopes.findLast((scope) => scope.step === step && scope.kind === 'step') ??
    pickStart(scopes, step) ??
    defaultScope(scopes)
  )
}

const pickStart = (scopes: readonly Scope[], step: number): Scope | undefined =>
  step < 0 ? scopes.find((scope) => scope.kind === 'start') : undefined

/** A request that went on without a plugin that did not load: that comes before how it ended. */
function withRefused(
  verdict: Verdict,
  trace: TraceView,
  scopes: readonly Scope[],
  scope: Scope,
  findings: readonly Finding[],
): Verdict {
  const start = scopes.find(({ kind }) => kind === 'start')
  if (scope.kind === 'start' || start === undefined) return verdict
  const refused = recordsOf(trace, start).find(({ event }) => event.type === 'load-error')
  if (refused === undefined) return verdict
  const plugin = trace.plugins.find(({ index }) => index === refused.plugin)?.name ?? ''
  const why = verdictOfRefused(refused, plugin, findings)
  return why === undefined ? verdict : { ...why, sub: [verdict.title, ...why.sub] }
}
