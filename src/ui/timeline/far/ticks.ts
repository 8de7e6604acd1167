import type { PluginIndex } from '../../../model/brand.ts'
import { headerValue } from '../../../model/http.ts'
import type { TraceRecord } from '../../../model/trace.ts'
import { actionMark } from '../action-word.ts'
import type { Mark } from '../row-types.ts'

/** From quiet to worst: what a record is when there is no room for words. */
export const TICK_KINDS = ['call', 'message', 'callback', 'action', 'bad', 'hang'] as const
export type TickKind = (typeof TICK_KINDS)[number]

/** One record as a mark on a strip. `mark` gives an action its colour. */
export type Tick = {
  readonly seq: number
  readonly kind: TickKind
  readonly plugin: PluginIndex | undefined
  readonly mark: Mark | undefined
}

export const weightOf = (kind: TickKind | undefined): number => (kind === undefined ? -1 : TICK_KINDS.indexOf(kind))

/** What is drawn of a record; none for those that other marks stand for. `problems`: the events that a finding is about. */
export function tickOf(record: TraceRecord, problems: ReadonlySet<number>): Tick | undefined {
  const { seq, plugin } = record
  const [kind, mark] = kindOf(record)
  if (problems.has(seq) && weightOf(kind) < weightOf('bad')) return { seq, kind: 'bad', plugin, mark: undefined }
  return kind === undefined ? undefined : { seq, kind, plugin, mark }
}

function kindOf({ event, plugin }: TraceRecord): readonly [TickKind | undefined, Mark | undefined] {
  switch (event.type) {
    case 'guest.enter':
      return ['callback', undefined]
    case 'guest.leave': {
      if (event.returned === 'trap' || event.action === undefined) return [undefined, undefined]
      const mark = actionMark(event.action, event.callback)
      return mark === 'continue' ? [undefined, undefined] : ['action', mark]
    }
    case 'host.call':
      return [event.code === 0 || /NotFound|Empty/.test(event.status) ? 'call' : 'bad', undefined]
    case 'local-reply':
      if (event.outcome !== 'sent') return ['bad', undefined]
      return plugin === undefined && event.status >= 500 ? ['bad', undefined] : ['action', 'reply']
    case 'trap':
      return ['bad', 'trap']
    case 'hung':
      return ['hang', 'hang']
    case 'limit':
    case 'load-error':
    case 'upstream.reset':
      return ['bad', undefined]
    case 'callout.response':
      return [event.outcome === 'response' ? 'message' : 'bad', undefined]
    case 'redis.reply':
      return [event.outcome === 'reply' && event.reply[0] !== 0x2d ? 'message' : 'bad', undefined]
    case 'response.headers':
      return [Number(headerValue(event.headers, ':status')) >= 500 ? 'bad' : 'message', undefined]
    case 'stream.end':
      return [event.ended === 'complete' || event.ended === 'hung' ? undefined : 'bad', undefined]
    case 'request.headers':
    case 'connection.open':
    case 'upstream.request':
    case 'upstream.response':
    case 'upstream.connect':
    case 'callout.request':
    case 'redis.command':
      return ['message', undefined]
    case 'log':
      return [event.level === 'error' || event.level === 'critical' ? 'bad' : undefined, undefined]
    default:
      return [undefined, undefined]
  }
}
