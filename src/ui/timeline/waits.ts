import type { PluginIndex } from '../../model/brand.ts'
import type { Direction, EffectiveAction, TraceRecord } from '../../model/trace.ts'
import { isConnection } from './exchange.ts'
import { clusterLane, pluginLane } from './lanes.ts'
import type { Lane, Phrase, WaitRow } from './row-types.ts'

type Pause = {
  readonly plugin: PluginIndex | undefined
  readonly direction: Direction
  readonly action: EffectiveAction
  readonly at: number
}
/** A wait and the record before which its row stands. */
export type PlacedWait = { readonly before: number; readonly row: WaitRow }

/**
 * Where virtual time passes while something is held or an upstream works, and where a hang begins. Time inside a
 * guest call (reading the clock moves it) is no wait.
 */
export function waitsOf(records: readonly TraceRecord[], lanes: readonly Lane[]): readonly PlacedWait[] {
  const tcp = isConnection(records)
  const waits: PlacedWait[] = []
  let pauses: Pause[] = []
  let working: { cluster: string } | undefined
  let depth = 0
  let bodySeen = { request: false, response: false }
  let before = records[0]
  for (const record of records) {
    const { event, at } = record
    if (before !== undefined && at > before.at && depth === 0) {
      const row = waitRow(record, before.at, { pause: pauses.at(-1), working, bodySeen, lanes, tcp })
      if (row !== undefined) waits.push({ before: record.seq, row })
    }
    if (event.type === 'hung') {
      const pause = pauses.findLast((entry) => entry.direction === event.direction) ?? pauses.at(-1)
      waits.push({ before: record.seq, row: hangRow(record, pause, event.certainty, lanes) })
    } else if (event.type === 'guest.enter') depth++
    else if (event.type === 'guest.leave') depth = Math.max(0, depth - 1)
    else if (event.type === 'chain.pause') {
      pauses = pauses.filter((entry) => entry.plugin !== record.plugin || entry.direction !== event.direction)
      pauses.push({ plugin: record.plugin, direction: event.direction, action: event.action, at })
    } else if (event.type === 'chain.resume')
      pauses = pauses.filter((entry) => entry.plugin !== record.plugin || entry.direction !== event.direction)
    else if (event.type === 'request.headers') bodySeen = { ...bodySeen, request: !event.endOfStream }
    else if (event.type === 'upstream.response') {
      bodySeen = { ...bodySeen, response: !event.endOfStream }
      working = undefined
    } else if (event.type === 'upstream.request') working = { cluster: event.cluster }
    else if (event.type === 'upstream.reset') working = undefined
    else if (event.type === 'stream.end') pauses = []
    before = record
  }
  return waits
}

type Waiting = {
  readonly pause: Pause | undefined
  readonly working: { readonly cluster: string } | undefined
  readonly bodySeen: { readonly request: boolean; readonly response: boolean }
  readonly lanes: readonly Lane[]
  readonly tcp: boolean
}

function waitRow(next: TraceRecord, since: number, waiting: Waiting): WaitRow | undefined {
  const base = {
    key: `w${next.seq}`,
    number: undefined,
    seq: next.seq,
    at: next.at,
    span: undefined,
    stream: next.stream,
    kind: 'wait',
    duration: next.at - since,
    hang: false,
  } as const
  const { pause, working, lanes, tcp } = waiting
  const upstreamNext = next.event.type.startsWith('upstream.')
  if (working !== undefined && (pause === undefined || upstreamNext)) {
    const say: Phrase = { key: 'run.wait.upstream', params: { cluster: working.cluster } }
    return { ...base, lane: clusterLane(lanes, working.cluster), say }
  }
  if (pause === undefined) return undefined
  const what: Phrase = { key: tcp ? 'run.hold.data' : heldWord(pause, waiting.bodySeen[pause.direction]) }
  return {
    ...base,
    lane: pluginLane(lanes, pause.plugin),
    say: { key: 'run.hold.until', params: { what, until: untilPhrase(next, tcp) } },
  }
}

function heldWord(pause: Pause, body: boolean): 'run.hold.headers' | 'run.hold.both' | 'run.hold.body' {
  if (pause.action === 'StopIterationAndBuffer' || pause.action === 'StopIterationAndWatermark') return 'run.hold.body'
  if (pause.action === 'StopIterationNoBuffer') return 'run.hold.body'
  return body && pause.action !== 'StopIteration' ? 'run.hold.both' : 'run.hold.headers'
}

function untilPhrase({ event }: TraceRecord, tcp: boolean): Phrase {
  if (event.type === 'callout.response' || event.type === 'redis.reply')
    return { key: 'run.until.callout', params: { cluster: event.cluster } }
  if (event.type === 'guest.enter' && event.callback === 'proxy_on_tick') return { key: 'run.until.tick' }
  if (event.type === 'request.body' || event.type === 'upstream.response.body')
    return { key: tcp ? 'run.until.data' : 'run.until.body' }
  if (event.type === 'upstream.response') return { key: 'run.until.upstream', params: { cluster: event.cluster } }
  if (event.type === 'clock.advance') return { key: 'run.until.clock' }
  return { key: 'run.until.next' }
}

function hangRow(
  record: TraceRecord,
  pause: Pause | undefined,
  certainty: 'certain' | 'probable',
  lanes: readonly Lane[],
): WaitRow {
  return {
    key: `h${record.seq}`,
    number: undefined,
    seq: record.seq,
    at: record.at,
    lane: pluginLane(lanes, record.plugin ?? pause?.plugin),
    span: undefined,
    stream: record.stream,
    kind: 'wait',
    say: { key: certainty === 'certain' ? 'run.wait.hang' : 'run.wait.hangProbable' },
    duration: undefined,
    hang: true,
  }
}
