import { memo } from 'react'
import { Icon } from '../shell/icons.tsx'
import { useText } from '../text.ts'
import { ActionChip } from './ActionMark.tsx'
import { Data } from './Data.tsx'
import { durationText } from './display-text.ts'
import { laneClass } from './LaneHeader.tsx'
import type { Lane, Row } from './row-types.ts'
import { markWord } from './row-words.ts'
import { sayPhrase } from './say.ts'
import { useForm } from './timeline-form.ts'

type Props = {
  readonly row: Row
  readonly lane: Lane | undefined
  readonly time: string
  readonly selected: boolean
  readonly related: boolean
  readonly fresh: boolean
  readonly faded: boolean
  readonly top: number
  readonly id: string
  readonly label: string
  readonly index: number
  readonly findingText: string
  readonly onSelect: (key: string) => void
  readonly onOpen: (row: Row) => void
  readonly onHover: (index: number | undefined) => void
}

/** One row: number, room for the rails, name, arguments, result, time. */
export const EventRow = memo(function EventRow(props: Props) {
  const { row, lane, selected, related, fresh, faded } = props
  const form = useForm()
  const inner = row.kind === 'call' || row.kind === 'fold' || row.kind === 'finding' || row.kind === 'trap'
  const indented = inner || (row.kind === 'log' && row.span !== undefined)
  const classes = [
    'ev',
    row.kind,
    selected && 'sel',
    related && 'related',
    fresh && 'fresh',
    faded && 'faded',
    badRow(row) && 'problem',
  ]
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names the active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
    // biome-ignore lint/a11y/useSemanticElements: rows are virtual, so they cannot be a table's
    <div
      className={classes.filter(Boolean).join(' ')}
      style={{ transform: `translateY(${props.top}px)` }}
      id={props.id}
      role="row"
      aria-selected={selected}
      aria-level={indented ? 2 : 1}
      aria-rowindex={props.index + 1}
      aria-label={props.label}
      {...(row.kind === 'fold' ? { 'aria-expanded': row.open } : {})}
      onClick={() => (row.kind === 'fold' ? props.onOpen(row) : props.onSelect(row.key))}
      onDoubleClick={() => props.onOpen(row)}
      onMouseEnter={() => props.onHover(props.index)}
      onMouseLeave={() => props.onHover(undefined)}
    >
      <span className="n">{row.number ?? ''}</span>
      <span className="lanespace" />
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <span className={`t${indented ? ' in' : ''}${row.kind === 'call' && row.folded ? ' deep' : ''}`} role="gridcell">
        {form === 'narrow' ? <NarrowWords {...props} /> : <Words {...props} lane={lane} />}
      </span>
      <span className="ms">{props.time}</span>
    </div>
  )
})

const badRow = (row: Row): boolean => row.kind === 'finding' && row.problem

function Name({ name, className }: { readonly name: string; readonly className: string }) {
  const form = useForm()
  const prefix = name.startsWith('proxy_')
  return (
    <span className={`name ${className}`} title={name}>
      {prefix && form === 'wide' ? <i>proxy_</i> : null}
      {prefix ? name.slice(6) : name}
    </span>
  )
}

function Words({ row, lane, findingText }: Pick<Props, 'row' | 'lane' | 'findingText'>) {
  const t = useText()
  switch (row.kind) {
    case 'message':
      return (
        <>
          {row.title !== '' && (
            <span className="name strong">
              <Data text={row.title} />
            </span>
          )}
          <span className={`say${row.bad ? ' bad' : ''}`}>
            {row.say.map((phrase) => sayPhrase(t, phrase)).join(', ')}
          </span>
        </>
      )
    case 'callback':
      return (
        <>
          <Name name={row.name} className={laneClass(lane)} />
          <Arguments text={row.args} />
          <Result row={row} />
        </>
      )
    case 'call':
      return (
        <>
          <Name name={row.name} className="" />
          <Arguments text={row.args} />
          <Result row={row} />
        </>
      )
    case 'fold':
      return (
        <span className="say fold-say">
          <span className={`chevron${row.open ? ' open' : ''}`}>
            <Icon name="right" size={12} />
          </span>
          {sayPhrase(t, row.say)}
        </span>
      )
    case 'wait':
      return (
        <>
          <span className={`say${row.hang ? ' strong' : ''}`}>{sayPhrase(t, row.say)}</span>
          <Result row={row} />
        </>
      )
    case 'finding':
      return <span className="say">{findingText}</span>
    case 'log':
      return (
        <>
          <span className={`name level-${row.level}`}>{row.level}</span>
          <span className="args">
            <Data text={row.message} />
          </span>
        </>
      )
    case 'note':
      return (
        <span className={`say${row.bad ? ' bad' : ''}`}>
          {sayPhrase(t, row.say)}
          {row.detail !== '' && (
            <span className="args">
              {' '}
              <Data text={row.detail} />
            </span>
          )}
        </span>
      )
    case 'trap':
      return (
        <>
          <ActionChip mark="trap" word={row.trap} />
          <span className="args">
            <Data text={row.message === row.trap ? '' : row.message} />
          </span>
        </>
      )
  }
}

/** Two lines: what, and how it ended. */
function NarrowWords(props: Props) {
  const { row } = props
  if (row.kind === 'callback' && row.mark !== undefined)
    return (
      <>
        <Name name={row.name} className={laneClass(props.lane)} />
        <Result row={row} />
      </>
    )
  if (row.kind === 'call')
    return (
      <>
        <span className="row line">
          <Name name={row.name} className="" />
          <Result row={row} />
        </span>
        <Arguments text={row.args} />
      </>
    )
  return <Words {...props} />
}

function Arguments({ text }: { readonly text: string }) {
  if (text === '') return null
  return (
    <span className="args" title={text}>
      <Data text={text} />
    </span>
  )
}

function Result({ row }: { readonly row: Row }) {
  const t = useText()
  const form = useForm()
  if (row.kind === 'callback') {
    if (row.mark === undefined) return null
    // The enum's own name is in the inspector; here the member's is what tells rows apart.
    const word = markWord(t, row.mark, row.word).replace(/^\w+\./, '')
    return (
      <span className="res">
        <ActionChip
          mark={row.mark}
          word={word}
          flip={row.direction === 'response'}
          chip={form !== 'narrow' && row.mark !== 'continue'}
        />
      </span>
    )
  }
  if (row.kind === 'wait')
    return (
      <span className="res">
        {row.hang ? <ActionChip mark="hang" /> : row.duration === undefined ? '' : durationText(row.duration)}
      </span>
    )
  if (row.kind !== 'call' || row.result.text === '') return null
  if (!row.result.bad) return <span className="res">{row.result.text}</span>
  return (
    <span className="res">
      <span className="status-bad">
        <Icon name="warn" size={13} />
        {row.result.text}
      </span>
    </span>
  )
}
