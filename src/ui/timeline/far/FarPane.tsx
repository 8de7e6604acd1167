import './far.css'
import { type ReactNode, useMemo } from 'react'
import type { Finding } from '../../../model/report.ts'
import type { TraceView } from '../../../model/trace.ts'
import { setView } from '../../store/store.ts'
import type { Phrase } from '../row-types.ts'
import type { Scope } from '../scopes.ts'
import type { Verdict } from '../verdict.ts'
import { DensityView } from './DensityView.tsx'
import { DistanceSwitch } from './DistanceSwitch.tsx'
import { type Distance, exchangesOf } from './distance.ts'
import { StripView } from './StripView.tsx'
import { positionsByStream, problemEvents, statusCounts } from './strips.ts'

type Props = {
  readonly trace: TraceView
  readonly scopes: readonly Scope[]
  readonly scope: Scope | undefined
  readonly findings: readonly Finding[]
  readonly distance: Exclude<Distance, 'rows'>
  readonly distances: readonly Distance[]
  readonly onDistance: (distance: Distance) => void
  /** The line above it, which also says that something is being compiled, or out of date. */
  readonly bar: (verdict: Verdict, tools: ReactNode) => ReactNode
}

/** A whole run from afar: what its requests came to, and the way to each of them. */
export default function FarPane(props: Props) {
  const { trace, scopes, scope, findings, distance, distances, onDistance } = props
  const exchanges = useMemo(() => exchangesOf(scopes), [scopes])
  const problems = useMemo(() => problemEvents(findings), [findings])
  const positions = useMemo(() => positionsByStream(trace), [trace])
  const counts = useMemo(() => statusCounts(trace, exchanges), [trace, exchanges])
  const open = (to: Scope, event: number | undefined) => {
    setView({ step: to.step, stream: to.stream, event })
    onDistance('rows')
  }
  const openEvent = (position: number) => {
    const record = trace.record(position)
    const to =
      exchanges.find(({ stream }) => stream === record.stream) ??
      exchanges.find((other) => other.from <= position && position < other.to)
    if (to !== undefined) open(to, record.seq)
  }
  const sub: Phrase[] = counts.map(({ status, count }) =>
    status === undefined
      ? { key: 'run.far.noResponse', params: { count } }
      : { key: 'run.far.status', params: { status, count } },
  )
  if (problems.size > 0) sub.push({ key: 'run.far.problems', params: { count: problems.size } })
  return (
    <>
      {props.bar(
        {
          mark: undefined,
          title: { key: 'run.far.title', params: { count: exchanges.length } },
          sub,
          jump: undefined,
        },
        <DistanceSwitch distance={distance} distances={distances} onDistance={onDistance} />,
      )}
      {distance === 'strips' ? (
        <StripView
          trace={trace}
          exchanges={exchanges}
          positions={positions}
          problems={problems}
          chosen={scope?.stream}
          onOpen={open}
        />
      ) : (
        <DensityView trace={trace} exchanges={exchanges} problems={problems} onOpen={openEvent} />
      )}
    </>
  )
}
