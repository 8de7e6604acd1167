import { textOf } from '../core/bytes'
import { Body, BufferType } from '../core/body'
import { HttpContext as BaseContext } from '../core/context'
import { registerRootContext } from '../core/registry'
import { callForeignFunction } from '../core/system'
import { ExecutionPhase, HttpContext } from './http-context'
import { Json } from './json'
import { Log, SetPluginLog, SetSafeLogEnabled } from './log'
import { ConfigParser, RuleMatcher } from './matcher'
import { PluginContext } from './plugin-context'
import * as proxywasm from './proxywasm'
import { Action, ActionContinue, ActionPause, DataStopIterationNoBuffer } from './types'

/** What an option of `SetCtx` sets. */
enum Slot {
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

type Parse<C> = (json: Json, config: C) => Error | null
type ParseBy<C> = (json: Json, config: C, log: Log) => Error | null
type ParseOverride<C> = (json: Json, global: C | null, config: C) => Error | null
type ParseOverrideBy<C> = (json: Json, global: C | null, config: C, log: Log) => Error | null
type OnHeaders<C> = (ctx: HttpContext, config: C) => Action
type OnHeadersBy<C> = (ctx: HttpContext, config: C, log: Log) => Action
type OnBody<C> = (ctx: HttpContext, config: C, body: ArrayBuffer) => Action
type OnBodyBy<C> = (ctx: HttpContext, config: C, body: ArrayBuffer, log: Log) => Action
type OnChunk<C> = (ctx: HttpContext, config: C, chunk: ArrayBuffer, isLastChunk: bool) => ArrayBuffer
type OnChunkBy<C> = (ctx: HttpContext, config: C, chunk: ArrayBuffer, isLastChunk: bool, log: Log) => ArrayBuffer
type OnDone<C> = (ctx: HttpContext, config: C) => void
type OnDoneBy<C> = (ctx: HttpContext, config: C, log: Log) => void

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

/** Handlers by slot, 0 for none. */
class Handlers<C> extends ConfigParser<C> {
  readonly slots: StaticArray<usize> = new StaticArray<usize>(Slot.Count)
  ruleParser: usize = 0
  plugin: PluginContext | null = null

  constructor(public log: Log) {
    super()
  }

  get parses(): bool {
    return (
      (this.slots[Slot.ParseConfig] | this.slots[Slot.ParseConfigBy] | this.slots[Slot.ParseConfigWithContext] |
        this.slots[Slot.ParseRawConfig] | this.slots[Slot.ParseOverrideGlobal] | this.slots[Slot.ParseOverrideGlobalBy]) != 0
    )
  }

  global(json: Json, config: C): Error | null {
    const plain = this.slots[Slot.ParseConfig] | this.slots[Slot.ParseOverrideGlobal]
    if (plain != 0) return changetype<Parse<C>>(plain)(json, config)
    const by = this.slots[Slot.ParseConfigBy] | this.slots[Slot.ParseOverrideGlobalBy]
    if (by != 0) return changetype<ParseBy<C>>(by)(json, config, this.log)
    const withContext = this.slots[Slot.ParseConfigWithContext]
    const plugin = this.plugin
    if (withContext != 0 && plugin !== null) {
      return changetype<(plugin: PluginContext, json: Json, config: C) => Error | null>(withContext)(plugin, json, config)
    }
    const raw = this.slots[Slot.ParseRawConfig]
    if (raw != 0) {
      return changetype<(bytes: ArrayBuffer, config: C) => Error | null>(raw)(String.UTF8.encode(json.Raw), config)
    }
    return null
  }

  rule(json: Json, global: C | null, config: C): Error | null {
    if (this.ruleParser == 0) return this.global(json, config)
    if (this.slots[Slot.ParseOverrideGlobal] != 0) {
      return changetype<ParseOverride<C>>(this.ruleParser)(json, global, config)
    }
    return changetype<ParseOverrideBy<C>>(this.ruleParser)(json, global, config, this.log)
  }
}

class Plugin<C> extends PluginContext {
  private matcher: RuleMatcher<C> = new RuleMatcher<C>()

  constructor(
    id: u32,
    rootId: string,
    readonly handlers: Handlers<C>,
  ) {
    super(id, rootId)
  }

  /** The order is Go's: higress.md 1.4. */
  onConfigure(size: u32): bool {
    const handlers = this.handlers
    const log = handlers.log
    handlers.plugin = this
    this.forgetTicks()
    const start = handlers.slots[Slot.PluginStart]
    if (start != 0) {
      const error = changetype<(plugin: PluginContext) => Error | null>(start)(this)
      if (error !== null) {
        log.Error('plugin start hook failed: ' + error.message)
        return false
      }
    }
    const text = textOf(new Body(BufferType.PluginConfiguration).bytes())
    if (text.length == 0 && handlers.parses) log.Warn('config is empty, but has ParseConfigFunc')
    const json = Json.Parse(text.length == 0 ? '{}' : text)
    if (!json.Exists()) {
      log.Warn('the plugin configuration is not a valid json: ' + text)
      return false
    }
    const pluginId = json.Member('_plugin_id_')
    if (pluginId.Exists()) log.pluginId = pluginId.String()
    const error = this.matcher.parse(json, handlers)
    if (error !== null) {
      log.Warn('parse rule config failed: ' + error.message)
      log.Error('plugin start failed')
      return false
    }
    if (!this.startTicks()) return false
    log.Info('plugin start successfully')
    return true
  }

  createHttpContext(id: u32): BaseContext {
    return new Stream<C>(id, this)
  }

  configFor(): C | null {
    const match = this.matcher.match()
    if (match.failed.length > 0) this.handlers.log.Error('get match config failed, err: ' + match.failed)
    return match.config
  }
}

class Stream<C> extends HttpContext {
  config: C | null = null
  private requestSize: i32 = 0

  constructor(
    id: u32,
    private readonly plugin: Plugin<C>,
  ) {
    super(id, plugin)
  }

  onRequestHeaders(count: u32, endOfStream: bool): u32 {
    this.noteRequest(endOfStream)
    const config = this.plugin.configFor()
    if (config === null) return ActionContinue
    this.config = config
    const slots = this.plugin.handlers.slots
    if (this.IsBinaryRequestBody()) this.readRequestBody = false
    if (this.upgrade) {
      this.readRequestBody = false
      this.readResponseBody = false
    }
    if (slots[Slot.RequestHeaders] != 0) return changetype<OnHeaders<C>>(slots[Slot.RequestHeaders])(this, config)
    if (slots[Slot.RequestHeadersBy] != 0) {
      return changetype<OnHeadersBy<C>>(slots[Slot.RequestHeadersBy])(this, config, this.plugin.handlers.log)
    }
    return ActionContinue
  }

  onRequestBody(size: u32, endOfStream: bool): u32 {
    const config = this.config
    if (config === null || !this.readRequestBody) return ActionContinue
    this.phase = ExecutionPhase.DecodeData
    const slots = this.plugin.handlers.slots
    const chunk = slots[Slot.StreamingRequestBody]
    const chunkBy = slots[Slot.StreamingRequestBodyBy]
    if ((chunk | chunkBy) != 0 && !this.bufferRequest) {
      const bytes = proxywasm.GetHttpRequestBody(0, size)
      proxywasm.ReplaceHttpRequestBody(this.handleChunk(config, chunk, chunkBy, bytes, endOfStream))
      return ActionContinue
    }
    const whole = slots[Slot.RequestBody]
    const wholeBy = slots[Slot.RequestBodyBy]
    if ((whole | wholeBy) == 0) return ActionContinue
    this.requestSize += size
    if (!endOfStream) return ActionPause
    const body = proxywasm.GetHttpRequestBody(0, this.requestSize)
    if (body.byteLength == 0) {
      this.plugin.handlers.log.Warn('get request body failed: it is empty')
      return ActionContinue
    }
    return this.handleBody(config, whole, wholeBy, body)
  }

  onResponseHeaders(count: u32, endOfStream: bool): u32 {
    const config = this.config
    if (config === null) return ActionContinue
    this.noteResponse(endOfStream)
    if (this.IsBinaryResponseBody()) this.readResponseBody = false
    const slots = this.plugin.handlers.slots
    if (slots[Slot.ResponseHeaders] != 0) return changetype<OnHeaders<C>>(slots[Slot.ResponseHeaders])(this, config)
    if (slots[Slot.ResponseHeadersBy] != 0) {
      return changetype<OnHeadersBy<C>>(slots[Slot.ResponseHeadersBy])(this, config, this.plugin.handlers.log)
    }
    return ActionContinue
  }

  onResponseBody(size: u32, endOfStream: bool): u32 {
    const config = this.config
    if (config === null || !this.readResponseBody) return ActionContinue
    this.phase = ExecutionPhase.EncodeData
    const slots = this.plugin.handlers.slots
    const chunk = slots[Slot.StreamingResponseBody]
    const chunkBy = slots[Slot.StreamingResponseBodyBy]
    if ((chunk | chunkBy) != 0 && !this.bufferResponse) {
      const bytes = proxywasm.GetHttpResponseBody(0, size)
      const replacement = this.handleChunk(config, chunk, chunkBy, bytes, endOfStream)
      if (this.pauseStreaming) return DataStopIterationNoBuffer
      proxywasm.ReplaceHttpResponseBody(replacement)
      return ActionContinue
    }
    const whole = slots[Slot.ResponseBody]
    const wholeBy = slots[Slot.ResponseBodyBy]
    if ((whole | wholeBy) == 0) return ActionContinue
    if (!endOfStream) return ActionPause
    const body = proxywasm.GetHttpResponseBody(0, size)
    if (body.byteLength == 0) {
      this.plugin.handlers.log.Warn('get response body failed: it is empty')
      return ActionContinue
    }
    return this.handleBody(config, whole, wholeBy, body)
  }

  onLog(): void {
    const config = this.config
    if (config === null) return
    this.phase = ExecutionPhase.Done
    const slots = this.plugin.handlers.slots
    if (slots[Slot.StreamDone] != 0) changetype<OnDone<C>>(slots[Slot.StreamDone])(this, config)
    else if (slots[Slot.StreamDoneBy] != 0) {
      changetype<OnDoneBy<C>>(slots[Slot.StreamDoneBy])(this, config, this.plugin.handlers.log)
    }
  }

  private handleChunk(config: C, plain: usize, by: usize, bytes: ArrayBuffer, last: bool): ArrayBuffer {
    if (plain != 0) return changetype<OnChunk<C>>(plain)(this, config, bytes, last)
    return changetype<OnChunkBy<C>>(by)(this, config, bytes, last, this.plugin.handlers.log)
  }
  private handleBody(config: C, plain: usize, by: usize, body: ArrayBuffer): u32 {
    if (plain != 0) return changetype<OnBody<C>>(plain)(this, config, body)
    return changetype<OnBodyBy<C>>(by)(this, config, body, this.plugin.handlers.log)
  }
}

/** The configuration of the request in a callback: `ConfigOf<MyConfig>(ctx)`. Traps if `C` is another type than SetCtx's. */
export function ConfigOf<C>(ctx: HttpContext): C {
  return assert((ctx as Stream<C>).config, 'this request has no configuration')
}

let registered: usize = 0

/** Says what the plugin does: `SetCtx<Config>('my-plugin', [ParseConfigBy<Config>(parse), ProcessRequestHeadersBy<Config>(onHeaders)])`. */
export function SetCtx<C>(name: string, options: CtxOption<C>[]): void {
  const log = new Log(name)
  const handlers = new Handlers<C>(log)
  for (let i = 0; i < options.length; i++) {
    const option = options[i]
    const logger = option.logger
    if (logger !== null) handlers.log = logger
    else if (option.slot == Slot.SafeLog) SetSafeLogEnabled(true)
    else handlers.slots[option.slot] = option.handler
    if (option.second != 0) handlers.ruleParser = option.second
  }
  SetPluginLog(handlers.log)
  // No closures: the factory below finds the handlers through this reference, which keeps them alive.
  registered = changetype<usize>(handlers)
  __pin(registered)
  registerRootContext((id, rootId) => new Plugin<C>(id, rootId, changetype<Handlers<C>>(registered)))
}
