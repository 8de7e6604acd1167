import type { PluginIndex, SpanId } from '../../model/brand.ts'
import type { Direction, TraceRecord } from '../../model/trace.ts'
import { actionMark } from './action-word.ts'
import { CalloutLines } from './flow-callouts.ts'
import { HoldLines } from './flow-holds.ts'
import type { Bar, Busy, Callout, Hold, Hop } from './flow-types.ts'
import { clusterLane, pluginLane } from './lanes.ts'
import type { Lane, Mark, Row } from './row-types.ts'

type Place = { readonly lane: number; readonly row: number; readonly node: boolean }
type Cursor = Partial<Record<`${Direction}.${'headers' | 'body'}`, Place>>

/** Follows both directions of one exchange through the records. */
export class Walk {
  readonly hops: Hop[] = []
  readonly busy: Busy[] = []
  private readonly calls: CalloutLines
  private readonly holds = new HoldLines()
  private readonly rows: readonly Row[]
  private readonly rowOfSeq: ReadonlyMap<number, number>
  private readonly lanes: readonly Lane[]
  private readonly barOf: ReadonlyMap<SpanId, Bar>
  private cursor: Cursor = {}
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
    this.calls = new CalloutLines(lanes)
  }

  get callouts(): readonly Callout[] {
    return this.calls.lines
  }

  step(record: TraceRecord): void {
    const { event } = record
    const row = this.rowOfSeq.get(record.seq)
    switch (event.type) {
      case 'request.headers':
      case 'connection.open':
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
        this.calls.sent(event.token, event.cluster, row)
        break
      case 'callout.response':
      case 'redis.reply':
        this.calls.answered(event.token, row)
        break
      case 'upstream.request':
      case 'upstream.connect':
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

  holdsAtEnd(): readonly Hold[] {
    return this.holds.atEnd(this.rows.length)
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
    else if (/^proxy_(http|grpc|redis)_call$/.test(fn)) this.calls.called({ row, lane, plugin: record.plugin }, code)
  }

  private pause(plugin: PluginIndex | undefined, direction: Direction, mark: Mark): void {
    const lane = pluginLane(this.lanes, plugin)
    this.holds.pause(plugin, direction, lane, this.lastBar?.lane === lane ? this.lastBar.to : 0, mark)
  }

  private resume(plugin: PluginIndex | undefined, direction: Direction, by: string): void {
    const lane = pluginLane(this.lanes, plugin)
    const bar = this.lastBar
    this.holds.resume(plugin, direction, bar)
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

  private answered(lane: number, row: number | undefined): void {
    if (row === undefined) return
    if (this.arrived !== undefined && this.arrived.lane === lane && row > this.arrived.row + 1)
      this.busy.push({ lane, from: this.arrived.row, to: row })
    this.cursor['response.headers'] = { lane, row, node: true }
  }

  private hang(plugin: PluginIndex | undefined, direction: Direction): void {
    const lastRow = this.rows.findLastIndex((row) => row.kind === 'wait' && row.hang)
    this.holds.hang(plugin, direction, pluginLane(this.lanes, plugin), (lane) => {
      const bars = [...this.barOf.values()].filter((bar) => bar.lane === lane && bar.to < lastRow)
      return bars.at(-1)?.to
    })
  }
}

/** What a callback is handed, and hands on when it continues. */
function carried(callback: string): keyof Cursor | undefined {
  switch (callback) {
    case 'proxy_on_request_headers':
    case 'proxy_on_new_connection':
      return 'request.headers'
    case 'proxy_on_request_body':
    case 'proxy_on_downstream_data':
      return 'request.body'
    case 'proxy_on_response_headers':
      return 'response.headers'
    case 'proxy_on_response_body':
    case 'proxy_on_upstream_data':
      return 'response.body'
    default:
      return undefined
  }
}
