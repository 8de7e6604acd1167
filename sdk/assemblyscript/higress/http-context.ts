import { latin1, textOf, utf8 } from '../core/bytes'
import { HttpContext as BaseContext, RootContext } from '../core/context'
import { getProperty, setProperty } from '../core/property'
import { Json } from './json'
import { JsonObject, QuoteJson } from './json-write'
import * as proxywasm from './proxywasm'
import { RouteCall, RouteResponseCallback } from './route-call'

/** Where in its life a request is; `GetExecutionPhase`. */
export enum ExecutionPhase {
  DecodeHeader = 0,
  DecodeData = 1,
  EncodeHeader = 2,
  EncodeData = 3,
  Done = 4,
}

abstract class Slot {}
class Value<T> extends Slot {
  constructor(readonly value: T) {
    super()
  }
}

/** What a handler knows about its request, as in Go's `wrapper.HttpContext`. */
export class HttpContext extends BaseContext {
  protected scheme: string = ''
  protected host: string = ''
  protected path: string = ''
  protected method: string = ''
  protected requestType: string = ''
  protected requestEncoding: string = ''
  protected responseType: string = ''
  protected responseEncoding: string = ''
  protected upgrade: bool = false
  protected requestHasBody: bool = false
  protected responseHasBody: bool = false
  protected readRequestBody: bool = true
  protected readResponseBody: bool = true
  protected bufferRequest: bool = false
  protected bufferResponse: bool = false
  protected pauseStreaming: bool = false
  protected routeCall: RouteCall | null = null
  protected phase: ExecutionPhase = ExecutionPhase.DecodeHeader
  private values: Map<string, Slot> = new Map()
  private attributes: JsonObject = new JsonObject()
  private attributeNames: string[] = []
  private queue: ArrayBuffer[] = []

  constructor(id: u32, root: RootContext) {
    super(id, root)
  }

  Scheme(): string {
    return this.scheme
  }
  Host(): string {
    return this.host
  }
  Path(): string {
    return this.path
  }
  Method(): string {
    return this.method
  }

  /** Keeps something for later callbacks of this request: `ctx.SetContext<string>('user', name)`. */
  SetContext<T>(key: string, value: T): void {
    this.values.set(key, new Value<T>(value))
  }
  HasContext(key: string): bool {
    return this.values.has(key)
  }
  /** What was kept under this key with this type; otherwise the fallback. */
  GetContext<T>(key: string, fallback: T): T {
    if (!this.values.has(key)) return fallback
    const slot = this.values.get(key)
    return slot instanceof Value<T> ? (slot as Value<T>).value : fallback
  }
  GetStringContext(key: string, fallback: string): string {
    return this.GetContext<string>(key, fallback)
  }
  GetBoolContext(key: string, fallback: bool): bool {
    return this.GetContext<bool>(key, fallback)
  }
  GetByteSliceContext(key: string, fallback: ArrayBuffer): ArrayBuffer {
    return this.GetContext<ArrayBuffer>(key, fallback)
  }

  /** An attribute for the access log; `WriteUserAttributeToLog` writes them. */
  SetUserAttribute(key: string, value: string): void {
    this.SetUserAttributeRaw(key, QuoteJson(value))
  }
  /** The same with a value that is JSON already: a number, a list. */
  SetUserAttributeRaw(key: string, json: string): void {
    this.attributes.SetRaw(key, json)
    if (!this.attributeNames.includes(key)) this.attributeNames.push(key)
  }
  /** The attribute's JSON; missing if it was not set. */
  GetUserAttribute(key: string): Json {
    return Json.Parse(this.attributes.toString()).Member(key)
  }
  WriteUserAttributeToLog(): bool {
    return this.WriteUserAttributeToLogWithKey('custom_log')
  }
  /**
   * Merges the attributes into the stream property `key`, as the body of a JSON string: the access log prints it between
   * its own quotes (`ai_log` and `custom_log` are in Higress' format).
   */
  WriteUserAttributeToLogWithKey(key: string): bool {
    const merged = new JsonObject()
    const before = getProperty([key])
    if (before !== null && before.byteLength > 0) {
      const old = Json.Parse(Json.Parse('"' + textOf(before) + '"').String())
      const keys = old.Keys()
      for (let i = 0; i < keys.length; i++) merged.SetRaw(keys[i], old.Member(keys[i]).Raw)
    }
    const own = Json.Parse(this.attributes.toString())
    for (let i = 0; i < this.attributeNames.length; i++) {
      merged.SetRaw(this.attributeNames[i], own.Member(this.attributeNames[i]).Raw)
    }
    const quoted = QuoteJson(merged.toString())
    return setProperty([key], utf8(quoted.substring(1, quoted.length - 1))) == 0
  }
  /** Each attribute becomes a tag of the trace span; it cannot be read back. */
  WriteUserAttributeToTrace(): bool {
    let written = true
    for (let i = 0; i < this.attributeNames.length; i++) {
      const name = this.attributeNames[i]
      const value = utf8(this.GetUserAttribute(name).String())
      if (setProperty(['trace_span_tag.' + name], value) != 0) written = false
    }
    return written
  }

  /** The body handler will not be called for this request. */
  DontReadRequestBody(): void {
    this.readRequestBody = false
  }
  DontReadResponseBody(): void {
    this.readResponseBody = false
  }
  /** The whole body is collected although there is a streaming handler. */
  BufferRequestBody(): void {
    this.bufferRequest = true
  }
  BufferResponseBody(): void {
    this.bufferResponse = true
  }
  /** The streaming response handler swallows its chunks and sends later with `proxywasm.InjectEncodedDataToFilterChain`. */
  NeedPauseStreamingResponse(): void {
    this.pauseStreaming = true
  }
  PushBuffer(buffer: ArrayBuffer): void {
    this.queue.push(buffer)
  }
  PopBuffer(): ArrayBuffer {
    return this.queue.length > 0 ? this.queue.shift() : new ArrayBuffer(0)
  }
  BufferQueueSize(): i32 {
    return this.queue.length
  }

  /** Header changes of this plugin no longer make the gateway choose the route anew. */
  DisableReroute(): void {
    setProperty(['clear_route_cache'], latin1('off'))
  }
  SetRequestBodyBufferLimit(bytes: u32): void {
    setProperty(['set_decoder_buffer_limit'], latin1(bytes.toString()))
  }
  SetResponseBodyBufferLimit(bytes: u32): void {
    setProperty(['set_encoder_buffer_limit'], latin1(bytes.toString()))
  }

  /**
   * Turns the request into another one to its route's own service; the callback gets the whole response, which is held
   * meanwhile. The headers must still be here (`HeaderStopIteration` in the header callback), so call it with the body.
   */
  RouteCall(method: string, url: string, headers: string[][], body: ArrayBuffer, callback: RouteResponseCallback): Error | null {
    const call = new RouteCall(callback)
    const error = call.send(this, method, url, headers, body)
    if (error === null) this.routeCall = call
    return error
  }

  GetExecutionPhase(): ExecutionPhase {
    return this.phase
  }
  /** True if the headers were not the end of the request. */
  HasRequestBody(): bool {
    return this.requestHasBody
  }
  HasResponseBody(): bool {
    return this.responseHasBody
  }
  IsWebsocket(): bool {
    return this.upgrade
  }
  IsBinaryRequestBody(): bool {
    return isBinary(this.requestType, this.requestEncoding)
  }
  IsBinaryResponseBody(): bool {
    return isBinary(this.responseType, this.responseEncoding)
  }

  /** Reads what the methods above tell; called before the plugin's own handler. */
  protected noteRequest(endOfStream: bool): void {
    this.phase = ExecutionPhase.DecodeHeader
    this.requestHasBody = !endOfStream
    this.scheme = proxywasm.GetHttpRequestHeader(':scheme')
    this.host = proxywasm.GetHttpRequestHeader(':authority')
    this.path = proxywasm.GetHttpRequestHeader(':path')
    this.method = proxywasm.GetHttpRequestHeader(':method')
    this.upgrade =
      proxywasm.GetHttpRequestHeader('connection').toLowerCase().includes('upgrade') &&
      proxywasm.GetHttpRequestHeader('upgrade').toLowerCase() == 'websocket'
    this.requestType = proxywasm.GetHttpRequestHeader('content-type')
    this.requestEncoding = proxywasm.GetHttpRequestHeader('content-encoding')
    const requestId = proxywasm.GetHttpRequestHeader('x-request-id')
    if (requestId.length > 0) setProperty(['x_request_id'], utf8(requestId))
  }
  protected noteResponse(endOfStream: bool): void {
    this.phase = ExecutionPhase.EncodeHeader
    this.responseHasBody = !endOfStream
    this.responseType = proxywasm.GetHttpResponseHeader('content-type')
    this.responseEncoding = proxywasm.GetHttpResponseHeader('content-encoding')
  }
}

function isBinary(type: string, encoding: string): bool {
  return type.includes('octet-stream') || type.includes('grpc') || encoding.length > 0
}
