import './inspector.css'
import type { ReactNode } from 'react'
import type { Finding } from '../../model/report.ts'
import type { TraceRecord } from '../../model/trace.ts'
import { english } from '../../text/catalogue.ts'
import type { TextKey } from '../../text/text.ts'
import { HeaderLines } from '../run/MessagePane.tsx'
import type { RunModel } from '../run/run-model.ts'
import { Icon } from '../shell/icons.tsx'
import { useText } from '../text.ts'
import { ActionChip } from '../timeline/ActionMark.tsx'
import { Data } from '../timeline/Data.tsx'
import { millisText, visibleText } from '../timeline/display-text.ts'
import { spanAt } from '../timeline/header-diff.ts'
import type { Row } from '../timeline/row-types.ts'
import { eventWords, laneName } from '../timeline/row-words.ts'
import { sayPhrase } from '../timeline/say.ts'
import { ArgumentList } from './ArgumentList.tsx'
import { Explanation } from './Explanation.tsx'
import { bodyOf, headersOf, messageBody } from './inspected.ts'
import { reasonWords, wrongArgument } from './reason-words.ts'
import { SourceLink, StackFrames } from './StackFrames.tsx'
import { StatePart } from './StatePart.tsx'
import { useSourcePlace } from './useSourcePlace.ts'

type Props = {
  readonly model: RunModel
  readonly row: Row
  readonly height: number
  readonly sheet: boolean
  readonly onStep: (by: 1 | -1) => void
  readonly onClose: () => void
}

/** One event: what it was given, what it answered, why, and what it changed. */
export function Inspector(props: Props) {
  const { model, row, height, sheet } = props
  const t = useText()
  const record = model.timeline.records.find(({ seq }) => seq === row.seq)
  if (record === undefined) return null
  const findings = model.findings.filter((finding) => finding.event === row.seq)
  const body = bodyOf(record.event) ?? messageBody(model.timeline.records, row.seq)
  return (
    <section
      className={`insp${sheet ? ' sheet' : ''}`}
      style={sheet ? undefined : { height }}
      aria-label={t('run.inspector.label')}
    >
      {sheet && <div className="grab" />}
      <Head {...props} record={record} />
      <div className="insp2">
        <div className="insp-main">
          <Facts model={model} row={row} record={record} findings={findings} />
        </div>
        <StatePart plugin={pluginOf(model, record)} model={model} row={row} record={record} body={body} />
      </div>
    </section>
  )
}

function Head({ model, row, record, sheet, onStep, onClose }: Props & { readonly record: TraceRecord }) {
  const t = useText()
  const plugin = pluginOf(model, record)
  const place = useSourcePlace(plugin, record)
  return (
    <header className="insphead">
      <Status row={row} record={record} />
      <span className="where trunc grow">{whereText(t, model, row, record)}</span>
      <SourceLink plugin={plugin} place={place} />
      {sheet && (
        <span className="steps">
          <button type="button" className="btn icon" aria-label={t('run.events.previous')} onClick={() => onStep(-1)}>
            <Icon name="left" size={16} />
          </button>
          <button type="button" className="btn icon" aria-label={t('run.events.next')} onClick={() => onStep(1)}>
            <Icon name="right" size={16} />
          </button>
        </span>
      )}
      <button type="button" className="btn sm icon close" aria-label={t('run.inspector.close')} onClick={onClose}>
        <Icon name="close" />
      </button>
    </header>
  )
}

/** The event's own name and what came of it, with the status' number. */
function Status({ row, record }: { readonly row: Row; readonly record: TraceRecord }) {
  const t = useText()
  const { event } = record
  if (row.kind === 'wait') return <span className="name words">{sayPhrase(t, row.say)}</span>
  if (event.type === 'host.call')
    return (
      <>
        <span className="name">{event.fn}</span>
        {event.status !== '' && (
          <span className={event.code === 0 ? 'mid' : 'status-bad'}>
            {event.code !== 0 && <Icon name="warn" size={13} />}
            {event.status} ({event.code})
          </span>
        )}
      </>
    )
  if (row.kind === 'callback')
    return (
      <>
        <span className="name">{row.name}</span>
        {row.mark !== undefined && (
          <ActionChip mark={row.mark} word={row.mark === 'reply' ? '' : row.word} flip={row.direction === 'response'} />
        )}
      </>
    )
  return <span className="name words">{eventWords(t, row, () => '')}</span>
}

function whereText(t: ReturnType<typeof useText>, model: RunModel, row: Row, record: TraceRecord): string {
  const number = row.number ?? model.timeline.numberOfSeq.get(row.seq)
  const lane = laneName(t, model.timeline.lanes[row.lane])
  const callback = row.kind === 'callback' ? '' : callbackAround(model.timeline.records, record)
  const base = model.timeline.records[0]?.at ?? 0
  return [
    number === undefined ? '' : t('run.inspector.event', { number }),
    visibleText(lane),
    callback === '' ? '' : t('run.inspector.in', { callback }),
    t('run.inspector.at', { time: millisText(row.at - base) }),
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function callbackAround(records: readonly TraceRecord[], record: TraceRecord): string {
  const span = spanAt(records, records.indexOf(record))
  const entered = records.find(({ event }) => event.type === 'guest.enter' && event.span === span)
  return entered?.event.type === 'guest.enter' ? entered.event.callback : ''
}

const pluginOf = (model: RunModel, record: TraceRecord): string =>
  model.trace.plugins.find(({ index }) => index === record.plugin)?.name ?? ''

function Facts({
  model,
  row,
  record,
  findings,
}: {
  readonly model: RunModel
  readonly row: Row
  readonly record: TraceRecord
  readonly findings: readonly Finding[]
}): ReactNode {
  const t = useText()
  const { event } = record
  const explained = findings.map((finding) => <Explanation key={`${finding.rule}${finding.event}`} finding={finding} />)
  if (row.kind === 'wait') return explained
  switch (event.type) {
    case 'host.call':
      return (
        <>
          {explained}
          {findings.length === 0 && event.reason !== undefined && (
            <div className="explain">
              <p className="lead">{reasonWords(t, event.reason)}</p>
            </div>
          )}
          <ArgumentList
            args={event.args}
            out={event.out}
            wrong={wrongArgument(event.reason)}
            failed={event.code !== 0}
          />
          <p className="meaning mid">{meaningOf(t, `hostcall.${event.fn}`)}</p>
          {event.code !== 0 && <p className="meaning mid">{meaningOf(t, `status.${event.status}`)}</p>}
        </>
      )
    case 'guest.enter':
      return (
        <>
          {explained}
          <ArgumentList args={event.args} out={[]} wrong={undefined} failed={false} />
          <p className="meaning mid">{meaningOf(t, `callback.${event.callback}`)}</p>
          {row.kind === 'callback' && row.mark !== undefined && row.mark !== 'trap' && (
            <p className="meaning mid">{t(`run.means.${row.mark}`)}</p>
          )}
        </>
      )
    case 'trap':
      return (
        <>
          {explained}
          {findings.length === 0 && (
            <div className="explain">
              <p className="lead">{t('run.trap.lead', { kind: event.kind, callback: event.callback })}</p>
              <p className="mono">
                <Data text={event.message} />
              </p>
            </div>
          )}
          <StackFrames plugin={pluginOf(model, record)} frames={event.frames} />
        </>
      )
    case 'load-error':
    case 'log':
      return (
        <>
          {explained}
          <pre className="body-text">
            <Data text={event.message} keep={'\n\t'} />
          </pre>
        </>
      )
    default: {
      const headers = headersOf(event)
      return (
        <>
          {explained}
          {headers !== undefined && headers.length > 0 && <HeaderLines headers={headers} />}
        </>
      )
    }
  }
}

/** What a host function or status is for, where the catalogue has words for it. */
function meaningOf(t: ReturnType<typeof useText>, key: string): string {
  return isTextKey(key) ? t(key) : ''
}

const isTextKey = (key: string): key is TextKey => Object.hasOwn(english, key)
