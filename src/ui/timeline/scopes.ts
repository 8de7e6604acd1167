import type { StreamId } from '../../model/brand.ts'
import type { TraceRecord, TraceView } from '../../model/trace.ts'

/**
 * A part of a run that one timeline shows: what happened before the first step, or one exchange of a step (a step
 * that is no request: everything in it).
 */
export type Scope = {
  readonly kind: 'start' | 'step'
  /** Index of the step in the scenario; -1 for start-up. */
  readonly step: number
  readonly label: string
  readonly stream: StreamId | undefined
  /** Which request of the step (`times: N`), from 0, and how many there are. */
  readonly request: number
  readonly requests: number
  /** Record positions, end exclusive. */
  readonly from: number
  readonly to: number
}

type Step = { index: number; label: string; from: number; to: number; streams: Set<StreamId> }

/** Every part of the run that can be looked at, in order. A run without `step` records is one part. */
export function scopesOf(view: TraceView): readonly Scope[] {
  const steps: Step[] = [{ index: -1, label: '', from: 0, to: view.length, streams: new Set() }]
  const ends = new Map<StreamId, number>()
  const begins = new Map<StreamId, number>()
  for (let at = 0; at < view.length; at++) {
    const { type, stream } = view.heading(at)
    if (stream !== undefined) {
      ends.set(stream, at + 1)
      if (!begins.has(stream)) begins.set(stream, at)
    }
    const step = steps.at(-1)
    if (step === undefined) continue
    if ((type === 'request.headers' || type === 'connection.open') && stream !== undefined) step.streams.add(stream)
    if (type !== 'step') continue
    const { event } = view.record(at)
    if (event.type !== 'step') continue
    step.to = at
    steps.push({ index: event.index, label: event.label, from: at, to: view.length, streams: new Set() })
  }
  return steps.flatMap((step) => scopesOfStep(step, begins, ends))
}

function scopesOfStep(step: Step, begins: ReadonlyMap<StreamId, number>, ends: ReadonlyMap<StreamId, number>): Scope[] {
  const base = { kind: step.index < 0 && step.streams.size === 0 ? 'start' : 'step', step: step.index } as const
  if (step.streams.size === 0) {
    if (step.from === step.to) return []
    return [{ ...base, label: step.label, stream: undefined, request: 0, requests: 0, from: step.from, to: step.to }]
  }
  const count = step.streams.size
  return [...step.streams].map((stream, request) => ({
    ...base,
    kind: 'step',
    label: step.label,
    stream,
    request,
    requests: count,
    from: count === 1 ? step.from : (begins.get(stream) ?? step.from),
    to: Math.max(ends.get(stream) ?? step.to, count === 1 ? step.to : 0),
  }))
}

/** The records of a scope, in order: those of its exchange, and those of no exchange that happened meanwhile. */
export function recordsOf(view: TraceView, scope: Scope): readonly TraceRecord[] {
  const records: TraceRecord[] = []
  for (let at = scope.from; at < Math.min(scope.to, view.length); at++) {
    const { stream } = view.heading(at)
    if (scope.stream === undefined || stream === undefined || stream === scope.stream) records.push(view.record(at))
  }
  return records
}

/** The part a reader wants first: the last exchange, or what there is. */
export function defaultScope(scopes: readonly Scope[]): Scope | undefined {
  return scopes.findLast((scope) => scope.stream !== undefined) ?? scopes.at(-1)
}
