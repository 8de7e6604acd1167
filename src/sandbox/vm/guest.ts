import type { CallReason, LogLevel, TrapKind } from '../../model/trace.ts'
import type { AbiVersion, CallbackName } from '../abi/callbacks.ts'
import { GuestMemory } from '../abi/memory.ts'
import type { GuestContext, HostCall, VmServices } from '../host/call.ts'
import { Left } from '../trace/codes.ts'
import type { Recorder } from '../trace/recorder.ts'
import { makeAbort } from './abort.ts'
import { type Bound, bindExport } from './guest-exports.ts'
import { GuestIds } from './guest-ids.ts'
import { GuestLog } from './guest-log.ts'
import { LiveContexts } from './live-contexts.ts'
import type { PreparedModule } from './prepare.ts'
import type { MetricKind, VmEnvironment } from './seam.ts'
import { describeTrap, isGuestsFault, type Trap } from './trap.ts'
import type { VmOptions } from './vm-options.ts'

/** Which host calls the guest may make now (2.0). */
export type Phase = 'start' | 'allocator' | 'normal'

/**
 * The instance and everything that enters it. Guest calls are bracketed here: current and effective context, trace,
 * traps, deferred effects. It is also what host functions see of their VM.
 */
export class Guest implements HostCall, VmServices {
  readonly module: PreparedModule
  readonly environment: VmEnvironment
  readonly recorder: Recorder
  readonly vmId: string
  readonly configuration: Uint8Array
  readonly environmentVariables: readonly (readonly [name: string, value: string])[]
  readonly metrics = new Map<number, { readonly kind: MetricKind; readonly name: string }>()
  readonly ids = new GuestIds()
  readonly randomBytes: { fill(bytes: Uint8Array): void }
  readonly contexts = new LiveContexts()
  /** Context id 0: start-up and the allocator. */
  readonly vmContext: GuestContext
  readonly abort: () => never
  phase: Phase = 'start'
  /** A trap happened, or start-up failed. */
  failed = false
  /** The host ended this guest: the next host call ends it again. */
  dead = false
  reason: CallReason | undefined
  /** `proc_exit` was called where it is not allowed. */
  exited = false
  readonly #options: VmOptions
  readonly #log: GuestLog
  readonly #exports = new Map<CallbackName, Bound>()
  readonly #deferred: (() => void)[] = []
  #memory: GuestMemory | undefined
  #allocator: Bound | undefined
  #current: GuestContext
  #effective: GuestContext | undefined
  #depth = 0
  #replied = false
  #abortKind: TrapKind | undefined

  constructor(options: VmOptions) {
    this.#options = options
    this.module = options.module
    this.environment = options.environment
    this.recorder = options.recorder
    this.#log = new GuestLog(options.recorder, options.environment)
    this.vmId = options.vmId
    this.configuration = options.vmConfiguration
    this.environmentVariables = options.environmentVariables
    this.randomBytes = options.environment.random(options.instance)
    this.abort = makeAbort()
    this.vmContext = {
      id: 0,
      kind: 'vm',
      plugin: options.plugin,
      stream: undefined,
      host: undefined,
      root: undefined,
      declared: undefined,
    }
    this.#current = this.vmContext
  }

  get vm(): VmServices {
    return this
  }

  get abi(): AbiVersion {
    return this.module.abi
  }

  get context(): GuestContext {
    return this.#effective ?? this.#current
  }

  get current(): GuestContext {
    return this.#current
  }

  get memory(): GuestMemory {
    if (this.#memory === undefined) throw new Error('The guest has no memory yet')
    return this.#memory
  }

  /** False while the start section runs: no memory can be read yet. */
  get hasMemory(): boolean {
    return this.#memory !== undefined
  }

  attach(memory: WebAssembly.Memory, exported: ReadonlyMap<CallbackName, (...args: number[]) => number>): void {
    this.#memory = new GuestMemory(memory)
    for (const [name, call] of exported) {
      // To the host it is as if it were not exported; the allocator and the start are not restricted (1).
      if (!name.startsWith('proxy_') || this.allows(name))
        this.#exports.set(name, bindExport(this.recorder, name, call))
    }
    // `malloc` wins if both exist (2.0).
    this.#allocator = this.#exports.get('malloc') ?? this.#exports.get('proxy_on_memory_allocate')
  }

  /** False: a capability that the configuration does not list. */
  allows(name: string): boolean {
    const { capabilities = [] } = this.#options
    return capabilities.length === 0 || capabilities.includes(name)
  }

  /** A line of the host itself about this guest, as an error. */
  logError(message: string): void {
    this.#log.error(this.context, message)
  }

  bound(name: CallbackName): Bound | undefined {
    return this.#exports.get(name)
  }

  /**
   * Enters the guest for `context`. Afterwards look at `failed`; without a result it answers 0. Deferred effects are
   * the caller's business (`takeReplied`, then `drain`), because the returned number is converted before them (6.14).
   */
  run(bound: Bound, context: GuestContext, a = 0, b = 0, c = 0, d = 0, e = 0): number {
    this.#options.announce?.(bound.name, context.plugin)
    const current = this.#current
    const effective = this.#effective
    // Of the host call inside which this happens (6.12).
    const { reason } = this
    this.#current = context
    this.#effective = undefined
    const stream = context.stream ?? 0
    const { recorder } = this
    const span = recorder.enter(bound.signature, context.id, stream, context.plugin, bound.argCount, a, b, c, d, e)
    let how: number = Left.trap
    let value = 0
    let bug: unknown
    this.#depth++
    try {
      const returned = bound.call(a, b, c, d, e)
      if (bound.result) {
        value = returned ?? 0
        how = Left.value
      } else how = Left.nothing
    } catch (error) {
      bug = this.#trapped(bound.name, error)
    }
    this.#depth--
    this.#current = current
    this.#effective = effective
    this.reason = reason
    this.lastLeave = recorder.leave(bound.signature, span, stream, context.plugin, how, value)
    if (bug !== undefined) throw bug
    return value
  }

  /** Place of the last `guest.leave` in the trace, for `Recorder.setAction`. */
  lastLeave = -1

  /** Whether a local reply was sent since the last time (6.3). */
  takeReplied(): boolean {
    const replied = this.#replied
    this.#replied = false
    return replied
  }

  /** Performs deferred effects if no guest call is under way (6.11, 6.14 step 5). */
  drain(): void {
    if (this.#depth > 0) return
    for (let action = this.#deferred.shift(); action !== undefined; action = this.#deferred.shift()) action()
  }

  /**
   * A block of guest memory from the guest's own allocator, for context 0. It may trap, grow memory, call the host or
   * answer anything; the caller gets an address that lies inside memory, or why not.
   */
  allocate(size: number): number | 'trapped' | 'null' | 'out-of-bounds' {
    const allocator = this.#allocator
    if (allocator === undefined) return 'null'
    this.#options.announce?.(allocator.name, this.context.plugin)
    const current = this.#current
    const effective = this.#effective
    const phase = this.phase
    this.#current = this.vmContext
    this.#effective = undefined
    if (phase === 'normal') this.phase = 'allocator'
    let pointer: number | undefined
    let bug: unknown
    this.#depth++
    try {
      pointer = (allocator.call(size) ?? 0) >>> 0
    } catch (error) {
      bug = this.#trapped(allocator.name, error)
    }
    this.#depth--
    this.#current = current
    this.#effective = effective
    this.phase = phase
    if (bug !== undefined) throw bug
    if (pointer === undefined) return 'trapped'
    if (pointer === 0) return 'null'
    return this.memory.contains(pointer, size) ? pointer : 'out-of-bounds'
  }

  /** Ends the guest from inside a host call. */
  end(kind: TrapKind): never {
    this.dead = true
    this.#abortKind ??= kind
    return this.abort()
  }

  refuse(status: number, reason: CallReason): number {
    this.reason = reason
    return status
  }

  defer(action: () => void): void {
    this.#deferred.push(action)
  }

  markReplied(): void {
    this.#replied = true
  }

  setEffectiveContext(id: number): boolean {
    // 0 goes back to the context whose callback runs (envoy-observed.md l).
    if (id === 0) {
      this.#effective = undefined
      return true
    }
    const context = this.contexts.get(id)
    if (context === undefined) return false
    this.#effective = context
    return true
  }

  removeContext(context: GuestContext): void {
    this.contexts.remove(context)
    if (this.#effective === context) this.#effective = undefined
  }

  log(level: LogLevel, via: 'proxy_log' | 'stdout' | 'stderr', bytes: Uint8Array): void {
    this.#log.guest(this.context, level, via, bytes)
  }

  /** Marks the VM failed without a trap: a start callback returned false. */
  fail(): void {
    if (this.failed) return
    this.failed = true
    this.#deferred.length = 0
  }

  /** What left a guest call as an exception. A mistake of the host is given back, to be thrown on. */
  #trapped(callback: string, error: unknown): unknown {
    if (!isGuestsFault(error)) return error
    this.trap(callback, describeTrap(error, this.module))
    return undefined
  }

  trap(callback: string, found: Trap): void {
    const kind = this.#abortKind ?? found.kind
    this.#abortKind = undefined
    const trap: Trap = {
      ...found,
      kind,
      message: kind === 'restricted-callback' ? 'restricted_callback' : found.message,
    }
    this.#log.trap(this.#current, callback, trap, this.module)
    // What a callback of the root asked for happens all the same (cases `a continue in a tick, then a trap in it`).
    if (this.#current.kind === 'root') this.failed = true
    else this.fail()
  }
}
