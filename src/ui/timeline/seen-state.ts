import { latin1 } from '../../model/project/bytes.ts'
import type { Arg, TraceRecord } from '../../model/trace.ts'
import { byteStringText } from './display-text.ts'
import { type HeaderRange, spanAt } from './header-diff.ts'

/** One name a plugin has read or set through the host, as it stood after the last such call in the range. */
export type SeenValue = {
  readonly name: string
  readonly plugin: number | undefined
  /** Undefined where the host had nothing under that name, or refused. */
  readonly value: Uint8Array | undefined
  readonly how: 'read' | 'set'
  /** The call's status when it was not Ok. */
  readonly status: string
  readonly seq: number
}

const CALLS = {
  properties: { read: 'proxy_get_property', set: 'proxy_set_property' },
  shared: { read: 'proxy_get_shared_data', set: 'proxy_set_shared_data' },
} as const
export type SeenKind = keyof typeof CALLS

/** Of which of them there is anything to see. */
export function seenKinds(records: readonly TraceRecord[]): readonly SeenKind[] {
  const called = new Set(records.flatMap(({ event }) => (event.type === 'host.call' ? [event.fn] : [])))
  return (['properties', 'shared'] as const).filter(
    (kind) => called.has(CALLS[kind].read) || called.has(CALLS[kind].set),
  )
}

/**
 * What plugins saw of properties or shared data until an event (`event`), inside its callback, or in all that is shown. Only
 * calls tell: a property that nobody asked for is not in the trace.
 */
export function seenValues(
  records: readonly TraceRecord[],
  kind: SeenKind,
  seq: number,
  range: HeaderRange,
): readonly SeenValue[] {
  const at = records.findIndex((record) => record.seq === seq)
  const span = range === 'callback' ? spanAt(records, at) : undefined
  const found = new Map<string, SeenValue>()
  for (const record of records) {
    if (range === 'event' && record.seq > seq) break
    if (range === 'callback' && record.parent !== span) continue
    const seen = seenIn(record, kind)
    if (seen === undefined) continue
    const key = `${seen.plugin}\0${seen.name}`
    found.delete(key)
    found.set(key, seen)
  }
  return [...found.values()]
}

function seenIn({ seq, plugin, event }: TraceRecord, kind: SeenKind): SeenValue | undefined {
  if (event.type !== 'host.call') return undefined
  const { read, set } = CALLS[kind]
  if (event.fn !== read && event.fn !== set) return undefined
  const how = event.fn === read ? 'read' : 'set'
  const name = event.args.find((arg) => arg.kind === 'bytes')
  const value = how === 'read' ? bytesOf(event.out) : bytesOf(event.args.filter((arg) => arg !== name))
  return {
    name: name?.kind === 'bytes' ? nameText(name.value, kind) : '',
    plugin,
    value: event.code === 0 ? value : undefined,
    how,
    status: event.code === 0 ? '' : event.status,
    seq,
  }
}

const bytesOf = (args: readonly Arg[]): Uint8Array | undefined => {
  const found = args.find((arg) => arg.kind === 'bytes')
  return found?.kind === 'bytes' ? found.value : undefined
}

/** Property paths separate their parts with a zero byte. */
function nameText(name: Uint8Array, kind: SeenKind): string {
  const text = byteStringText(latin1(name))
  return kind === 'properties' ? text.replaceAll('\0', '.').replace(/\.$/, '') : text
}
