import { useText } from '../text.ts'
import { laneInk, laneLetter } from './lanes.ts'
import type { Lane } from './row-types.ts'
import { laneName } from './row-words.ts'
import { useForm } from './timeline-form.ts'

/** Names of the columns; letters where there is no room for names. */
export function LaneHeader({ lanes }: { readonly lanes: readonly Lane[] }) {
  const t = useText()
  const form = useForm()
  if (form === 'narrow')
    return (
      <div className="tl-head narrow">
        <span className="lanes">
          {lanes.map((lane) => (
            <span key={keyOf(lane)}>
              <span className={`badge ${laneClass(lane)}`}>{letterOf(lane)}</span>
            </span>
          ))}
        </span>
        <span className="grow trunc">{lanes.map((lane) => laneLabel(lane, laneName(t, lane))).join(', ')}</span>
      </div>
    )
  return (
    <div className="tl-head">
      <span className="n">#</span>
      <span className="lanes">
        {lanes.map((lane) => (
          <span key={keyOf(lane)} className={laneClass(lane)} title={lane.kind === 'cluster' ? lane.name : undefined}>
            <span className="trunc">{laneName(t, lane)}</span>
          </span>
        ))}
      </span>
      <span className="grow event">{t('run.head.event')}</span>
      <span className="ms">{t('run.head.ms')}</span>
    </div>
  )
}

const keyOf = (lane: Lane): string =>
  lane.kind === 'plugin' ? `p${lane.index}` : lane.kind === 'cluster' ? `c${lane.name}` : lane.kind

export const laneClass = (lane: Lane | undefined): string => {
  const ink = laneInk(lane)
  return ink === 'infra' ? 'lane-x' : `lane-${ink}`
}

const letterOf = (lane: Lane): string =>
  lane.kind === 'plugin'
    ? laneLetter(lane.index)
    : lane.kind === 'cluster'
      ? lane.name.charAt(0).toUpperCase()
      : lane.kind === 'client'
        ? 'C'
        : '–'

const laneLabel = (lane: Lane, name: string): string =>
  lane.kind === 'plugin' ? `${laneLetter(lane.index)} ${name}` : name
