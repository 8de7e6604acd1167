/** One plugin of the gateway on one worker: its VM, its root context, and what happens when the VM dies (7.4). */
import type { PluginIndex, StreamId } from '../../model/brand.ts'
import type { PluginSpec } from '../../model/project/types.ts'
import { err, ok, type Result } from '../../model/result.ts'
import { convertsHeaderStop } from '../chain/action.ts'
import type { LoadFailure, PreparedModule } from '../vm/prepare.ts'
import type { ContextHost, StreamContext } from '../vm/seam.ts'
import { PluginRoot } from './plugin-root.ts'
import { ReloadBackOff } from './reload-back-off.ts'
import type { Runtime } from './runtime.ts'
import type { VmSlot } from './vm-pool.ts'

/** What a plugin is called in logs and properties. */
export type PluginIdentity = {
  readonly index: PluginIndex
  readonly name: string
  readonly displayName: string
  readonly rootId: string
  readonly vmId: string
}

export class Plugin {
  readonly index: PluginIndex
  readonly spec: PluginSpec
  readonly convertsHeaderStop: boolean
  readonly identity: PluginIdentity
  private readonly runtime: Runtime
  private readonly slot: VmSlot
  private configuration: Uint8Array
  private root: PluginRoot | undefined
  private backOff: ReloadBackOff | undefined
  /** The slot's VM generation the root belongs to. */
  private generation = -1

  constructor(runtime: Runtime, spec: PluginSpec, index: PluginIndex, slot: VmSlot, module: PreparedModule) {
    this.runtime = runtime
    this.spec = spec
    this.index = index
    this.slot = slot
    this.configuration = spec.configuration ?? new Uint8Array(0)
    this.identity = {
      index,
      name: spec.name,
      displayName: spec.displayName,
      rootId: spec.rootId,
      vmId: spec.vmId,
    }
    this.convertsHeaderStop = convertsHeaderStop({
      family: runtime.family,
      abi: module.abi,
      exportsRequestHeaders: module.exports.has('proxy_on_request_headers'),
      allowOnHeadersStopIteration: spec.allowOnHeadersStopIteration ?? false,
    })
  }

  /** A stream in which the VM traps goes on without the plugin. */
  get failsOpen(): boolean {
    return this.spec.failPolicy === 'open'
  }

  /** Streams that begin when the VM is dead do not meet the plugin. */
  get leavesChain(): boolean {
    return this.failsOpen || this.spec.failPolicy === 'open-next'
  }

  get memoryBytes(): number {
    return this.slot.vm?.memoryBytes ?? 0
  }

  /** Start-up steps 3 to 5 in the slot's VM, which is started first if it is not running (3.2). */
  start(): Result<undefined, LoadFailure> {
    const running = this.slot.start(this.index)
    if (!running.ok) return running
    const host = new PluginRoot(this.identity, this.runtime, this.slot.redis)
    host.phase = 'configure'
    const root = running.value.addRoot(host, { index: this.index, configuration: this.configuration })
    host.phase = ''
    if (!root.ok) return err(root.error)
    this.root?.close()
    host.opened(root.value)
    this.root = host
    this.generation = this.slot.generation
    return ok(undefined)
  }

  /** As `start`, in a VM that is thrown away. */
  rehearse(): Result<undefined, LoadFailure> {
    return this.slot.rehearse(this.identity, this.configuration)
  }

  /** As `start`, in a VM where others may run already: a throw-away VM tries it first. */
  join(): Result<undefined, LoadFailure> {
    const tried = this.slot.tryOut(this.identity, this.configuration)
    return tried.ok ? this.start() : tried
  }

  /** A configuration update took it out: its root context ends (3.4), streams under way finish with its VM. */
  stop(): void {
    const root = this.root?.root
    this.root?.close()
    this.root = undefined
    root?.finish()
  }

  /**
   * A configuration update: a throw-away VM tries it first, as the real canary does (3.2), so that a refused one leaves
   * the running VM alone and the old configuration serving (envoy-observed.md j). Then a new root context takes over.
   */
  reconfigure(configuration: Uint8Array): Result<undefined, LoadFailure> {
    const tried = this.slot.tryOut(this.identity, configuration)
    if (!tried.ok) return tried
    const old = { configuration: this.configuration, root: this.root }
    this.configuration = configuration
    this.root = undefined
    const started = this.start()
    if (started.ok) {
      const replaced = old.root?.root
      old.root?.close()
      replaced?.finish()
      return started
    }
    this.configuration = old.configuration
    this.root = old.root
    return started
  }

  /**
   * The stream's context, its id taken now. `undefined`: the VM is dead and may not be rebuilt yet, so the policy
   * answers (7.4). Higress and FAIL_RELOAD rebuild on the next request.
   */
  openStream(host: ContextHost, stream: StreamId): StreamContext | undefined {
    if (!this.revive()) return undefined
    const root = this.root?.root
    return root === undefined ? undefined : this.slot.vm?.addStream(root, host, stream)
  }

  /** True when the plugin's VM runs, if need be after a rebuild. */
  revive(): boolean {
    this.slot.rebuildIfAsked(this.index)
    if (this.slot.vm?.failed === true && !this.rebuild()) return false
    if (this.generation === this.slot.generation) return this.root !== undefined
    this.root?.close()
    return this.start().ok
  }

  /** `wasm_need_rebuild`: the next request meets a fresh VM; streams under way keep the old one (7.4). */
  askForRebuild(): void {
    this.slot.rebuildAsked = true
  }

  /** Higress whenever it may, Envoy under FAIL_RELOAD; false: the dead VM stays for this request. */
  private rebuild(): boolean {
    if (this.runtime.family === 'higress') return this.slot.rebuild(this.index)
    if (this.spec.failPolicy !== 'reload') return false
    this.backOff ??= new ReloadBackOff(this.runtime.random(`reload ${this.spec.name}`), this.spec.reloadBackOff)
    return this.slot.rebuild(this.index, this.backOff.next())
  }
}
