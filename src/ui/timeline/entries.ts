import type { SpanId } from '../../model/brand.ts'
import { headerValue } from '../../model/http.ts'
import { latin1 } from '../../model/project/bytes.ts'
import { redisCommandText, redisReplyText } from '../../model/redis-text.ts'
import { assertNever } from '../../model/result.ts'
import type { TracePlugin, TraceRecord } from '../../model/trace.ts'
import { actionMark, actionWord } from './action-word.ts'
import { callArguments, callbackArguments, callResult } from './call-text.ts'
import { byteStringText, sizeText } from './display-text.ts'
import { isConnection } from './exchange.ts'
import { clusterLane, pluginLane } from './lanes.ts'
import type { CallbackRow, Lane, Phrase, Row } from './row-types.ts'
import { answererOf, statusLine } from './status-line.ts'

type Open = { readonly span: SpanId; readonly row: number }
type Base = Pick<Row, 'key' | 'number' | 'seq' | 'at' | 'lane' | 'span' | 'stream'>
/** Rows of the records in order, before waits, findings and folds are added. */
export type Entries = { readonly rows: readonly Row[]; readonly events: number }

const say = (key: Phrase['key'], params?: Phrase['params']): Phrase =>
  params === undefined ? { key } : { key, params }

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
  const piece = isConnection(records)
    ? ({ some: 'run.row.data', last: 'run.row.dataEnd' } as const)
    : ({ some: 'run.row.body', last: 'run.row.bodyEnd' } as const)

  for (const [position, record] of records.entries()) {
    const { event, seq, at, plugin, stream } = record
    const here = plugin === undefined ? 0 : pluginLane(lanes, plugin)
    const span = record.parent ?? open.at(-1)?.span
    const base = (lane: number, numbered = true): Base => ({
      key: `e${seq}`,
      number: numbered ? ++events : undefined,
      seq,
      at,
      lane,
      span,
      stream,
    })
    switch (event.type) {
      case 'request.headers':
        rows.push({
          ...base(0),
          kind: 'message',
          title: requestTitle(event.headers),
          say: [say('run.row.requestIn', { count: event.headers.length })],
          node: 'in',
          bad: false,
        })
        break
      case 'response.headers':
        rows.push({
          ...base(0),
          kind: 'message',
          title: statusLine(event.headers, answerer),
          say: [say('run.row.toClient', { count: event.headers.length })],
          node: 'out',
          bad: false,
        })
        break
      case 'request.body':
      case 'response.body': {
        if (event.data.length === 0) break
        rows.push({
          ...base(0),
          kind: 'message',
          title: '',
          say: [say(event.endOfStream ? piece.last : piece.some, { size: sizeText(event.data.length) })],
          node: event.type === 'request.body' ? 'small-in' : 'small-out',
          bad: false,
        })
        break
      }
      case 'request.trailers':
      case 'response.trailers':
        rows.push({
          ...base(0),
          kind: 'message',
          title: '',
          say: [say('run.row.trailers', { count: event.trailers.length })],
          node: event.type === 'request.trailers' ? 'small-in' : 'small-out',
          bad: false,
        })
        break
      case 'request.abort':
        rows.push({ ...base(0), kind: 'note', say: say('run.row.abort'), detail: '', bad: false })
        break
      case 'stream.end': {
        const phrase = endPhrase(event.ended)
        if (phrase !== undefined)
          rows.push({ ...base(0, false), kind: 'note', say: phrase, detail: event.details, bad: true })
        break
      }
      case 'upstream.request':
        rows.push({
          ...base(clusterLane(lanes, event.cluster)),
          kind: 'message',
          title: requestTitle(event.headers),
          say: [say('run.row.reaches', { cluster: event.cluster, count: event.headers.length })],
          node: 'in',
          bad: false,
        })
        break
      case 'upstream.response':
        rows.push({
          ...base(clusterLane(lanes, event.cluster)),
          kind: 'message',
          title: statusLine(event.headers),
          say: [say('run.row.upstreamReply', { cluster: event.cluster, count: event.headers.length })],
          node: 'out',
          bad: false,
        })
        break
      case 'upstream.request.body':
      case 'upstream.response.body': {
        if (event.data.length === 0) break
        const lane =
          event.type === 'upstream.response.body' ? clusterLane(lanes, event.cluster) : upstreamLane(rows, lanes)
        rows.push({
          ...base(lane),
          kind: 'message',
          title: '',
          say: [say(event.endOfStream ? piece.last : piece.some, { size: sizeText(event.data.length) })],
          node: event.type === 'upstream.request.body' ? 'small-in' : 'small-out',
          bad: false,
        })
        break
      }
      case 'upstream.request.trailers':
      case 'upstream.response.trailers':
        rows.push({
          ...base(upstreamLane(rows, lanes)),
          kind: 'message',
          title: '',
          say: [say('run.row.trailers', { count: event.trailers.length })],
          node: event.type === 'upstream.request.trailers' ? 'small-in' : 'small-out',
          bad: false,
        })
        break
      case 'upstream.reset':
        rows.push({
          ...base(clusterLane(lanes, event.cluster)),
          kind: 'message',
          title: '',
          say: [say('run.row.upstreamReset', { cluster: event.cluster, reason: event.reason })],
          node: 'out',
          bad: true,
        })
        break
      case 'local-reply': {
        if (event.outcome !== 'sent') {
          const key = event.outcome === 'ignored-second' ? 'run.row.replyIgnored' : 'run.row.replyTooLate'
          rows.push({ ...base(here, false), kind: 'note', say: say(key), detail: '', bad: true })
        } else if (plugin === undefined) {
          rows.push({
            ...base(upstreamLane(rows, lanes)),
            kind: 'message',
            title: statusLine([[':status', String(event.status)]]),
            say: [say('run.row.gatewayReply', { details: event.details || '-' })],
            node: 'out',
            bad: event.status >= 500,
          })
        }
        break
      }
      case 'callout.request':
        if (!followsCall(records, position)) {
          rows.push({
            ...base(clusterLane(lanes, event.cluster)),
            kind: 'message',
            title: requestTitle(event.headers),
            say: [say('run.row.calloutSent', { cluster: event.cluster })],
            node: 'none',
            bad: false,
          })
        }
        break
      case 'callout.response':
        rows.push({
          ...base(clusterLane(lanes, event.cluster)),
          kind: 'message',
          title: event.headers.length > 0 ? statusLine(event.headers) : '',
          say: [say(CALLOUT_ENDS[event.outcome], { cluster: event.cluster })],
          node: 'none',
          bad: event.outcome !== 'response',
        })
        break
      case 'connection.open':
        rows.push({
          ...base(0),
          kind: 'message',
          title: 'TCP',
          say: [say('run.row.connects', { listener: event.listener })],
          node: 'in',
          bad: false,
        })
        break
      case 'upstream.connect':
        rows.push({
          ...base(clusterLane(lanes, event.cluster)),
          kind: 'message',
          title: '',
          say: [say('run.row.connected', { cluster: event.cluster, host: event.host })],
          node: 'in',
          bad: false,
        })
        break
      case 'redis.command':
        if (!followsCall(records, position)) {
          rows.push({
            ...base(clusterLane(lanes, event.cluster)),
            kind: 'message',
            title: redisCommandText(event.argv),
            say: [say('run.row.redisSent', { cluster: event.cluster })],
            node: 'none',
            bad: false,
          })
        }
        break
      case 'redis.reply':
        rows.push({
          ...base(clusterLane(lanes, event.cluster)),
          kind: 'message',
          title: event.outcome === 'reply' ? redisReplyText(latin1(event.reply)).replaceAll(/\s*\n\s*/g, ' ') : '',
          say: [say(REDIS_ENDS[event.outcome], { cluster: event.cluster })],
          node: 'none',
          bad: event.outcome !== 'reply' || event.reply[0] === 0x2d,
        })
        break
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
        const wrote: Pick<CallbackRow, 'mark' | 'word'> =
          event.returned === 'trap'
            ? { mark: 'trap', word: '' }
            : replied.has(event.span)
              ? { mark: 'reply', word: wordOf(plugins, record, event.callback, event.returned, event.action) }
              : {
                  mark: event.action === undefined ? undefined : actionMark(event.action, event.callback),
                  word:
                    event.action === undefined
                      ? ''
                      : wordOf(plugins, record, event.callback, event.returned, event.action),
                }
        rows[entered.row] = { ...row, ...wrote }
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
      case 'trap':
        rows.push({ ...base(here), kind: 'trap', trap: event.kind, message: event.message })
        break
      case 'load-error':
        rows.push({ ...base(here), kind: 'note', say: say('run.row.loadError'), detail: event.message, bad: true })
        break
      case 'limit':
        rows.push({ ...base(here, false), kind: 'note', say: limitPhrase(event), detail: '', bad: true })
        break
      case 'clock.advance':
        rows.push({
          ...base(0, false),
          kind: 'note',
          say: say('run.row.clockAdvance', { time: `${event.by / 1e6} ms` }),
          detail: '',
          bad: false,
        })
        break
      case 'configure':
        if (event.phase === 'update')
          rows.push({ ...base(here, false), kind: 'note', say: say('run.row.configureUpdate'), detail: '', bad: false })
        break
      case 'hung':
      case 'step':
      case 'route':
      case 'chain.headers':
      case 'chain.pause':
      case 'chain.resume':
        break
      default:
        assertNever(event)
    }
  }
  return { rows, events }
}

const REDIS_ENDS = {
  reply: 'run.row.calloutReply',
  timeout: 'run.row.calloutTimeout',
  'connect-failure': 'run.row.calloutRefused',
  reset: 'run.row.calloutReset',
  'protocol-error': 'run.row.redisGarbled',
} as const

const CALLOUT_ENDS = {
  response: 'run.row.calloutReply',
  timeout: 'run.row.calloutTimeout',
  'connect-failure': 'run.row.calloutRefused',
  reset: 'run.row.calloutReset',
} as const satisfies Record<string, Phrase['key']>

function requestTitle(headers: Parameters<typeof headerValue>[0]): string {
  return byteStringText(`${headerValue(headers, ':method') ?? ''} ${headerValue(headers, ':path') ?? ''}`).trim()
}

function wordOf(
  plugins: readonly TracePlugin[],
  record: TraceRecord,
  callback: string,
  returned: number | 'nothing',
  action: Parameters<typeof actionWord>[3],
): string {
  if (returned === 'nothing') return ''
  return actionWord(
    plugins.find((plugin) => plugin.index === record.plugin),
    callback,
    returned,
    action,
  )
}

function endPhrase(ended: string): Phrase | undefined {
  if (ended === 'reset') return say('run.row.endReset')
  if (ended === 'truncated') return say('run.row.endTruncated')
  if (ended === 'client-abort') return say('run.row.endAbort')
  if (ended === 'rejected') return say('run.row.endRejected')
  if (ended === 'deadline') return say('run.row.endDeadline')
  return undefined
}

function limitPhrase(event: {
  what: 'events-dropped' | 'deadline' | 'loop-bound'
  count: number
  detail: string
}): Phrase {
  switch (event.what) {
    case 'events-dropped':
      return say('run.row.dropped', { count: event.count })
    case 'deadline':
      return say('run.row.deadline')
    case 'loop-bound':
      return say('run.row.loopBound', { detail: event.detail })
    default:
      return assertNever(event.what)
  }
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
  return callback.startsWith('proxy_on_response_') ? 'response' : 'none'
}
