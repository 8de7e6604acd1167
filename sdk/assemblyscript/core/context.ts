import { DataAction, HeaderAction, TrailersAction } from './actions'
import { Body, BufferType } from './body'
import { at, utf8 } from './bytes'
import { HeaderMap, MapType } from './headers'
import { proxy_close_stream, proxy_continue_stream, proxy_send_local_response } from './host'
import { encodePairs } from './pairs'
import { keepStatus, Status } from './status'

const requestHeaders = new HeaderMap(MapType.RequestHeaders)
const requestTrailers = new HeaderMap(MapType.RequestTrailers)
const responseHeaders = new HeaderMap(MapType.ResponseHeaders)
const responseTrailers = new HeaderMap(MapType.ResponseTrailers)
const requestBody = new Body(BufferType.RequestBody)
const responseBody = new Body(BufferType.ResponseBody)
const pluginConfiguration = new Body(BufferType.PluginConfiguration)
const vmConfiguration = new Body(BufferType.VmConfiguration)

/** One plugin in one VM: configuration, ticks, and the maker of a context for each request. */
export class RootContext {
  constructor(
    /** The gateway's number for it; 1 for the first. */
    readonly id: u32,
    /** The root id from the gateway's configuration (in Higress: the plugin's name). */
    readonly rootId: string,
  ) {}

  /** The VM is up. False refuses to start. */
  onVmStart(configurationSize: u32): bool {
    return true
  }
  /** The configuration is there (`this.configuration`), at the start and at each update. False refuses it. */
  onConfigure(configurationSize: u32): bool {
    return true
  }
  /** Every `setTickPeriod` milliseconds. No stream: no request headers here. */
  onTick(): void {}
  /** A shared queue that this plugin registered has something. */
  onQueueReady(queue: u32): void {}
  /** A foreign function has called back. */
  onForeignFunction(fn: u32, size: u32): void {}
  /** The plugin is about to go. False asks for time until `proxy_done`. */
  onDone(): bool {
    return true
  }
  /** Makes the context of one request. */
  createHttpContext(id: u32): HttpContext {
    return new HttpContext(id, this)
  }

  /** The plugin's configuration as text; readable in `onConfigure` only. */
  get configuration(): string {
    return pluginConfiguration.text()
  }
  /** The VM's configuration as text. */
  get vmConfiguration(): string {
    return vmConfiguration.text()
  }
}

/** One request and its response. Override what you need; what you leave out continues. */
export class HttpContext {
  constructor(
    /** The gateway's number for this stream. */
    readonly id: u32,
    readonly root: RootContext,
  ) {}

  /** The request headers have come. `endOfStream`: no body follows. */
  onRequestHeaders(count: u32, endOfStream: bool): HeaderAction {
    return HeaderAction.Continue
  }
  /** A part of the request body has come: `size` bytes are readable through `this.requestBody`. */
  onRequestBody(size: u32, endOfStream: bool): DataAction {
    return DataAction.Continue
  }
  onRequestTrailers(count: u32): TrailersAction {
    return TrailersAction.Continue
  }
  /** The response headers have come, from the service or from a local reply. */
  onResponseHeaders(count: u32, endOfStream: bool): HeaderAction {
    return HeaderAction.Continue
  }
  onResponseBody(size: u32, endOfStream: bool): DataAction {
    return DataAction.Continue
  }
  onResponseTrailers(count: u32): TrailersAction {
    return TrailersAction.Continue
  }
  /** All is over; headers can still be read, for a log line. */
  onLog(): void {}
  onDone(): bool {
    return true
  }
  onDelete(): void {}

  get requestHeaders(): HeaderMap {
    return requestHeaders
  }
  get requestTrailers(): HeaderMap {
    return requestTrailers
  }
  get responseHeaders(): HeaderMap {
    return responseHeaders
  }
  get responseTrailers(): HeaderMap {
    return responseTrailers
  }
  get requestBody(): Body {
    return requestBody
  }
  get responseBody(): Body {
    return responseBody
  }

  /**
   * Answers the request from here; the service is not asked. It takes effect when the callback returns, whatever it
   * returns. `details` appears in the access log as `%RESPONSE_CODE_DETAILS%`.
   */
  reply(status: u32, body: string = '', headers: string[][] = [], details: string = '', grpcStatus: i32 = -1): Status {
    return sendLocalReply(status, utf8(body), headers, details, grpcStatus)
  }

  /** Lets a paused request go on. It takes effect when the callback returns. */
  resumeRequest(): Status {
    return keepStatus(proxy_continue_stream(0))
  }
  /** Lets a paused response go on. */
  resumeResponse(): Status {
    return keepStatus(proxy_continue_stream(1))
  }
  /** Resets the stream: the client sees a broken connection, no response. */
  reset(): Status {
    return keepStatus(proxy_close_stream(0))
  }
}

/** `HttpContext.reply` with a body of bytes. */
export function sendLocalReply(
  status: u32,
  body: ArrayBuffer,
  headers: string[][],
  details: string,
  grpcStatus: i32,
): Status {
  const detail = utf8(details)
  const pairs = encodePairs(headers)
  return keepStatus(
    proxy_send_local_response(
      status,
      at(detail),
      detail.byteLength,
      at(body),
      body.byteLength,
      at(pairs),
      pairs.byteLength,
      grpcStatus,
    ),
  )
}
