import type { PluginIndex, SpanId } from '../../model/brand.ts'
import type { Direction, TraceRecord } from '../../model/trace.ts'
import { actionMark } from './action-word.ts'
import { clusterLane, pluginLane } from './lanes.ts'
import type { CallbackRow, Lane, Mark, Row } from './row-types.ts'

/** One callback from entry to return, over the rows that belong to it. */
export type Bar = {
  readonly lane: number
  readonly from: number
  readonly to: number
  readonly mark: Mark | undefined
  readonly flip: boolean
  readonly nesting: number
  readonly plugin: PluginIndex | undefined
}
/** The message moves from one lane to another. */
export type Hop = {
  readonly fromLane: number
  readonly fromRow: number
  readonly fromNode: boolean
  readonly toLane: number
  readonly toRow: number
  /** `node`: ends at a message's dot. `bar`: enters a callback. */
  readonly to: 'node' | 'bar'
  readonly direction: Direction
  readonly body: boolean
}
export type Callout = {
  readonly lane: number
  readonly plugin: PluginIndex | undefined
  readonly row: number
  readonly cluster: number
  /** `open`: no reply came in what is shown. */
  readonly end: { readonly kind: 'answered'; readonly row: number } | { readonly kind: 'open' | 'refused' }
}
/** Something is held from one row to another; without `to` for ever. */
export type Hold = {
  readonly lane: number
  readonly from: number
  readonly to: number | undefined
  readonly mark: Mark
}
export type Node = {
  readonly lane: number
  readonly row: number
  readonly shape: 'in' | 'out' | 'small-in' | 'small-out'
}
/** An upstream has the request and has not answered. */
export type Busy = { readonly lane: number; readonly from: number; readonly to: number }
export type Flow = {
  readonly bars: readonly Bar[]
  readonly hops: readonly Hop[]
  readonly callouts: readonly Callout[]
  readonly holds: readonly Hold[]
  readonly nodes: readonly Node[]
  readonly busy: readonly Busy[]
}

type Place = { readonly lane: number; readonly row: number; readonly node: boolean }
type Cursor = Partial<Record<`${Direction}.${'headers' | 'body'}`, Place>>

/** Derives the lines between lanes from the records; rows only say where they start and end. */
export function flowOf(
  records: readonly TraceRecord[],
  rows: readonly Row[],
  rowOfSeq: ReadonlyMap<number, number>,
  lanes: readonly Lane[],
): Flow {
  const bars = barsOf(rows, lanes)
  const barOf = new Map<SpanId, Bar>()
  for (const [index, row] of rows.entries()) {
    const bar = row.kind === 'callback' ? bars.find((candidate) => candidate.from === index) : undefined
    if (bar !== undefined && row.span !== undefined) barOf.set(row.span, bar)
  }
  const walk = new Walk(rows, rowOfSeq, lanes, barOf)
  for (const record of records) walk.step(record)
  return {
    bars,
    hops: walk.hops,
    callouts: walk.callouts,
    holds: walk.holdsAtEnd(),
    nodes: nodesOf(rows),
    busy: walk.busy,
  }
}

function barsOf(rows: readonly Row[], lanes: readonly Lane[]): readonly Bar[] {
  return rows.flatMap((row, from) => {
    if (row.kind !== 'callback') return []
    let to = from
    for (let index = from + 1; index < rows.length; index++) {
      const inner = rows[index]
      if (inner === undefined) break
      if (inner.span === row.span && inner.kind !== 'callback') to = index
      else if (inner.span === undefined || inner.kind === 'callback') {
        if (!rows.slice(index).some((later) => later.span === row.span)) break
      }
    }
    const lane = lanes[row.lane]
    return [{ ...barFields(row), from, to, plugin: lane?.kind === 'plugin' ? lane.index : undefined }]
  })
}

const barFields = (row: CallbackRow) => ({
  lane: row.lane,
  mark: row.mark,
  flip: row.direction === 'response',
  nesting: row.nesting,
})

const nodesOf = (rows: readonly Row[]): readonly Node[] =>
  rows.flatMap((row, index) =>
    row.kind === 'message' && row.node !== 'none' ? [{ lane: row.lane, row: index, shape: row.node }] : [],
  )

type OpenHold = { readonly plugin: PluginIndex | undefined; readonly direction: Direction; readonly hold: Hold }

/** Follows both directions of one exchange through the records. */
class Walk {
  readonly hops: Hop[] = []
  readonly callouts: Callout[] = []
  readonly busy: Busy[] = []
  private readonly holds: Hold[] = []
  private readonly rows: readonly Row[]
  private readonly rowOfSeq: ReadonlyMap<number, number>
  private readonly lanes: readonly Lane[]
  private readonly barOf: ReadonlyMap<SpanId, Bar>
  private cursor: Cursor = {}
  private open: OpenHold[] = []
  private pending = new Map<number, number>()
  private lastCall:
    | { readonly row: number; readonly lane: number; readonly plugin: PluginIndex | undefined }
    | undefined
  private lastBar: Bar | undefined
  private lastCallback = ''
  private continued: number | undefined
  private replyBar: Bar | undefined
  private arrived: Place | undefined

  constructor(
    rows: readonly Row[],
    rowOfSeq: ReadonlyMap<number, number>,
    lanes: readonly Lane[],
    barOf: ReadonlyMap<SpanId, Bar>,
  ) {
    this.rows = rows
    this.rowOfSeq = rowOfSeq
    this.lanes = lanes
    this.barOf = barOf
  }

  step(record: TraceRecord): void {
    const { event } = record
    const row = this.rowOfSeq.get(record.seq)
    switch (event.type) {
      case 'request.headers':
        if (row !== undefined) this.cursor['request.headers'] = { lane: 0, row, node: true }
        break
      case 'request.body':
        if (row !== undefined) this.cursor['request.body'] = { lane: 0, row, node: true }
        break
      case 'guest.enter':
        this.enter(event.span, event.callback)
        break
      case 'guest.leave':
        this.leave(event.span, event.callback, event.returned === 'trap' ? undefined : event.action)
        break
      case 'host.call':
        this.call(record, event.fn, event.code, row)
        break
      case 'chain.pause':
        this.pause(record.plugin, event.direction, actionMark(event.action, this.lastCallback))
        break
      case 'chain.resume':
        this.resume(record.plugin, event.direction, event.by)
        break
      case 'local-reply':
        this.localReply(record, row)
        break
      case 'callout.request':
      case 'redis.command':
        this.calloutSent(event.token, event.cluster, row)
        break
      case 'callout.response':
      case 'redis.reply':
        this.calloutDone(event.token, row)
        break
      case 'upstream.request':
        this.arrive('request.headers', clusterLane(this.lanes, event.cluster), row)
        this.arrived = row === undefined ? undefined : { lane: clusterLane(this.lanes, event.cluster), row, node: true }
        break
      case 'upstream.request.body':
        if (this.arrived !== undefined) this.arrive('request.body', this.arrived.lane, row)
        break
      case 'upstream.response':
        this.answered(clusterLane(this.lanes, event.cluster), row)
        break
      case 'upstream.response.body':
        if (row !== undefined)
          this.cursor['response.body'] = { lane: clusterLane(this.lanes, event.cluster), row, node: true }
        break
      case 'response.headers':
        this.arrive('response.headers', 0, row)
        break
      case 'response.body':
        this.arrive('response.body', 0, row)
        break
      case 'hung':
        this.hang(record.plugin, event.direction)
        break
      default:
        break
    }
  }

  /** Open pauses at the end of what is shown end with it. */
  holdsAtEnd(): readonly Hold[] {
    return [...this.holds, ...this.open.map(({ hold }) => ({ ...hold, to: hold.to ?? this.rows.length }))]
  }

  private arrive(what: keyof Cursor, lane: number, row: number | undefined): void {
    const from = this.cursor[what]
    if (row === undefined) return
    if (from !== undefined && from.lane !== lane) this.hop(what, from, lane, row, 'node')
    delete this.cursor[what]
  }

  private hop(what: keyof Cursor, from: Place, toLane: number, toRow: number, to: 'node' | 'bar'): void {
    this.hops.push({
      fromLane: from.lane,
      fromRow: from.row,
      fromNode: from.node,
      toLane,
      toRow,
      to,
      direction: what.startsWith('request') ? 'request' : 'response',
      body: what.endsWith('body'),
    })
  }

  private enter(span: SpanId, callback: string): void {
    const bar = this.barOf.get(span)
    if (bar === undefined) return
    this.lastBar = bar
    this.lastCallback = callback
    this.continued = undefined
    const what = carried(callback)
    const from = what === undefined ? undefined : this.cursor[what]
    if (what === undefined || from === undefined) return
    if (from.lane !== bar.lane) this.hop(what, from, bar.lane, bar.from, 'bar')
    delete this.cursor[what]
  }

  private leave(span: SpanId, callback: string, action: string | undefined): void {
    const bar = this.barOf.get(span)
    const what = carried(callback)
    if (bar === undefined || what === undefined) return
    if (action === 'Continue') this.cursor[what] = { lane: bar.lane, row: bar.to, node: false }
  }

  private call(record: TraceRecord, fn: string, code: number, row: number | undefined): void {
    if (row === undefined) return
    const lane = pluginLane(this.lanes, record.plugin)
    if (fn === 'proxy_continue_stream' && code === 0) this.continued = row
    else if (fn === 'proxy_send_local_response' && code === 0) this.replyBar = this.lastBar
    else if (fn === 'proxy_http_call') {
      this.lastCall = { row, lane, plugin: record.plugin }
      if (code !== 0)
        this.callouts.push({ lane, plugin: record.plugin, row, cluster: lane + 1, end: { kind: 'refused' } })
    }
  }

  private pause(plugin: PluginIndex | undefined, direction: Direction, mark: Mark): void {
    const lane = pluginLane(this.lanes, plugin)
    const already = this.open.some((entry) => entry.plugin === plugin && entry.direction === direction)
    if (already) return
    const from = this.lastBar?.lane === lane ? this.lastBar.to : 0
    this.open.push({ plugin, direction, hold: { lane, from, to: undefined, mark } })
  }

  private resume(plugin: PluginIndex | undefined, direction: Direction, by: string): void {
    const lane = pluginLane(this.lanes, plugin)
    const held = this.open.find((entry) => entry.plugin === plugin && entry.direction === direction)
    this.open = this.open.filter((entry) => entry !== held)
    const bar = this.lastBar
    if (held !== undefined && bar !== undefined && bar.from > held.hold.from)
      this.holds.push({ ...held.hold, to: bar.from })
    if (by === 'local-reply') return
    const row = by === 'continue_stream' ? (this.continued ?? bar?.to) : bar?.to
    if (row === undefined) return
    const headers = this.cursor[`${direction}.headers`]
    if (headers === undefined) this.cursor[`${direction}.headers`] = { lane, row, node: false }
    if (this.cursor[`${direction}.body`] === undefined) this.cursor[`${direction}.body`] = { lane, row, node: false }
  }

  private localReply(record: TraceRecord, row: number | undefined): void {
    const { event } = record
    if (event.type !== 'local-reply' || event.outcome !== 'sent') return
    const bar = this.replyBar ?? this.lastBar
    const from: Place | undefined =
      record.plugin === undefined
        ? row === undefined
          ? undefined
          : { lane: this.rows[row]?.lane ?? 0, row, node: true }
        : bar === undefined
          ? undefined
          : { lane: bar.lane, row: bar.to, node: false }
    this.cursor = from === undefined ? {} : { 'response.headers': from }
  }

  private calloutSent(token: number, cluster: string, row: number | undefined): void {
    const call = this.lastCall
    const at = row ?? call?.row
    if (at === undefined) return
    this.pending.set(token, this.callouts.length)
    this.callouts.push({
      lane: call?.lane ?? 0,
      plugin: call?.plugin,
      row: at,
      cluster: clusterLane(this.lanes, cluster),
      end: { kind: 'open' },
    })
  }

  private calloutDone(token: number, row: number | undefined): void {
    const index = this.pending.get(token)
    const call = index === undefined ? undefined : this.callouts[index]
    if (index === undefined || call === undefined || row === undefined) return
    this.callouts[index] = { ...call, end: { kind: 'answered', row } }
  }

  private answered(lane: number, row: number | undefined): void {
    if (row === undefined) return
    if (this.arrived !== undefined && this.arrived.lane === lane && row > this.arrived.row + 1)
      this.busy.push({ lane, from: this.arrived.row, to: row })
    this.cursor['response.headers'] = { lane, row, node: true }
  }

  private hang(plugin: PluginIndex | undefined, direction: Direction): void {
    const held = this.open.find((entry) => plugin === undefined || entry.plugin === plugin)
    this.open = this.open.filter((entry) => entry !== held)
    const lane = held?.hold.lane ?? pluginLane(this.lanes, plugin)
    const lastRow = this.rows.findLastIndex((row) => row.kind === 'wait' && row.hang)
    const bars = [...this.barOf.values()].filter((bar) => bar.lane === lane && bar.to < lastRow)
    const from = bars.at(-1)?.to ?? held?.hold.from ?? 0
    if (held !== undefined && from > held.hold.from) this.holds.push({ ...held.hold, to: from })
    this.holds.push({ lane, from, to: undefined, mark: 'hang' })
    this.open = this.open.filter((entry) => entry.direction !== direction)
  }
}

function carried(callback: string): keyof Cursor | undefined {
  switch (callback) {
    case 'proxy_on_request_headers':
      return 'request.headers'
    case 'proxy_on_request_body':
      return 'request.body'
    case 'proxy_on_response_headers':
      return 'response.headers'
    case 'proxy_on_response_body':
      return 'response.body'
    default:
      return undefined
  }
}
