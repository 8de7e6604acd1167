import type { SpanId } from '../../model/brand.ts'
import { headerValue } from '../../model/http.ts'
import type { TraceEvent, TracePlugin, TraceRecord } from '../../model/trace.ts'
import { actionMark, actionWord } from './action-word.ts'
import { callArguments, callbackArguments, callResult } from './call-text.ts'
import { isConnection } from './exchange.ts'
import { pluginLane } from './lanes.ts'
import { messageRow, type RowBase, type RowContext } from './message-rows.ts'
import { noteRow } from './note-rows.ts'
import type { CallbackRow, Lane, Row } from './row-types.ts'
import { answererOf } from './status-line.ts'

type Open = { readonly span: SpanId; readonly row: number }
/** Rows of the records in order, before waits, findings and folds are added. */
export type Entries = { readonly rows: readonly Row[]; readonly events: number }

export function entriesOf(
  records: readonly TraceRecord[],
  lanes: readonly Lane[],
  plugins: readonly TracePlugin[],
): Entries {
  const rows: Row[] = []
  const open: Open[] = []
  const replied = new Set<SpanId>()
  let events = 0
  const answerer = answererOf(records)
  let speaks: RowContext['speaks'] = isConnection(records) ? 'tcp' : 'http'
  const push = (row: Row | undefined) => {
    if (row !== undefined) rows.push(row)
  }

  for (const [position, record] of records.entries()) {
    const { event, seq, at, plugin, stream } = record
    const here = plugin === undefined ? 0 : pluginLane(lanes, plugin)
    const span = record.parent ?? open.at(-1)?.span
    const base = (lane: number, numbered = true): RowBase => ({
      key: `e${seq}`,
      number: numbered ? ++events : undefined,
      seq,
      at,
      lane,
      span,
      stream,
    })
    const context = () => ({
      lanes,
      answerer,
      speaks,
      base,
      get upstream() {
        return upstreamLane(rows, lanes)
      },
      get called() {
        return followsCall(records, position)
      },
    })
    if (event.type === 'upstream.response' && headerValue(event.headers, ':status') === '101') speaks = 'websocket'
    switch (event.type) {
      case 'guest.enter': {
        const nesting = open.filter((outer) => rows[outer.row]?.lane === here).length
        rows.push({
          ...base(here),
          span: event.span,
          kind: 'callback',
          name: event.callback,
          args: callbackArguments(event.callback, event.args),
          mark: undefined,
          word: '',
          direction: directionOf(event.callback),
          nesting,
        })
        open.push({ span: event.span, row: rows.length - 1 })
        break
      }
      case 'guest.leave': {
        const at = open.findLastIndex((entry) => entry.span === event.span)
        const entered = open[at]
        if (entered === undefined) break
        open.splice(at, 1)
        const row = rows[entered.row]
        if (row?.kind !== 'callback') break
        rows[entered.row] = { ...row, ...returned(event, replied.has(event.span), plugins, record) }
        break
      }
      case 'host.call':
        if (event.fn === 'proxy_send_local_response' && event.code === 0 && span !== undefined) replied.add(span)
        rows.push({
          ...base(here),
          kind: 'call',
          name: event.fn,
          args: callArguments(event),
          result: callResult(event),
          folded: false,
          logLevel: undefined,
        })
        break
      case 'log': {
        const before = rows.at(-1)
        // The call that wrote the line has its own row; one line, one row.
        if (event.via === 'proxy_log' && before?.kind === 'call' && before.name === 'proxy_log') {
          rows[rows.length - 1] = { ...before, logLevel: event.level }
          break
        }
        rows.push({ ...base(here), kind: 'log', level: event.level, message: event.message, via: event.via })
        break
      }
      case 'request.abort':
      case 'stream.end':
      case 'local-reply':
      case 'trap':
      case 'load-error':
      case 'limit':
      case 'clock.advance':
      case 'configure':
      case 'thread':
        push(noteRow(event, here, plugin !== undefined, context()))
        break
      case 'hung':
      case 'step':
      case 'route':
      case 'chain.headers':
      case 'chain.pause':
      case 'chain.resume':
        break
      default:
        push(messageRow(event, context()))
    }
  }
  return { rows, events }
}

/** What a callback's row says of its return. */
function returned(
  event: Extract<TraceEvent, { type: 'guest.leave' }>,
  replied: boolean,
  plugins: readonly TracePlugin[],
  record: TraceRecord,
): Pick<CallbackRow, 'mark' | 'word'> {
  if (event.returned === 'trap') return { mark: 'trap', word: '' }
  const plugin = plugins.find(({ index }) => index === record.plugin)
  const word = event.returned === 'nothing' ? '' : actionWord(plugin, event.callback, event.returned, event.action)
  if (replied) return { mark: 'reply', word }
  if (event.action === undefined) return { mark: undefined, word: '' }
  return { mark: actionMark(event.action, event.callback), word }
}

/** The request's upstream, as far as it is known at this row: where it arrived, else the route's lane. */
function upstreamLane(rows: readonly Row[], lanes: readonly Lane[]): number {
  const arrived = rows.findLast(
    (row) => row.kind === 'message' && lanes[row.lane]?.kind === 'cluster' && row.node === 'in',
  )
  if (arrived !== undefined) return arrived.lane
  const route = lanes.findIndex((lane) => lane.kind === 'cluster' && lane.route)
  return route < 0 ? lanes.length - 1 : route
}

/** Whether a callout's own record comes from a call that already has a row (directly before it, or soon after). */
function followsCall(records: readonly TraceRecord[], position: number): boolean {
  const near = records.slice(Math.max(0, position - 3), position + 3)
  return near.some(({ event }) => event.type === 'host.call' && /_call$/.test(event.fn))
}

function directionOf(callback: string): 'request' | 'response' | 'none' {
  if (callback.startsWith('proxy_on_request_')) return 'request'
  if (callback === 'proxy_on_new_connection' || callback === 'proxy_on_downstream_data') return 'request'
  return callback.startsWith('proxy_on_response_') || callback === 'proxy_on_upstream_data' ? 'response' : 'none'
}
