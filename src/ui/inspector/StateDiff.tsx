import { useMemo, useState } from 'react'
import { useText } from '../text.ts'
import { Data } from '../timeline/Data.tsx'
import { byteStringText } from '../timeline/display-text.ts'
import { diffLines, directionAt, type HeaderRange, headerStates, spanAt } from '../timeline/header-diff.ts'
import type { Timeline } from '../timeline/timeline.ts'

const RANGES: readonly HeaderRange[] = ['event', 'callback', 'run']

/** A header map before and after: at this event, over its callback, over the whole run. */
export function StateDiff({ timeline, seq }: { readonly timeline: Timeline; readonly seq: number }) {
  const t = useText()
  const [chosen, setRange] = useState<HeaderRange>('callback')
  const { records, numberOfSeq } = timeline
  const at = records.findIndex((record) => record.seq === seq)
  const inCallback = spanAt(records, at) !== undefined
  const range = chosen === 'callback' && !inCallback ? 'event' : chosen
  const direction = useMemo(() => directionAt(records, seq), [records, seq])
  const states = useMemo(() => headerStates(records, direction, seq, range), [records, direction, seq, range])
  const lines = states === undefined ? [] : diffLines(states)
  const changes = lines.filter(({ kind }) => kind !== 'same').length
  const number = numberOfSeq.get(seq)
  return (
    <div className="state-diff">
      <div className="subhead">
        <span>{t(direction === 'request' ? 'run.diff.request' : 'run.diff.response')}</span>
        <span className="count" title={t('run.diff.changes', { count: changes })}>
          {changes}
        </span>
      </div>
      <fieldset className="range" aria-label={t('run.diff.range')}>
        {RANGES.filter((name) => name !== 'callback' || inCallback).map((name) => (
          <button key={name} type="button" aria-pressed={range === name} onClick={() => setRange(name)}>
            {name === 'event' && number !== undefined ? t('run.diff.at', { number }) : t(`run.diff.${name}`)}
          </button>
        ))}
      </fieldset>
      {states === undefined ? (
        <p className="dim no-args">{t('run.diff.none')}</p>
      ) : (
        <div className="diff">
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are told apart by their place only
            <div key={index} className={line.kind}>
              {line.kind !== 'same' && (
                <span className="visually-hidden">
                  {t(line.kind === 'add' ? 'run.diff.added' : 'run.diff.removed')}{' '}
                </span>
              )}
              <Data text={byteStringText(line.name)} />{' '}
              <b>
                <Data text={byteStringText(line.value)} />
              </b>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
