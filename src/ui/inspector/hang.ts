import type { PluginIndex } from '../../model/brand.ts'
import type { Direction, TraceRecord } from '../../model/trace.ts'

/** One thing that could have resumed a held stream, and what became of it. */
export type Chance =
  | {
      readonly kind: 'callout' | 'redis'
      readonly cluster: string
      readonly token: number
      readonly seq: number
      readonly at: number | undefined
    }
  | { readonly kind: 'no-callouts' }
  | { readonly kind: 'ticks'; readonly count: number; readonly seq: number | undefined }
  | { readonly kind: 'no-ticks' }

export type Hang = {
  readonly seq: number
  readonly certainty: 'certain' | 'probable'
  readonly plugin: PluginIndex | undefined
  readonly direction: Direction
  /** Where it was stopped: export name, or '' if unknown. */
  readonly callback: string
  /** How often the plugin was called after it had stopped the stream. */
  readonly calledAfter: number
  readonly chances: readonly Chance[]
}

/** Who holds the stream, since when, and everything that could have resumed it. Nothing the trace does not show. */
export function hangOf(records: readonly TraceRecord[]): Hang | undefined {
  const at = records.findIndex(({ event }) => event.type === 'hung')
  const record = records[at]
  if (record?.event.type !== 'hung') return undefined
  const { certainty, direction } = record.event
  const before = records.slice(0, at)
  const pauseAt = before.findLastIndex(
    ({ event, plugin }) =>
      event.type === 'chain.pause' &&
      event.direction === direction &&
      (record.plugin === undefined || plugin === record.plugin),
  )
  const plugin = record.plugin ?? before[pauseAt]?.plugin
  const left = before
    .slice(0, pauseAt + 1)
    .findLast(({ event, plugin: whose }) => event.type === 'guest.leave' && whose === plugin)
  const after = before
    .slice(pauseAt + 1)
    .filter(({ event, plugin: whose }) => event.type === 'guest.enter' && whose === plugin)
  return {
    seq: record.seq,
    certainty,
    plugin,
    direction,
    callback: left?.event.type === 'guest.leave' ? left.event.callback : '',
    calledAfter: after.length,
    chances: chancesOf(before, plugin),
  }
}

function chancesOf(records: readonly TraceRecord[], plugin: PluginIndex | undefined): readonly Chance[] {
  const callouts = records.flatMap(({ event, seq, plugin: whose }): Chance[] => {
    if (whose !== undefined && whose !== plugin) return []
    if (event.type !== 'callout.request' && event.type !== 'redis.command') return []
    const answer = event.type === 'callout.request' ? 'callout.response' : 'redis.reply'
    const reply = records.find((other) => other.event.type === answer && other.event.token === event.token)
    const kind = event.type === 'callout.request' ? 'callout' : 'redis'
    return [{ kind, cluster: event.cluster, token: event.token, seq: reply?.seq ?? seq, at: reply?.at }]
  })
  const ticks = records.filter(
    ({ event, plugin: whose }) =>
      event.type === 'guest.enter' && event.callback === 'proxy_on_tick' && whose === plugin,
  )
  return [
    ...(callouts.length === 0 ? [{ kind: 'no-callouts' } as const] : callouts),
    ticks.length === 0 ? { kind: 'no-ticks' } : { kind: 'ticks', count: ticks.length, seq: ticks.at(-1)?.seq },
  ]
}
