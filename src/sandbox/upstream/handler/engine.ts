/** Handlers run in QuickJS compiled to wasm: synchronous, bounded in steps and memory, without a way out (design 4.6). */
import variant from '@jitl/quickjs-singlefile-mjs-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core'
import { transform } from 'sucrase'
import { prelude } from './prelude.ts'
import { workScript } from './work.ts'

/** QuickJS asks about every ten thousand steps; a handler may take some hundred milliseconds. */
const mostAsked = 500
const memoryLimit = 16 * 1024 * 1024
const stackLimit = 256 * 1024

/** What a handler's world gives it for one call. */
export type HandlerWorld = {
  /** From 0 to 1. */
  readonly random: () => number
  readonly log: (level: string, message: string) => void
}

/** A handler that answered, or why it did not. */
export type HandlerAnswer =
  | { readonly ok: true; readonly json: string }
  | { readonly ok: false; readonly error: string }

/** Loads the engine. */
export async function loadEngine(): Promise<HandlerEngine> {
  return new HandlerEngine(await newQuickJSWASMModuleFromVariant(variant))
}

export class HandlerEngine {
  private readonly module: QuickJSWASMModule
  constructor(module: QuickJSWASMModule) {
    this.module = module
  }

  /** A world of its own for one handler file; `end` gives its memory back. */
  open(path: string, source: string): Handler {
    return new Handler(this.module, path, source)
  }
}

export class Handler {
  private readonly context: QuickJSContext
  private asked = 0
  private world: HandlerWorld = { random: () => 0, log: () => {} }
  /** Takes the handler and the request as JSON. */
  private readonly call: QuickJSHandle
  /** Gives the handler its share of work anew. */
  private readonly refill: QuickJSHandle
  private readonly handler: QuickJSHandle | { readonly error: string }

  constructor(module: QuickJSWASMModule, path: string, source: string) {
    const runtime = module.newRuntime()
    runtime.setMemoryLimit(memoryLimit)
    runtime.setMaxStackSize(stackLimit)
    runtime.setInterruptHandler(() => ++this.asked > mostAsked)
    this.context = runtime.newContext()
    this.offerHost()
    this.call = this.context.unwrapResult(this.context.evalCode(prelude, 'prelude.js'))
    this.refill = this.context.unwrapResult(this.context.evalCode(workScript, 'prelude-work.js'))
    this.handler = this.load(path, source)
  }

  private offerHost(): void {
    const { context } = this
    const host = context.newObject()
    const random = context.newFunction('random', () => context.newString(String(this.world.random())))
    const log = context.newFunction('log', (level, message) => {
      this.world.log(context.getString(level), context.getString(message))
    })
    // An error can be caught, so the engine's own stop follows it, at the next ten thousand steps.
    const stop = context.newFunction('stop', () => {
      this.asked = mostAsked
    })
    context.setProp(host, 'stop', stop)
    context.setProp(host, 'random', random)
    context.setProp(host, 'log', log)
    context.setProp(context.global, 'host', host)
    for (const handle of [random, log, stop, host]) handle.dispose()
  }

  private load(path: string, source: string): QuickJSHandle | { readonly error: string } {
    let code: string
    try {
      code = transform(source, { transforms: ['typescript'], disableESTransforms: true }).code
    } catch (error) {
      // Its own words say line and column.
      return { error: error instanceof Error ? error.message : String(error) }
    }
    this.asked = 0
    const loaded = this.context.evalCode(code, path, { type: 'module' })
    if (loaded.error !== undefined) return { error: this.told(loaded.error) }
    const handler = this.context.getProp(loaded.value, 'default')
    loaded.value.dispose()
    return handler
  }

  answer(request: string, world: HandlerWorld): HandlerAnswer {
    if ('error' in this.handler) return { ok: false, error: this.handler.error }
    const { context } = this
    this.world = world
    this.asked = 0
    context.unwrapResult(context.callFunction(this.refill, context.undefined)).dispose()
    const json = context.newString(request)
    const result = context.callFunction(this.call, context.undefined, this.handler, json)
    json.dispose()
    if (result.error !== undefined) return { ok: false, error: this.told(result.error) }
    const text = context.getString(result.value)
    result.value.dispose()
    return { ok: true, json: text }
  }

  /** An error of the handler in one line, with its place. */
  private told(error: QuickJSHandle): string {
    const value: unknown = this.context.dump(error)
    error.dispose()
    if (typeof value !== 'object' || value === null || !('message' in value)) return `it threw ${String(value)}`
    const name = 'name' in value ? String(value.name) : 'Error'
    const message = String(value.message)
    if (name === 'InternalError' && message === 'interrupted') return 'it took too many steps and was stopped'
    if (message === 'out of memory') return `it took more than ${memoryLimit / 1048576} MiB of memory and was stopped`
    const stack = 'stack' in value ? String(value.stack) : ''
    const place = /\((?!prelude)([^():]+:\d+)/.exec(stack)?.[1]
    return `${name}: ${message}${place === undefined ? '' : ` (${place})`}`
  }

  end(): void {
    if (!('error' in this.handler)) this.handler.dispose()
    this.call.dispose()
    this.refill.dispose()
    const { runtime } = this.context
    this.context.dispose()
    runtime.dispose()
  }
}
