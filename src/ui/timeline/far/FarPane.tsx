import './far.css'
import { useMemo } from 'react'
import type { Finding } from '../../../model/report.ts'
import type { TraceView } from '../../../model/trace.ts'
import { setView } from '../../store/store.ts'
import { useText } from '../../text.ts'
import type { Scope } from '../scopes.ts'
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
}

/** A whole run from afar: what its requests came to, and the way to each of them. */
export default function FarPane(props: Props) {
  const { trace, scopes, scope, findings, distance, distances, onDistance } = props
  const t = useText()
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
  const outcomes = counts.map(({ status, count }) =>
    status === undefined ? t('run.far.noResponse', { count }) : t('run.far.status', { status, count }),
  )
  if (problems.size > 0) outcomes.push(t('run.far.problems', { count: problems.size }))
  return (
    <>
      <div className="verdict">
        <div className="sentence" role="status">
          <h2>
            <span className="trunc">{t('run.far.title', { count: exchanges.length })}</span>
          </h2>
          <span className="sub trunc">{outcomes.join(', ')}</span>
        </div>
        <DistanceSwitch distance={distance} distances={distances} onDistance={onDistance} />
      </div>
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
