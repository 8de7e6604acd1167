import { useText } from '../../text.ts'
import { DISTANCES, type Distance } from './distance.ts'

/** One request, all requests, the whole run in counts: what there is to see of this run. */
export function DistanceSwitch(props: {
  readonly distance: Distance
  readonly distances: readonly Distance[]
  readonly onDistance: (distance: Distance) => void
}) {
  const t = useText()
  if (props.distances.length < 2) return null
  return (
    <fieldset className="distance" aria-label={t('run.far.group')}>
      {DISTANCES.filter((name) => props.distances.includes(name)).map((name) => (
        <button
          key={name}
          type="button"
          className="btn sm"
          aria-pressed={props.distance === name}
          title={t(`run.far.${name}Title`)}
          onClick={() => props.onDistance(name)}
        >
          {t(`run.far.${name}`)}
        </button>
      ))}
    </fieldset>
  )
}
