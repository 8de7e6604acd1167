import { useMemo, useState } from 'react'
import type { TraceRecord } from '../../model/trace.ts'
import { BodyView } from '../run/BodyView.tsx'
import type { RunModel } from '../run/run-model.ts'
import { useText } from '../text.ts'
import type { Row } from '../timeline/row-types.ts'
import { type SeenKind, seenKinds } from '../timeline/seen-state.ts'
import { GuestMemory } from './GuestMemory.tsx'
import { GuestStack } from './GuestStack.tsx'
import { SeenState } from './SeenState.tsx'
import { StateDiff } from './StateDiff.tsx'

type Side = 'headers' | 'body' | SeenKind | 'stack' | 'memory'

/** The right half: headers before and after, the body the event carries, properties, shared data, stack, memory. Only what there is. */
export function StatePart(props: {
  readonly model: RunModel
  readonly row: Row
  readonly record: TraceRecord
  readonly plugin: string
  readonly body: Uint8Array | undefined
}) {
  const { model, row, record, plugin, body } = props
  const { timeline, exchange, trace } = model
  const t = useText()
  const kinds = useMemo(() => seenKinds(timeline.records), [timeline])
  const sides: readonly Side[] = [
    ...(exchange.connection ? [] : (['headers'] as const)),
    ...(body === undefined ? [] : (['body'] as const)),
    ...kinds,
    ...(record.event.type === 'host.call' ? (['stack', 'memory'] as const) : []),
  ]
  const [chosen, choose] = useState<Side | undefined>(undefined)
  const first: Side = preferred(record, body)
  const wanted = chosen ?? first
  const side = sides.includes(wanted) ? wanted : sides.includes(first) ? first : sides[0]
  if (side === undefined) return <div className="insp-state" />
  return (
    <div className="insp-state">
      {sides.length > 1 && (
        <div className="subtabs" role="tablist" aria-label={t('run.inspector.state')}>
          {sides.map((name, index) => (
            <button
              key={name}
              type="button"
              className="tab"
              role="tab"
              aria-selected={side === name}
              tabIndex={side === name ? 0 : -1}
              onClick={() => choose(name)}
              onKeyDown={(event) => {
                const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
                const next = sides[(index + by + sides.length) % sides.length]
                if (by === 0 || next === undefined) return
                event.preventDefault()
                choose(next)
                const { children } = event.currentTarget.parentElement ?? event.currentTarget
                const tab = children[sides.indexOf(next)]
                if (tab instanceof HTMLElement) tab.focus()
              }}
            >
              {t(`run.side.${name}`)}
            </button>
          ))}
        </div>
      )}
      {side === 'body' ? (
        body !== undefined && <BodyView body={body} chunks={1} />
      ) : side === 'headers' ? (
        <StateDiff timeline={timeline} seq={row.seq} />
      ) : side === 'stack' ? (
        <GuestStack seq={row.seq} plugin={plugin} />
      ) : side === 'memory' ? (
        <GuestMemory seq={row.seq} />
      ) : (
        <SeenState timeline={timeline} seq={row.seq} kind={side} plugins={trace.plugins} />
      )}
    </div>
  )
}

/** What an event is about, until the reader chooses: its bytes, a property, the memory it missed, else the headers. */
function preferred({ event }: TraceRecord, body: Uint8Array | undefined): Side {
  if (event.type === 'host.call') {
    if (event.reason?.code === 'out-of-bounds') return 'memory'
    if (/_property$/.test(event.fn)) return 'properties'
    return /_shared_data$/.test(event.fn) ? 'shared' : 'headers'
  }
  return body === undefined ? 'headers' : 'body'
}
