import { useEffect, useState } from 'react'
import type { RedisKeyReport } from '../../model/report.ts'
import type { TraceView } from '../../model/trace.ts'
import type { RedisReplay } from '../../sandbox/entry/redis-replay.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { Data } from '../timeline/Data.tsx'
import { byteStringText, durationText } from '../timeline/display-text.ts'

/** The keys of every Redis with what is left of their time: at the end of the run, or at the selected event. */
export function RedisKeys({ atEnd, trace }: { readonly atEnd: readonly RedisKeyReport[]; readonly trace: TraceView }) {
  const t = useText()
  const event = useApp(({ view }) => view.event)
  const replay = useReplay(trace, atEnd, event !== undefined)
  const [end, showEnd] = useState(false)
  const then = event === undefined || replay === undefined ? undefined : replay(event)
  const keys = end || then === undefined ? atEnd : then
  return (
    <>
      <div className="redis-head">
        <h3 className="pane-title">{t('run.state.redis')}</h3>
        {then !== undefined && (
          <fieldset className="range" aria-label={t('run.diff.range')}>
            <button type="button" aria-pressed={!end} onClick={() => showEnd(false)}>
              {t('run.state.atSelected')}
            </button>
            <button type="button" aria-pressed={end} onClick={() => showEnd(true)}>
              {t('run.state.atEnd')}
            </button>
          </fieldset>
        )}
      </div>
      {keys.length === 0 ? (
        <p className="pane-empty">{t('run.state.noKeys')}</p>
      ) : (
        <table className="data">
          <thead>
            <tr>
              <th scope="col">{t('run.state.cluster')}</th>
              <th scope="col">db</th>
              <th scope="col">{t('run.state.key')}</th>
              <th scope="col">{t('run.state.kind')}</th>
              <th scope="col">{t('run.state.value')}</th>
              <th scope="col">{t('run.state.ends')}</th>
            </tr>
          </thead>
          <tbody>
            {keys.map(({ cluster, database, key, type, value, endsIn }) => (
              <tr key={`${cluster}\0${database}\0${key}`}>
                <td>
                  <Data text={cluster} />
                </td>
                <td className="num">{database}</td>
                <td>
                  <Data text={byteStringText(key)} />
                </td>
                <td>{type}</td>
                <td>
                  <Data text={value.map(byteStringText).join(' ')} />
                </td>
                <td className="num">{endsIn === undefined ? '' : durationText(endsIn * 1e6)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

/** The emulator's Redis comes when an event is selected; without an answer only the end is shown. */
function useReplay(trace: TraceView, atEnd: readonly RedisKeyReport[], wanted: boolean): RedisReplay | undefined {
  const files = useApp(({ project }) => project.files)
  const [known, setKnown] = useState<{ readonly of: TraceView; readonly replay: RedisReplay | undefined }>()
  useEffect(() => {
    if (!wanted) return
    let current = true
    void import('../../sandbox/entry/redis-replay.ts').then(({ redisReplay }) => {
      if (current) setKnown({ of: trace, replay: redisReplay(trace, files, atEnd) })
    })
    return () => {
      current = false
    }
  }, [trace, files, atEnd, wanted])
  return known?.of === trace ? known.replay : undefined
}
