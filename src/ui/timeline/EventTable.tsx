import { useText } from '../text.ts'
import { millisText, visibleText } from './display-text.ts'
import { eventWords, laneName, resultWords } from './row-words.ts'
import type { Timeline } from './timeline.ts'

/** More rows than this would make the page slow; the timeline itself is virtual. */
const ROWS = 3000

/** The same events as a plain table with full names. */
export function EventTable(props: {
  readonly timeline: Timeline
  readonly selectedKey: string | undefined
  readonly findingText: (index: number) => string
  readonly onSelect: (key: string) => void
}) {
  const t = useText()
  const { timeline, selectedKey, findingText, onSelect } = props
  const base = timeline.records[0]?.at ?? 0
  const rows = timeline.rows.slice(0, ROWS)
  return (
    <div className="tl-table">
      <table>
        <caption className="visually-hidden">{t('run.table.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">{t('run.head.ms')}</th>
            <th scope="col">{t('run.head.lane')}</th>
            <th scope="col">{t('run.head.event')}</th>
            <th scope="col">{t('run.head.result')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className={row.key === selectedKey ? 'sel' : ''}>
              <td className="num">{row.number ?? ''}</td>
              <td className="num">{millisText(row.at - base)}</td>
              <td>{visibleText(laneName(t, timeline.lanes[row.lane]))}</td>
              <td className="mono">
                <button type="button" aria-pressed={row.key === selectedKey} onClick={() => onSelect(row.key)}>
                  {eventWords(t, row, findingText)}
                </button>
              </td>
              <td>{resultWords(t, row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {timeline.rows.length > ROWS && (
        <p className="mid">{t('run.table.more', { count: timeline.rows.length - ROWS })}</p>
      )}
    </div>
  )
}
