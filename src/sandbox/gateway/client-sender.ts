/** How a client sends its request into an exchange: chunk by chunk on the clock, held back by back-pressure. */
import { type HeaderList, type HttpProtocol, headerValue } from '../../model/http.ts'
import { closeFrame } from '../../model/websocket.ts'
import { EnvoyHeaderMap } from '../codec/header-map.ts'
import type { Timer } from '../time/virtual-clock.ts'
import type { Exchange } from './exchange.ts'

export type ClientRequest = {
  readonly protocol: HttpProtocol
  /** With pseudo headers, as the client sends them. */
  readonly headers: HeaderList
  readonly chunks: readonly { readonly data: Uint8Array; readonly after: number }[]
  readonly trailers: HeaderList
  readonly abort?: { readonly after?: number | undefined; readonly afterBytes?: number | undefined } | undefined
}

type Piece = {
  readonly after: number
  /** Comes in a turn of its own although it comes at once. */
  readonly nextTurn?: boolean
  readonly send: () => void
  /** Of HTTP/1, without bytes: it was read together with what came before, and pausing comes too late (seen on Envoy). */
  readonly end?: true
}

const nothing = new Uint8Array(0)
/** What a frame of HTTP/2 holds unless the gateway allows more, which Envoy does not; bytes. */
const longestFrame = 16_384

export class ClientSender {
  private readonly exchange: Exchange
  private readonly request: ClientRequest
  private readonly timers: Timer[] = []
  private readonly held: Piece[] = []
  private paused = false
  private over = false
  private sentBytes = 0
  private saidGoodbye = false

  constructor(exchange: Exchange, request: ClientRequest) {
    this.exchange = exchange
    this.request = request
  }

  /** No body and no trailers: the headers end the request. */
  get headersOnly(): boolean {
    const { chunks, trailers, protocol } = this.request
    if (this.exchange.staysOpen) return false
    return chunks.length === 0 && (trailers.length === 0 || protocol === 'h1')
  }

  /** Sends what follows the headers; what comes without delay is in the same read of the socket. */
  start(): void {
    const { abort } = this.request
    if (abort?.after !== undefined)
      this.timers.push(
        this.exchange.runtime.clock.after(abort.after, this.exchange.id, () =>
          this.exchange.disconnect('client-abort'),
        ),
      )
    if (abort?.afterBytes === 0) this.abortSoon()
    // What was read with the head, mostly nothing, comes in a callback of its own (seen on Envoy).
    else if (this.exchange.upgrade === 'websocket') this.exchange.chain.request.feedData(nothing, false)
    else if (this.sendsOnce()) this.sendData(this.request.chunks[0]?.data ?? nothing, true)
    else if (!this.headersOnly) this.run(this.pieces(), 0)
  }

  /** One chunk that ends the request and comes with its headers. Nothing can hold it back yet. */
  private sendsOnce(): boolean {
    const { chunks, trailers, protocol } = this.request
    if (protocol !== 'h2' || chunks.length !== 1 || trailers.length > 0 || chunks[0]?.after !== 0) return false
    if ((chunks[0]?.data.length ?? 0) > Math.min(longestFrame, this.exchange.listener.bufferLimit)) return false
    return this.exchange.runtime.schedule === undefined && !this.over && !this.paused
  }

  /** The service has switched: the client says what it has to say. */
  switched(): void {
    const pieces = this.chunks().map(({ data, after }): Piece => ({ after, send: () => this.sendData(data, false) }))
    this.run(pieces, 0)
  }

  /** Closes the WebSocket as its protocol wants it; false: that is said already. */
  sayGoodbye(): boolean {
    if (this.saidGoodbye || this.over) return false
    this.saidGoodbye = true
    this.run([{ after: 0, send: () => this.sendData(closeFrame(1000, 'client'), false) }], 0)
    return true
  }

  cancel(): void {
    this.over = true
    for (const timer of this.timers) timer.cancel()
  }

  setPaused(paused: boolean): void {
    this.paused = paused
    if (!paused && this.held.length > 0)
      this.timers.push(this.exchange.runtime.clock.after(0, this.exchange.id, () => this.drain()))
  }

  /** As the client sends them, or cut as a schedule has it. */
  private chunks(): ClientRequest['chunks'] {
    const { chunks } = this.request
    const { schedule } = this.exchange.runtime
    if (schedule === undefined) return chunks
    return chunks.flatMap(({ data, after }) =>
      schedule
        .cut(`request ${this.exchange.id}`, data)
        .map((part, index) => ({ data: part, after: index === 0 ? after : 0 })),
    )
  }

  private pieces(): Piece[] {
    const { trailers, protocol } = this.request
    const chunks = this.chunks()
    const h2 = protocol === 'h2'
    const pieces = chunks.flatMap(({ data, after }, index): readonly Piece[] => {
      const last = h2 && index === chunks.length - 1 && trailers.length === 0
      if (h2) return this.frames(data, after, last)
      return [{ after, send: () => this.sendData(data, last) }]
    })
    // Not before a rest of the body.
    if (h2 && trailers.length > 0) pieces.push({ after: 0, send: () => this.sendTrailers(trailers) })
    // HTTP/1 ends a body with a callback of its own (6.4), and drops trailers that are not enabled (6.6).
    else if (!h2) pieces.push({ after: 0, send: () => this.endH1(trailers), end: true })
    return pieces
  }

  /**
   * A chunk as HTTP/2 brings it: in frames, and each frame lets no more go on than the listener's limit; the rest follows in
   * turns of its own (seen on Envoy).
   */
  private frames(data: Uint8Array, after: number, last: boolean): readonly Piece[] {
    const { bufferLimit } = this.exchange.listener
    const size = bufferLimit > 0 ? Math.min(longestFrame, bufferLimit) : longestFrame
    const count = Math.max(1, Math.ceil(data.length / size))
    const frames = Math.max(1, Math.ceil(data.length / longestFrame))
    return Array.from({ length: count }, (_, index) => {
      const part = data.subarray(index * size, (index + 1) * size)
      const send = () => this.sendData(part, last && index === count - 1)
      return { after: index === 0 ? after : 0, nextTurn: index >= frames, send }
    })
  }

  private run(pieces: readonly Piece[], from: number): void {
    let index = from
    for (let piece = pieces[index]; piece !== undefined; piece = pieces[index]) {
      const waits = piece.after > 0 || piece.nextTurn === true
      if (waits && index > from) break
      if (waits) {
        this.timers.push(
          this.exchange.runtime.clock.after(piece.after, this.exchange.id, () => this.runNow(pieces, from)),
        )
        return
      }
      this.held.push(piece)
      index++
    }
    this.drain()
    if (index < pieces.length && !this.over) this.run(pieces, index)
  }

  /** The piece at `index` is due; those after it without delay come with it. */
  private runNow(pieces: readonly Piece[], index: number): void {
    const due = pieces[index]
    if (due === undefined) return
    this.held.push(due)
    let next = index + 1
    for (let piece = pieces[next]; piece?.after === 0 && piece.nextTurn !== true; piece = pieces[next]) {
      this.held.push(piece)
      next++
    }
    this.drain()
    if (next < pieces.length && !this.over) this.run(pieces, next)
  }

  private drain(): void {
    this.exchange.client.reads(true)
    this.sendHeld()
    this.exchange.client.reads(false)
  }

  private sendHeld(): void {
    while (!this.over) {
      const [first] = this.held
      if (first === undefined || (this.paused && first.end !== true)) return
      this.held.shift()
      first.send()
    }
  }

  private sendData(data: Uint8Array, endOfStream: boolean): void {
    const { exchange } = this
    const limit = this.request.abort?.afterBytes
    const cut = limit !== undefined && this.sentBytes + data.length >= limit
    const sent = cut && limit !== undefined ? data.subarray(0, limit - this.sentBytes) : data
    this.sentBytes += sent.length
    exchange.bytesReceived += sent.length
    exchange.noteActivity()
    const last = endOfStream && !cut
    exchange.told.requestBody(exchange.id, sent, last)
    exchange.chain.request.feedData(sent, last)
    if (cut) this.abortSoon()
  }

  private endH1(trailers: HeaderList): void {
    const { exchange } = this
    const announced = Number(headerValue(this.request.headers, 'content-length') ?? 0)
    // Less than was announced: the gateway's codec waits for the rest, and no end ever comes.
    if (announced > this.sentBytes) return
    if (trailers.length > 0) exchange.record({ type: 'request.trailers', trailers })
    else exchange.record({ type: 'request.body', data: nothing, endOfStream: true })
    exchange.chain.request.feedData(nothing, true)
  }

  private sendTrailers(trailers: HeaderList): void {
    this.exchange.record({ type: 'request.trailers', trailers })
    this.exchange.chain.request.feedTrailers(new EnvoyHeaderMap('trailers', trailers))
  }

  private abortSoon(): void {
    this.held.length = 0
    this.over = true
    this.exchange.runtime.clock.after(0, this.exchange.id, () => this.exchange.disconnect('client-abort'))
  }
}
