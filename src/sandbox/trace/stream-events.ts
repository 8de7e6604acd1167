/**
 * What every request tells, written straight into the words: an object for each event, and telling them apart again,
 * cost as much as all the rest of recording. The words stand as `schema` says; when the trace is full the event goes the
 * way of all others.
 */
import type { StreamId } from '../../model/brand.ts'
import type { HeaderList, HttpProtocol } from '../../model/http.ts'
import type { Direction, StreamEnd } from '../../model/trace.ts'
import type { AccessLogEntry } from './access-log.ts'
import { accessLogWords } from './access-log-facts.ts'
import type { TraceBuffers } from './buffers.ts'
import { headersSize, plainSize } from './event-size.ts'
import type { EventWords } from './event-words.ts'
import { Place } from './places.ts'
import type { GatewayEvent } from './plain-events.ts'
import { plainCode } from './schema.ts'

/** Where events go that are not written here. */
export type EventSink = {
  record(event: GatewayEvent, stream: StreamId): boolean
}

const requestHeaders = plainCode('request.headers')
const chainHeaders = plainCode('chain.headers')
const route = plainCode('route')
const upstreamRequest = plainCode('upstream.request')
const requestBody = plainCode('request.body')
const upstreamRequestBody = plainCode('upstream.request.body')
const upstreamResponse = plainCode('upstream.response')
const upstreamResponseBody = plainCode('upstream.response.body')
const responseHeaders = plainCode('response.headers')
const responseBody = plainCode('response.body')
const streamEnd = plainCode('stream.end')

export class StreamEvents {
  readonly #sink: EventSink
  readonly #buffers: TraceBuffers
  readonly #words: EventWords
  /** Ends of streams whose access-log line is still its facts. */
  readonly #unformatted: number[]

  constructor(sink: EventSink, buffers: TraceBuffers, unformatted: number[]) {
    this.#sink = sink
    this.#buffers = buffers
    this.#words = buffers.words
    this.#unformatted = unformatted
  }

  requestHeaders(
    stream: StreamId,
    listener: string,
    protocol: HttpProtocol,
    headers: HeaderList,
    endOfStream: boolean,
  ): void {
    if (!this.#words.open) {
      this.#sink.record({ type: 'request.headers', listener, protocol, headers, endOfStream }, stream)
      return
    }
    const { texts, lists } = this.#buffers
    const place = this.#begin(requestHeaders, stream, 4, headersSize)
    const { current } = this.#words
    current[place] = texts.idAt(Place.listener, listener)
    current[place + 1] = texts.idAt(Place.requestProtocol, protocol)
    current[place + 2] = lists.position(Place.requestHeaders, headers)
    current[place + 3] = endOfStream ? 1 : 0
  }

  chainHeaders(stream: StreamId, direction: Direction, headers: HeaderList): void {
    if (!this.#words.open) {
      this.#sink.record({ type: 'chain.headers', direction, headers }, stream)
      return
    }
    const { texts, lists } = this.#buffers
    const at = direction === 'request' ? Place.chainRequest : Place.chainResponse
    const place = this.#begin(chainHeaders, stream, 2, headersSize)
    const { current } = this.#words
    current[place] = texts.idAt(at, direction)
    current[place + 1] = lists.position(at, headers)
  }

  route(stream: StreamId, name: string, cluster: string): void {
    if (!this.#words.open) {
      this.#sink.record({ type: 'route', name, cluster }, stream)
      return
    }
    const { texts } = this.#buffers
    const place = this.#begin(route, stream, 2, plainSize)
    const { current } = this.#words
    current[place] = texts.idAt(Place.routeName, name)
    current[place + 1] = texts.idAt(Place.routeCluster, cluster)
  }

  upstreamRequest(stream: StreamId, cluster: string, host: string, headers: HeaderList, endOfStream: boolean): void {
    if (!this.#words.open) {
      this.#sink.record({ type: 'upstream.request', cluster, host, headers, endOfStream }, stream)
      return
    }
    const { texts, lists } = this.#buffers
    const place = this.#begin(upstreamRequest, stream, 4, headersSize)
    const { current } = this.#words
    current[place] = texts.idAt(Place.routeCluster, cluster)
    current[place + 1] = texts.idAt(Place.upstreamHost, host)
    current[place + 2] = lists.position(Place.upstreamRequest, headers)
    current[place + 3] = endOfStream ? 1 : 0
  }

  /** The bytes must not change afterwards. */
  requestBody(stream: StreamId, data: Uint8Array, endOfStream: boolean): void {
    if (!this.#words.open) this.#sink.record({ type: 'request.body', data, endOfStream }, stream)
    else this.#body(requestBody, stream, data, endOfStream)
  }

  /** The bytes must not change afterwards. */
  upstreamRequestBody(stream: StreamId, data: Uint8Array, endOfStream: boolean): void {
    if (!this.#words.open) this.#sink.record({ type: 'upstream.request.body', data, endOfStream }, stream)
    else this.#body(upstreamRequestBody, stream, data, endOfStream)
  }

  upstreamResponse(stream: StreamId, cluster: string, headers: HeaderList, endOfStream: boolean): void {
    if (!this.#words.open) {
      this.#sink.record({ type: 'upstream.response', cluster, headers, endOfStream }, stream)
      return
    }
    const { texts, lists } = this.#buffers
    const place = this.#begin(upstreamResponse, stream, 3, headersSize)
    const { current } = this.#words
    current[place] = texts.idAt(Place.routeCluster, cluster)
    current[place + 1] = lists.position(Place.upstreamResponse, headers)
    current[place + 2] = endOfStream ? 1 : 0
  }

  /** The bytes must not change afterwards. */
  upstreamResponseBody(stream: StreamId, cluster: string, data: Uint8Array, endOfStream: boolean): void {
    if (!this.#words.open) {
      this.#sink.record({ type: 'upstream.response.body', cluster, data, endOfStream }, stream)
      return
    }
    const buffers = this.#buffers
    const place = this.#begin(upstreamResponseBody, stream, 4, plainSize + data.length)
    const { current } = this.#words
    current[place] = buffers.texts.idAt(Place.routeCluster, cluster)
    current[place + 1] = buffers.body(data)
    current[place + 2] = data.length
    current[place + 3] = endOfStream ? 1 : 0
  }

  responseHeaders(stream: StreamId, headers: HeaderList, endOfStream: boolean): void {
    if (!this.#words.open) {
      this.#sink.record({ type: 'response.headers', headers, endOfStream }, stream)
      return
    }
    const place = this.#begin(responseHeaders, stream, 2, headersSize)
    const { current } = this.#words
    current[place] = this.#buffers.lists.position(Place.responseHeaders, headers)
    current[place + 1] = endOfStream ? 1 : 0
  }

  /** The bytes must not change afterwards. */
  responseBody(stream: StreamId, data: Uint8Array, endOfStream: boolean): void {
    if (!this.#words.open) this.#sink.record({ type: 'response.body', data, endOfStream }, stream)
    else this.#body(responseBody, stream, data, endOfStream)
  }

  /** The end of a stream, with the facts of its access-log line. */
  end(stream: StreamId, ended: StreamEnd, entry: AccessLogEntry): void {
    const { details, flags } = entry
    if (!this.#words.open) {
      this.#sink.record({ type: 'stream.end', ended, details, flags, accessLog: entry }, stream)
      return
    }
    const { texts, accessLog } = this.#buffers
    const place = this.#begin(streamEnd, stream, 4 + accessLogWords, plainSize)
    const { current } = this.#words
    current[place] = texts.idAt(Place.ended, ended)
    current[place + 1] = texts.idAt(Place.endDetails, details)
    current[place + 2] = texts.idAt(Place.endFlags, flags)
    current[place + 3] = -1
    accessLog.write(entry, current, place + 4)
    this.#unformatted.push(this.#words.positionOf(place))
  }

  #body(code: number, stream: StreamId, data: Uint8Array, endOfStream: boolean): void {
    const place = this.#begin(code, stream, 3, plainSize + data.length)
    const { current } = this.#words
    current[place] = this.#buffers.body(data)
    current[place + 1] = data.length
    current[place + 2] = endOfStream ? 1 : 0
  }

  #begin(code: number, stream: StreamId, count: number, size: number): number {
    const words = this.#words
    const place = words.begin(code, stream, count)
    words.used = place + count
    this.#buffers.grow(size)
    return place
  }
}
