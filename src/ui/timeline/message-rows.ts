import { headerValue } from '../../model/http.ts'
import { latin1 } from '../../model/project/bytes.ts'
import { redisCommandText, redisReplyText } from '../../model/redis-text.ts'
import { assertNever } from '../../model/result.ts'
import type { TraceEvent } from '../../model/trace.ts'
import { type Frame, FrameReader, opcodes } from '../../model/websocket.ts'
import { byteStringText, bytesPreview, sizeText } from './display-text.ts'
import { clusterLane } from './lanes.ts'
import type { Lane, MessageRow, Phrase, Row } from './row-types.ts'
import { type Answerer, statusLine } from './status-line.ts'

/** What a row has before anything is said in it: which event, when, whose. */
export type RowBase = Pick<Row, 'key' | 'number' | 'seq' | 'at' | 'lane' | 'span' | 'stream'>

/** What a row needs to know beside its own event. */
export type RowContext = {
  readonly lanes: readonly Lane[]
  /** Who wrote the status line that the client sees. */
  readonly answerer: Answerer
  /** What the bytes are: an HTTP body, data of a TCP connection, or frames behind a switch to WebSocket. */
  readonly speaks: 'http' | 'tcp' | 'websocket'
  /** The upstream's lane as far as it is known here: where the request arrived, else the route's. */
  readonly upstream: number
  /** The call that sent this has a row of its own. */
  readonly called: boolean
  base(lane: number, numbered?: boolean): RowBase
}

export type MessageEvent = Extract<
  TraceEvent,
  {
    type:
      | 'request.headers'
      | 'request.body'
      | 'request.trailers'
      | 'response.headers'
      | 'response.body'
      | 'response.trailers'
      | `upstream.${string}`
      | `callout.${string}`
      | `redis.${string}`
      | `grpc.${string}`
      | 'connection.open'
  }
>

export const say = (key: Phrase['key'], params?: Phrase['params']): Phrase =>
  params === undefined ? { key } : { key, params }

/** The row of something that goes from one lane to another; none for a body without bytes, unless it ends a connection's side. */
export function messageRow(event: MessageEvent, context: RowContext): MessageRow | undefined {
  const { lanes, answerer, upstream, base } = context
  const row = (lane: number, node: MessageRow['node'], title: string, phrase: Phrase, bad = false): MessageRow => ({
    ...base(lane),
    kind: 'message',
    title,
    say: [phrase],
    node,
    bad,
  })
  const piece = (lane: number, node: MessageRow['node'], data: Uint8Array, end: boolean): MessageRow | undefined => {
    const size = { size: sizeText(data.length) }
    if (context.speaks === 'tcp') {
      if (data.length > 0)
        return row(lane, node, bytesPreview(data, 48), say(end ? 'run.row.dataEnd' : 'run.row.data', size))
      return end ? row(lane, node, '', say('run.row.closesSide')) : undefined
    }
    if (data.length === 0) return undefined
    const frame = context.speaks === 'websocket' ? onlyFrame(data) : undefined
    if (frame !== undefined) return row(lane, node, shownPayload(frame), frameWords(frame))
    return row(lane, node, '', say(end ? 'run.row.bodyEnd' : 'run.row.body', size))
  }
  const sent = (lane: number, title: string, phrase: Phrase): MessageRow | undefined =>
    context.called ? undefined : row(lane, 'none', title, phrase)

  switch (event.type) {
    case 'request.headers':
      return row(0, 'in', requestTitle(event.headers), say('run.row.requestIn', { count: event.headers.length }))
    case 'response.headers':
      return row(
        0,
        'out',
        statusLine(event.headers, answerer),
        say('run.row.toClient', { count: event.headers.length }),
      )
    case 'request.body':
      return piece(0, 'small-in', event.data, event.endOfStream)
    case 'response.body':
      return piece(0, 'small-out', event.data, event.endOfStream)
    case 'request.trailers':
      return row(0, 'small-in', '', say('run.row.trailers', { count: event.trailers.length }))
    case 'response.trailers':
      return row(0, 'small-out', '', say('run.row.trailers', { count: event.trailers.length }))
    case 'upstream.request': {
      const words = say('run.row.reaches', { cluster: event.cluster, count: event.headers.length })
      return row(clusterLane(lanes, event.cluster), 'in', requestTitle(event.headers), words)
    }
    case 'upstream.response': {
      const words = say('run.row.upstreamReply', { cluster: event.cluster, count: event.headers.length })
      return row(clusterLane(lanes, event.cluster), 'out', statusLine(event.headers), words)
    }
    case 'upstream.request.body':
      return piece(upstream, 'small-in', event.data, event.endOfStream)
    case 'upstream.response.body':
      return piece(clusterLane(lanes, event.cluster), 'small-out', event.data, event.endOfStream)
    case 'upstream.request.trailers':
      return row(upstream, 'small-in', '', say('run.row.trailers', { count: event.trailers.length }))
    case 'upstream.response.trailers':
      return row(upstream, 'small-out', '', say('run.row.trailers', { count: event.trailers.length }))
    case 'upstream.reset': {
      const words = say('run.row.upstreamReset', { cluster: event.cluster, reason: event.reason })
      return row(clusterLane(lanes, event.cluster), 'out', '', words, true)
    }
    case 'upstream.connect': {
      const words = say('run.row.connected', { cluster: event.cluster, host: event.host })
      return row(clusterLane(lanes, event.cluster), 'in', '', words)
    }
    case 'connection.open':
      return row(0, 'in', 'TCP', say('run.row.connects', { listener: event.listener }))
    case 'callout.request': {
      const words = say('run.row.calloutSent', { cluster: event.cluster })
      return sent(clusterLane(lanes, event.cluster), requestTitle(event.headers), words)
    }
    case 'callout.response': {
      const title = event.headers.length > 0 ? statusLine(event.headers) : ''
      const words = say(CALLOUT_ENDS[event.outcome], { cluster: event.cluster })
      return row(clusterLane(lanes, event.cluster), 'none', title, words, event.outcome !== 'response')
    }
    case 'redis.command': {
      const words = say('run.row.redisSent', { cluster: event.cluster })
      return sent(clusterLane(lanes, event.cluster), redisCommandText(event.argv), words)
    }
    case 'redis.reply': {
      const text = redisReplyText(latin1(event.reply)).replaceAll(/\s*\n\s*/g, ' ')
      const bad = event.outcome !== 'reply' || event.reply[0] === 0x2d
      const words = say(REDIS_ENDS[event.outcome], { cluster: event.cluster })
      return row(clusterLane(lanes, event.cluster), 'none', event.outcome === 'reply' ? text : '', words, bad)
    }
    case 'grpc.message': {
      const key = event.from === 'plugin' ? 'run.row.grpcSent' : 'run.row.grpcReceived'
      const words = say(key, { cluster: event.cluster, size: sizeText(event.data.length) })
      const lane = clusterLane(lanes, event.cluster)
      return event.from === 'plugin' ? sent(lane, '', words) : row(lane, 'none', '', words)
    }
    case 'grpc.end': {
      const lane = clusterLane(lanes, event.cluster)
      if (event.by !== 'service') return row(lane, 'none', '', say('run.row.grpcCancelled', { cluster: event.cluster }))
      const words = say('run.row.grpcStatus', { cluster: event.cluster, status: event.status })
      return row(lane, 'none', event.message, words, event.status !== 0)
    }
    default:
      return assertNever(event)
  }
}

/** The frame that these bytes are, if they are just one. */
function onlyFrame(bytes: Uint8Array): Frame | undefined {
  const reader = new FrameReader()
  const frames = reader.read(bytes)
  return frames !== 'too-large' && frames.length === 1 && reader.isEmpty ? frames[0] : undefined
}

const isClose = ({ opcode, payload }: Frame): boolean => opcode === opcodes.close && payload.length >= 2

function shownPayload(frame: Frame): string {
  const payload = isClose(frame) ? frame.payload.subarray(2) : frame.payload
  return payload.length === 0 ? '' : bytesPreview(payload, 48)
}

function frameWords(frame: Frame): Phrase {
  const { opcode, payload } = frame
  if (isClose(frame)) return say('run.row.frameCloses', { status: (payload[0] ?? 0) * 256 + (payload[1] ?? 0) })
  const size = { size: sizeText(payload.length) }
  if (opcode === opcodes.ping) return say('run.row.framePing', size)
  if (opcode === opcodes.pong) return say('run.row.framePong', size)
  return say(opcode === opcodes.close ? 'run.row.frameClose' : 'run.row.frame', size)
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
