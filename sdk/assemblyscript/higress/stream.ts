import { textOf } from '../core/bytes'
import { Body, BufferType } from '../core/body'
import { HttpContext as BaseContext } from '../core/context'
import { Handlers } from './handlers'
import { ExecutionPhase, HttpContext } from './http-context'
import { Json } from './json'
import { Log } from './log'
import { RuleMatcher } from './matcher'
import { Slot } from './options'
import { PluginContext } from './plugin-context'
import * as proxywasm from './proxywasm'
import { RebuildPolicy } from './rebuild'
import { Action, ActionContinue, ActionPause, DataStopIterationNoBuffer } from './types'

type OnHeaders<C> = (ctx: HttpContext, config: C) => Action
type OnHeadersBy<C> = (ctx: HttpContext, config: C, log: Log) => Action
type OnBody<C> = (ctx: HttpContext, config: C, body: ArrayBuffer) => Action
type OnBodyBy<C> = (ctx: HttpContext, config: C, body: ArrayBuffer, log: Log) => Action
type OnChunk<C> = (ctx: HttpContext, config: C, chunk: ArrayBuffer, isLastChunk: bool) => ArrayBuffer
type OnChunkBy<C> = (ctx: HttpContext, config: C, chunk: ArrayBuffer, isLastChunk: bool, log: Log) => ArrayBuffer
type OnDone<C> = (ctx: HttpContext, config: C) => void
type OnDoneBy<C> = (ctx: HttpContext, config: C, log: Log) => void

/** The root context of a plugin that `SetCtx` described. */
export class Plugin<C> extends PluginContext {
  readonly rebuild: RebuildPolicy
  private matcher: RuleMatcher<C> = new RuleMatcher<C>()

  constructor(
    id: u32,
    rootId: string,
    readonly handlers: Handlers<C>,
  ) {
    super(id, rootId)
    this.rebuild = new RebuildPolicy(
      <u32>handlers.slots[Slot.RebuildAfterRequests],
      <u32>handlers.slots[Slot.RebuildMaxMemBytes],
    )
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

/** One request of such a plugin. */
export class Stream<C> extends HttpContext {
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
    this.plugin.rebuild.whenDue()
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
    const call = this.routeCall
    if (call !== null) return call.onHeaders(this, endOfStream)
    const slots = this.plugin.handlers.slots
    if (slots[Slot.ResponseHeaders] != 0) return changetype<OnHeaders<C>>(slots[Slot.ResponseHeaders])(this, config)
    if (slots[Slot.ResponseHeadersBy] != 0) {
      return changetype<OnHeadersBy<C>>(slots[Slot.ResponseHeadersBy])(this, config, this.plugin.handlers.log)
    }
    return ActionContinue
  }

  onResponseBody(size: u32, endOfStream: bool): u32 {
    const config = this.config
    if (config === null) return ActionContinue
    this.phase = ExecutionPhase.EncodeData
    const call = this.routeCall
    if (call !== null) return call.onBody(this, size, endOfStream)
    if (!this.readResponseBody) return ActionContinue
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
