import { HttpContext } from './http-context'
import { Json } from './json'
import { Log } from './log'
import { PluginContext } from './plugin-context'
import { Action } from './types'

/** What an option of `SetCtx` sets. */
export enum Slot {
  ParseConfig = 0,
  ParseConfigBy,
  ParseConfigWithContext,
  ParseRawConfig,
  ParseOverrideGlobal,
  ParseOverrideGlobalBy,
  RequestHeaders,
  RequestHeadersBy,
  RequestBody,
  RequestBodyBy,
  StreamingRequestBody,
  StreamingRequestBodyBy,
  ResponseHeaders,
  ResponseHeadersBy,
  ResponseBody,
  ResponseBodyBy,
  StreamingResponseBody,
  StreamingResponseBodyBy,
  StreamDone,
  StreamDoneBy,
  PluginStart,
  SafeLog,
  RebuildAfterRequests,
  RebuildMaxMemBytes,
  Count,
}

/** One option of `SetCtx`. Handlers are kept as references to functions, which live as long as the module. */
export class CtxOption<C> {
  constructor(
    readonly slot: i32,
    readonly handler: usize,
    readonly second: usize = 0,
    readonly logger: Log | null = null,
  ) {}
}

/** Reads the configuration into `config`; an error refuses it. */
export function ParseConfig<C>(parse: (json: Json, config: C) => Error | null): CtxOption<C> {
  return new CtxOption<C>(Slot.ParseConfig, changetype<usize>(parse))
}
export function ParseConfigBy<C>(parse: (json: Json, config: C, log: Log) => Error | null): CtxOption<C> {
  return new CtxOption<C>(Slot.ParseConfigBy, changetype<usize>(parse))
}
export function ParseConfigWithContext<C>(
  parse: (plugin: PluginContext, json: Json, config: C) => Error | null
): CtxOption<C> {
  return new CtxOption<C>(Slot.ParseConfigWithContext, changetype<usize>(parse))
}
export function ParseRawConfig<C>(parse: (bytes: ArrayBuffer, config: C) => Error | null): CtxOption<C> {
  return new CtxOption<C>(Slot.ParseRawConfig, changetype<usize>(parse))
}
/** `parse` for the global part, `ruleParser` for each rule with the global configuration beside it (null if there is none). */
export function ParseOverrideConfig<C>(
  parse: (json: Json, config: C) => Error | null,
  ruleParser: (json: Json, global: C | null, config: C) => Error | null
): CtxOption<C> {
  return new CtxOption<C>(Slot.ParseOverrideGlobal, changetype<usize>(parse), changetype<usize>(ruleParser))
}
export function ParseOverrideConfigBy<C>(
  parse: (json: Json, config: C, log: Log) => Error | null,
  ruleParser: (json: Json, global: C | null, config: C, log: Log) => Error | null
): CtxOption<C> {
  return new CtxOption<C>(Slot.ParseOverrideGlobalBy, changetype<usize>(parse), changetype<usize>(ruleParser))
}
export function ProcessRequestHeaders<C>(handler: (ctx: HttpContext, config: C) => Action): CtxOption<C> {
  return new CtxOption<C>(Slot.RequestHeaders, changetype<usize>(handler))
}
export function ProcessRequestHeadersBy<C>(handler: (ctx: HttpContext, config: C, log: Log) => Action): CtxOption<C> {
  return new CtxOption<C>(Slot.RequestHeadersBy, changetype<usize>(handler))
}
/** The whole request body, once. */
export function ProcessRequestBody<C>(handler: (ctx: HttpContext, config: C, body: ArrayBuffer) => Action): CtxOption<C> {
  return new CtxOption<C>(Slot.RequestBody, changetype<usize>(handler))
}
export function ProcessRequestBodyBy<C>(
  handler: (ctx: HttpContext, config: C, body: ArrayBuffer, log: Log) => Action
): CtxOption<C> {
  return new CtxOption<C>(Slot.RequestBodyBy, changetype<usize>(handler))
}
/** Each chunk of the request body; what it returns takes the chunk's place. */
export function ProcessStreamingRequestBody<C>(
  handler: (ctx: HttpContext, config: C, chunk: ArrayBuffer, isLastChunk: bool) => ArrayBuffer
): CtxOption<C> {
  return new CtxOption<C>(Slot.StreamingRequestBody, changetype<usize>(handler))
}
export function ProcessStreamingRequestBodyBy<C>(
  handler: (ctx: HttpContext, config: C, chunk: ArrayBuffer, isLastChunk: bool, log: Log) => ArrayBuffer
): CtxOption<C> {
  return new CtxOption<C>(Slot.StreamingRequestBodyBy, changetype<usize>(handler))
}
export function ProcessResponseHeaders<C>(handler: (ctx: HttpContext, config: C) => Action): CtxOption<C> {
  return new CtxOption<C>(Slot.ResponseHeaders, changetype<usize>(handler))
}
export function ProcessResponseHeadersBy<C>(handler: (ctx: HttpContext, config: C, log: Log) => Action): CtxOption<C> {
  return new CtxOption<C>(Slot.ResponseHeadersBy, changetype<usize>(handler))
}
/** The whole response body, once; not for compressed or binary ones. */
export function ProcessResponseBody<C>(
  handler: (ctx: HttpContext, config: C, body: ArrayBuffer) => Action
): CtxOption<C> {
  return new CtxOption<C>(Slot.ResponseBody, changetype<usize>(handler))
}
export function ProcessResponseBodyBy<C>(
  handler: (ctx: HttpContext, config: C, body: ArrayBuffer, log: Log) => Action
): CtxOption<C> {
  return new CtxOption<C>(Slot.ResponseBodyBy, changetype<usize>(handler))
}
export function ProcessStreamingResponseBody<C>(
  handler: (ctx: HttpContext, config: C, chunk: ArrayBuffer, isLastChunk: bool) => ArrayBuffer
): CtxOption<C> {
  return new CtxOption<C>(Slot.StreamingResponseBody, changetype<usize>(handler))
}
export function ProcessStreamingResponseBodyBy<C>(
  handler: (ctx: HttpContext, config: C, chunk: ArrayBuffer, isLastChunk: bool, log: Log) => ArrayBuffer
): CtxOption<C> {
  return new CtxOption<C>(Slot.StreamingResponseBodyBy, changetype<usize>(handler))
}
/** The request is over (in `proxy_on_log`). */
export function ProcessStreamDone<C>(handler: (ctx: HttpContext, config: C) => void): CtxOption<C> {
  return new CtxOption<C>(Slot.StreamDone, changetype<usize>(handler))
}
export function ProcessStreamDoneBy<C>(handler: (ctx: HttpContext, config: C, log: Log) => void): CtxOption<C> {
  return new CtxOption<C>(Slot.StreamDoneBy, changetype<usize>(handler))
}
/** Runs before the configuration is read, at the start and at each update. */
export function PrePluginStartOrReload<C>(start: (plugin: PluginContext) => Error | null): CtxOption<C> {
  return new CtxOption<C>(Slot.PluginStart, changetype<usize>(start))
}
export function WithLogger<C>(logger: Log): CtxOption<C> {
  return new CtxOption<C>(-1, 0, 0, logger)
}
/** Lines with user data (`UnsafeInfo`) drop to debug. */
export function EnableSafeLog<C>(): CtxOption<C> {
  return new CtxOption<C>(Slot.SafeLog, 1)
}
/** Asks the gateway for a new VM after so many requests. */
export function WithRebuildAfterRequests<C>(requestCount: u32): CtxOption<C> {
  return new CtxOption<C>(Slot.RebuildAfterRequests, requestCount)
}
/** Asks the gateway for a new VM when this one uses at least so many bytes. */
export function WithRebuildMaxMemBytes<C>(memorySize: u32): CtxOption<C> {
  return new CtxOption<C>(Slot.RebuildMaxMemBytes, memorySize)
}
