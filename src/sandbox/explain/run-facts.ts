import type { PluginIndex, SpanId, StreamId } from '../../model/brand.ts'
import type {
  Arg,
  Direction,
  EffectiveAction,
  TraceEvent,
  TracePlugin,
  TraceRecord,
  TraceView,
} from '../../model/trace.ts'

/** Rules read at most this many records; what comes later is not explained (a run of a million events repeats itself). */
const readable = 300_000

export type EventOf<T extends TraceEvent['type']> = Extract<TraceEvent, { readonly type: T }>
/** A record whose event is known to be of one type. */
export type RecordOf<T extends TraceEvent['type']> = TraceRecord & { readonly event: EventOf<T> }

/** One entry into a guest, with all that happened inside it. */
export type Entry = {
  readonly span: SpanId
  readonly enter: RecordOf<'guest.enter'>
  /** Absent while the guest has not come back (deadline, dropped events). */
  leave?: RecordOf<'guest.leave'>
  /** Host calls, callouts, logs: every record whose parent is this entry. */
  readonly inside: TraceRecord[]
}

/** The records of a run, indexed once for all rules. */
export class RunFacts {
  readonly plugins: readonly TracePlugin[]
  readonly records: readonly TraceRecord[]
  readonly entries: ReadonlyMap<SpanId, Entry>
  readonly streams: ReadonlyMap<StreamId, readonly TraceRecord[]>
  private readonly byType: ReadonlyMap<string, readonly TraceRecord[]>

  constructor(trace: TraceView) {
    this.plugins = trace.plugins
    const count = Math.min(trace.length, readable)
    this.records = Array.from({ length: count }, (_, index) => trace.record(index))
    const entries = new Map<SpanId, Entry>()
    const streams = new Map<StreamId, TraceRecord[]>()
    const byType = new Map<string, TraceRecord[]>()
    for (const record of this.records) {
      const alike = byType.get(record.event.type)
      if (alike === undefined) byType.set(record.event.type, [record])
      else alike.push(record)
      if (is(record, 'guest.enter'))
        entries.set(record.event.span, { span: record.event.span, enter: record, inside: [] })
      const around = record.parent === undefined ? undefined : entries.get(record.parent)
      around?.inside.push(record)
      if (is(record, 'guest.leave')) {
        const entry = entries.get(record.event.span)
        if (entry !== undefined) entry.leave = record
      }
      if (record.stream === undefined) continue
      const known = streams.get(record.stream)
      if (known === undefined) streams.set(record.stream, [record])
      else known.push(record)
    }
    this.entries = entries
    this.streams = streams
    this.byType = byType
  }

  /** All records of one type, in order; asked for each stream, so not made anew each time. */
  of<T extends TraceEvent['type']>(type: T): readonly RecordOf<T>[] {
    const alike = this.byType.get(type) ?? []
    return areAll(alike, type) ? alike : []
  }

  inStream<T extends TraceEvent['type']>(stream: StreamId | undefined, type: T): readonly RecordOf<T>[] {
    const records = stream === undefined ? [] : (this.streams.get(stream) ?? [])
    return records.filter((record): record is RecordOf<T> => is(record, type))
  }

  plugin(index: PluginIndex | undefined): TracePlugin | undefined {
    return this.plugins.find((plugin) => plugin.index === index)
  }

  /** The callback a record happened in; '' outside of any. */
  callbackOf(record: TraceRecord): string {
    if (record.event.type === 'guest.enter' || record.event.type === 'guest.leave') return record.event.callback
    const entry = record.parent === undefined ? undefined : this.entries.get(record.parent)
    return entry?.enter.event.callback ?? ''
  }

  entryOf(record: TraceRecord): Entry | undefined {
    return record.parent === undefined ? undefined : this.entries.get(record.parent)
  }

  /** Entries of one plugin's callback in one stream, in order. */
  entriesOf(stream: StreamId | undefined, plugin: PluginIndex | undefined, callback: string): readonly Entry[] {
    return this.inStream(stream, 'guest.enter')
      .filter((record) => record.plugin === plugin && record.event.callback === callback)
      .flatMap((record) => this.entries.get(record.event.span) ?? [])
  }
}

export function is<T extends TraceEvent['type']>(record: TraceRecord, type: T): record is RecordOf<T> {
  return record.event.type === type
}

/** Records are grouped by type: the first tells what all are. */
function areAll<T extends TraceEvent['type']>(
  records: readonly TraceRecord[],
  type: T,
): records is readonly RecordOf<T>[] {
  const [first] = records
  return first === undefined || is(first, type)
}

const utf8 = new TextDecoder()

/** An argument as text (bytes are read as UTF-8), or '' if it has another form. */
export function textArg(args: readonly Arg[], name: string): string {
  const arg = args.find((one) => one.name === name)
  return arg?.kind === 'bytes' ? utf8.decode(arg.value) : ''
}

/** An argument's number (enum values too), or undefined. */
export function numberArg(args: readonly Arg[], name: string): number | undefined {
  const arg = args.find((one) => one.name === name)
  return arg?.kind === 'number' || arg?.kind === 'enum' ? arg.value : undefined
}

export const headersCallback = (direction: Direction): string => `proxy_on_${direction}_headers`
export const bodyCallback = (direction: Direction): string => `proxy_on_${direction}_body`

/** The direction a stream callback belongs to. */
export function directionOf(callback: string): Direction | undefined {
  const match = /^proxy_on_(request|response)_(headers|body|trailers)$/.exec(callback)
  return match?.[1] === 'request' ? 'request' : match?.[1] === 'response' ? 'response' : undefined
}

export const stops = (action: EffectiveAction | undefined): boolean => action !== undefined && action !== 'Continue'

/** A call to another service, from the plugin's side. */
export const isSideCall = (record: TraceRecord): record is RecordOf<'callout.request'> | RecordOf<'redis.command'> =>
  is(record, 'callout.request') || is(record, 'redis.command')

/** Host functions that start one. */
const callFunctions = new Set(['proxy_http_call', 'proxy_redis_call', 'proxy_grpc_call', 'proxy_grpc_stream'])
export const isCallFunction = (fn: string): boolean => callFunctions.has(fn)

/** The cluster such a function names; a Redis name without its options. */
export const clusterArg = (args: readonly Arg[]): string =>
  textArg(args, 'upstream') || textArg(args, 'cluster').replace(/\?.*$/s, '')
