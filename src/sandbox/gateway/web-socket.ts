/**
 * The service's side of a stream whose request asks for WebSocket, as Envoy 1.40 and 1.36 have it (conformance/upgrade):
 * after 101 bytes go both ways, without an end in either direction; when the service closes, the stream is over.
 */
import { type HeaderList, headerValue } from '../../model/http.ts'
import { gatewayFamily } from '../../model/profile.ts'
import type { TimedResponse } from '../upstream/types.ts'
import { type Said, WebSocketTalk } from '../upstream/websocket.ts'
import type { Exchange } from './exchange.ts'
import { feedResponse } from './feed-response.ts'
import { gatewayReply } from './local-reply.ts'
import { asksForUpgrade } from './request-on-arrival.ts'
import { ResponseReader, type ResponseTaker } from './response-reader.ts'
import type { Service } from './runtime.ts'

type Response = Extract<TimedResponse, { kind: 'response' }>

const nothing = new Uint8Array(0)

/** Whether the request asks for another protocol, and whether the listener has it: Istio's, which is Higress', has WebSocket. */
export function upgradeOf({ sentHeaders, protocol, runtime }: Exchange): 'none' | 'websocket' | 'refused' {
  if (protocol !== 'h1' || !asksForUpgrade(sentHeaders)) return 'none'
  const wanted = headerValue(sentHeaders, 'upgrade')?.toLowerCase()
  return gatewayFamily(runtime.profile) === 'higress' && wanted === 'websocket' ? 'websocket' : 'refused'
}

export class WebSocketStream implements ResponseTaker {
  private readonly exchange: Exchange
  private readonly service: Service
  private readonly reader: ResponseReader
  /** Absent until the service has switched. */
  private talk: WebSocketTalk | undefined

  constructor(exchange: Exchange, service: Service) {
    this.exchange = exchange
    this.service = service
    this.reader = new ResponseReader(this)
  }

  get over(): boolean {
    return this.exchange.router.over
  }

  setPaused(paused: boolean): void {
    this.reader.setPaused(paused)
  }

  after(delay: number, action: () => void): void {
    this.exchange.router.after(delay, action)
  }

  /** Gateway 2.1 is built on Envoy 1.27, which did not look at the status yet: another than 101 is any response there. */
  takes({ headers }: Response): boolean {
    return this.exchange.runtime.profile !== 'higress-2.1' || headerValue(headers, ':status') === '101'
  }

  /** What the service answered to the wish to switch. */
  answered(response: Response): void {
    this.after(response.delay, () => {
      const { exchange, service } = this
      const { headers } = response
      const status = headerValue(headers, ':status') ?? ''
      if (status === '101') {
        this.switchOver(headers)
        if (response.end !== undefined) this.breakOff(response.end)
        return
      }
      exchange.told.upstreamResponse(exchange.id, service.name, headers, false)
      exchange.gatewayReply(gatewayReply(Number(status), '', 'websocket_handshake_unsuccessful'), '')
    })
  }

  private switchOver(headers: HeaderList): void {
    const { exchange, service } = this
    const talk = new WebSocketTalk(service.cluster.kind === 'websocket' ? service.cluster : silent)
    this.talk = talk
    feedResponse(exchange, service, { kind: 'headers', headers, endOfStream: false }, undefined)
    // What was read with the head, mostly nothing, comes in a callback of its own.
    const said = talk.opened()
    if (said[0]?.after !== 0) exchange.chain.response.feedData(nothing, false)
    this.say(said)
  }

  /** A fault: right after the switch nothing more comes, or the connection is gone. */
  private breakOff(end: NonNullable<Response['end']>): void {
    this.talk = undefined
    if (end !== 'hang') this.reader.schedule([[0, { kind: 'reset', lost: true }]], 0)
  }

  /** Bytes of the client that went through the chain. */
  received(bytes: Uint8Array): void {
    if (this.talk !== undefined) this.say(this.talk.received(bytes))
  }

  private say(said: readonly Said[]): void {
    const pieces = said.flatMap(({ data, after, end }) => {
      const bytes = [after, { kind: 'data', data, endOfStream: false }] as const
      return end ? [bytes, [0, { kind: 'reset', lost: true }] as const] : [bytes]
    })
    this.reader.schedule(pieces, 0)
  }

  deliver(piece: Parameters<ResponseTaker['deliver']>[0]): void {
    const { exchange, service } = this
    exchange.noteActivity()
    if (piece.kind !== 'reset') {
      feedResponse(exchange, service, piece, undefined)
      return
    }
    exchange.chain.response.feedData(nothing, false)
    if (!this.over) exchange.closedByService()
  }
}

/** One that switched by headers of its own (`fixed`, a handler): it says nothing but the goodbye. */
const silent = { echo: false, messages: [] }
