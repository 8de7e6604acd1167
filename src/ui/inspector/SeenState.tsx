import { useState } from 'react'
import type { TracePlugin } from '../../model/trace.ts'
import { selectEvent } from '../commands/view.ts'
import { useText } from '../text.ts'
import { Data } from '../timeline/Data.tsx'
import { bytesPreview } from '../timeline/display-text.ts'
import { type HeaderRange, spanAt } from '../timeline/header-diff.ts'
import { type SeenKind, type SeenValue, seenValues } from '../timeline/seen-state.ts'
import type { Timeline } from '../timeline/timeline.ts'

const RANGES: readonly HeaderRange[] = ['event', 'callback', 'run']

/** Properties or shared data as plugins saw them: at this event, in its callback, in all that is shown. */
export function SeenState(props: {
  readonly timeline: Timeline
  readonly seq: number
  readonly kind: SeenKind
  readonly plugins: readonly TracePlugin[]
}) {
  const { timeline, seq, kind, plugins } = props
  const t = useText()
  const [chosen, setRange] = useState<HeaderRange>('event')
  const { records, numberOfSeq } = timeline
  const inCallback =
    spanAt(
      records,
      records.findIndex((record) => record.seq === seq),
    ) !== undefined
  const range = chosen === 'callback' && !inCallback ? 'event' : chosen
  const values = seenValues(records, kind, seq, range)
  const number = numberOfSeq.get(seq)
  return (
    <div className="state-diff">
      <fieldset className="range" aria-label={t('run.diff.range')}>
        {RANGES.filter((name) => name !== 'callback' || inCallback).map((name) => (
          <button key={name} type="button" aria-pressed={range === name} onClick={() => setRange(name)}>
            {name === 'event' && number !== undefined ? t('run.diff.at', { number }) : t(`run.diff.${name}`)}
          </button>
        ))}
      </fieldset>
      {values.length === 0 ? (
        <p className="dim no-args">{t('run.seen.none')}</p>
      ) : (
        <ul className="seen">
          {values.map((seen) => (
            <Value
              key={`${seen.plugin} ${seen.name}`}
              seen={seen}
              here={seen.seq === seq}
              plugin={plugins.length > 1 ? (plugins.find(({ index }) => index === seen.plugin)?.name ?? '') : ''}
              number={numberOfSeq.get(seen.seq)}
            />
          ))}
        </ul>
      )}
    </div>
  )
}

function Value(props: {
  readonly seen: SeenValue
  readonly here: boolean
  readonly plugin: string
  readonly number: number | undefined
}) {
  const { seen, here, plugin, number } = props
  const t = useText()
  return (
    <li className={here ? 'here' : ''}>
      <span className="mono name">
        <Data text={seen.name} />
      </span>
      <span className="mono value">
        {seen.value === undefined ? (
          <span className="dim">{seen.status || '–'}</span>
        ) : (
          <Data text={bytesPreview(seen.value, 120)} />
        )}
      </span>
      <span className="dim">
        {plugin !== '' && `${plugin}, `}
        {here || number === undefined ? (
          here && t(`run.seen.${seen.how}`)
        ) : (
          <button type="button" onClick={() => selectEvent(seen.seq)}>
            {t(`run.seen.${seen.how}At`, { number })}
          </button>
        )}
      </span>
    </li>
  )
}
