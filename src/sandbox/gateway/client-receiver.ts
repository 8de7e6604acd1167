/** The client's end of the response: its framing, what was read of it, and how that ends the exchange. */
import { type HeaderList, headerValue } from '../../model/http.ts'
import type { StreamEnd } from '../../model/trace.ts'
import { frameResponse, isBodyless, isStatus, readByClient } from '../codec/downstream-codec.ts'
import { responseToClient } from './added-headers.ts'
import { joined } from './callout.ts'
import type { Exchange } from './exchange.ts'
import { gatewayReply } from './local-reply.ts'

/** What the client got, as far as it got it. */
export type ClientResponse = {
  readonly headers: HeaderList
  readonly body: Uint8Array[]
  trailers: HeaderList
}

const closing = ['connection', 'close'] as const

/** How long a client takes to leave that has its answer. */
const leavingNs = 1e6

const asksToClose = (connection: string | undefined): boolean =>
  connection !== undefined && /(^|,)\s*close\s*(,|$)/i.test(connection)

export class ClientReceiver {
  response: ClientResponse | undefined
  bytesSent = 0
  /** The headers that left, before they were framed. */
  private sent: HeaderList | undefined
  private readonly exchange: Exchange
  /** 101 left: from now on the client and the service speak WebSocket. */
  hasSwitched = false
  /** Nothing that comes now reaches the client any more. */
  private done = false
  /** Frames of HTTP/2 leave when all that was read with this part of the request is done. */
  private busy = false
  private begun = false

  constructor(exchange: Exchange) {
    this.exchange = exchange
  }

  /** Whether the gateway reads from this client now. */
  reads(now: boolean): void {
    this.busy = now
    if (!now) this.begun = false
  }

  get answersLater(): boolean {
    return this.busy && this.exchange.protocol === 'h2'
  }

  /** The stream is reset: what has not left never does (seen on Envoy). */
  reset(): void {
    if (this.begun) this.response = undefined
  }

  headers(endOfStream: boolean): void {
    const { exchange } = this
    const { chain, runtime, protocol, method } = exchange
    const map = chain.response.headers
    if (map === undefined) return
    const status = map.get(':status')
    if (status === undefined || !isStatus(status)) {
      const what = 'missing required header: :status'
      const details = `filter_removed_required_response_headers{${what.replaceAll(' ', '_')}}`
      exchange.gatewayReply(gatewayReply(502, what, details), '')
      return
    }
    chain.headersSent = true
    exchange.noteActivity()
    const { profile, clock } = runtime
    const sent = responseToClient(map.pairs(), { profile, nowMs: clock.nowMs() })
    const switches = exchange.upgrade === 'websocket' && status === '101'
    const keepsConnection =
      switches || (chain.request.complete && !asksToClose(headerValue(exchange.sentHeaders, 'connection')))
    this.sent = keepsConnection || protocol === 'h2' ? sent : [...sent, closing]
    const headers = frameResponse(sent, { protocol, method, endOfStream, keepsConnection })
    this.done = !switches && (endOfStream || isBodyless(method, status))
    this.response = { headers, body: [], trailers: [] }
    this.begun = this.answersLater
    exchange.told.responseHeaders(exchange.id, headers, this.done)
    if (endOfStream) this.end('complete')
    else if (switches) {
      this.hasSwitched = true
      exchange.switched()
    }
  }

  /** From now on plugins that look (on_log, done) see the response as it left; most do not look. */
  adoptSent(): void {
    const { sent } = this
    if (sent === undefined) return
    this.sent = undefined
    this.exchange.chain.response.headers?.setAll(sent)
  }

  /** Somebody holds the end of a response whose announced body the client has: it waits for nothing more. */
  held(): void {
    const { exchange, response } = this
    const announced = headerValue(response?.headers ?? [], 'content-length')
    if (exchange.protocol !== 'h1' || announced === undefined || Number(announced) !== this.bytesSent) return
    if (this.bytesSent > 0) exchange.runtime.clock.after(leavingNs, exchange.id, () => exchange.leave())
  }

  data(bytes: Uint8Array, endOfStream: boolean, ended: StreamEnd = 'complete'): void {
    this.exchange.noteActivity()
    // What was read with the switch, and was nothing.
    if (this.hasSwitched && bytes.length === 0) return
    // Counted, too, when the status allows no body and it is left out (seen on Envoy).
    if (this.response !== undefined) this.bytesSent += bytes.length
    if (!this.done && this.response !== undefined) {
      if (bytes.length > 0) this.response.body.push(bytes)
      this.exchange.told.responseBody(this.exchange.id, bytes, endOfStream)
    }
    if (endOfStream) this.end(ended)
  }

  trailers(): void {
    const { exchange } = this
    const trailers = exchange.chain.response.trailers?.pairs() ?? []
    // HTTP/1 drops trailers unless they are enabled, which is not the default (6.6).
    if (exchange.protocol === 'h2' && this.response !== undefined && !this.done) {
      this.response.trailers = trailers
      exchange.record({ type: 'response.trailers', trailers })
    } else if (!this.done) exchange.record({ type: 'response.body', data: new Uint8Array(0), endOfStream: true })
    this.end('complete')
  }

  /** The gateway is done; whether the client is, depends on the length that was announced (envoy-observed.md e). */
  private end(ended: StreamEnd): void {
    const { response, exchange } = this
    if (
      response === undefined ||
      ended !== 'complete' ||
      isBodyless(exchange.method, headerValue(response.headers, ':status') ?? '')
    ) {
      exchange.finish(ended)
      return
    }
    const read = readByClient(response.headers, this.bytesSent)
    if (read.kind === 'whole') exchange.finish('complete')
    else if (exchange.protocol === 'h2') exchange.finish('truncated')
    else if (read.kind === 'cut') {
      const kept = joined(response.body).slice(0, read.at)
      response.body.splice(0, response.body.length, kept)
      exchange.finish('complete')
    } else {
      exchange.record({ type: 'hung', certainty: 'certain', direction: 'response' })
      exchange.finish('hung')
    }
  }
}
