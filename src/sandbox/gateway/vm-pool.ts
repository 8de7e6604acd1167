/** VMs by key: vm_id, VM configuration and code; one per worker and key, shared by every plugin with that key (9). */
import type { PluginIndex } from '../../model/brand.ts'
import type { PluginSpec } from '../../model/project/types.ts'
import { err, ok, type Result } from '../../model/result.ts'
import { Recorder } from '../trace/recorder.ts'
import { PluginVm } from '../vm/plugin-vm.ts'
import type { LoadFailure, PreparedModule } from '../vm/prepare.ts'
import type { VmEnvironment } from '../vm/seam.ts'
import type { PluginIdentity } from './plugin.ts'
import { PluginRoot } from './plugin-root.ts'
import { RedisClients } from './redis-clients.ts'
import { nothingSeen, type Runtime } from './runtime.ts'
import { seededRandom } from './seeded-random.ts'

export type Announce = (callback: string, plugin: PluginIndex) => void

/** At most one rebuild in this time (7.4: H1.27 five seconds, H1.36 one). */
const rebuildPause = (profile: string): number => (profile === 'higress-2.1' ? 5e9 : 1e9)

/** The place of one VM; the VM in it may be replaced after a crash. */
export class VmSlot {
  vm: PluginVm | undefined
  /** Grows with every VM that was started in it. */
  generation = 0
  /** Of the worker. */
  readonly redis: RedisClients
  private readonly runtime: Runtime
  private readonly spec: PluginSpec
  private readonly module: PreparedModule
  private readonly instance: string
  private readonly announce: Announce | undefined
  private readonly thread: string
  private baseStarted = false
  /** A plugin said that its VM should give way. */
  rebuildAsked = false
  private lastRebuild = Number.NEGATIVE_INFINITY

  constructor(
    runtime: Runtime,
    redis: RedisClients,
    spec: PluginSpec,
    module: PreparedModule,
    place: { readonly thread: string; readonly instance: string },
    announce?: Announce,
  ) {
    this.runtime = runtime
    this.redis = redis
    this.spec = spec
    this.module = module
    this.thread = place.thread
    this.instance = place.instance
    this.announce = announce
  }

  start(plugin: PluginIndex): Result<PluginVm, LoadFailure> {
    if (this.vm !== undefined && !this.vm.failed) return ok(this.vm)
    const started = this.startVm(this.runtime, plugin, this.thread)
    if (!started.ok) return err(started.error)
    this.vm = started.value
    this.generation++
    return started
  }

  /** The base VM of this code, from which a real gateway clones all others; initialised once, and then idle (3.2). */
  startBase(plugin: PluginIndex): Result<undefined, LoadFailure> {
    if (this.baseStarted) return ok(undefined)
    this.baseStarted = true
    const base = this.startVm(this.runtime, plugin, 'base')
    return base.ok ? ok(undefined) : err(base.error)
  }

  /** Starts and configures a plugin in a VM that is thrown away; what it did to shared data, queues and metrics stays. */
  rehearse(identity: PluginIdentity, configuration: Uint8Array): Result<undefined, LoadFailure> {
    return this.attempt(this.runtime, identity, configuration)
  }

  /**
   * The same with copies of the stores. A try that succeeds leaves nothing in the trace; one that is refused is made again,
   * recorded, so that the reason can be seen.
   */
  tryOut(identity: PluginIdentity, configuration: Uint8Array): Result<undefined, LoadFailure> {
    const apart = (recorder: Recorder): Runtime => ({
      ...this.runtime,
      recorder,
      ...this.runtime.copyStores(),
      seen: nothingSeen(),
      random: (purpose) => seededRandom(this.runtime.config.seed, `canary ${purpose}`),
    })
    const quiet = new Recorder({ clock: this.runtime.clock, clockStart: 0n, enabled: false })
    const first = this.attempt(apart(quiet), identity, configuration)
    return first.ok ? first : this.attempt(apart(this.runtime.recorder), identity, configuration)
  }

  private attempt(
    runtime: Runtime,
    identity: PluginIdentity,
    configuration: Uint8Array,
  ): Result<undefined, LoadFailure> {
    const vm = this.startVm(runtime, identity.index, 'canary')
    if (!vm.ok) return vm
    const host = new PluginRoot(identity, runtime, new RedisClients(runtime, 'silent'))
    host.phase = 'configure'
    const root = vm.value.addRoot(host, { index: identity.index, configuration })
    host.close()
    return root.ok ? ok(undefined) : err(root.error)
  }

  private startVm(runtime: Runtime, plugin: PluginIndex, thread: string): Result<PluginVm, LoadFailure> {
    if (runtime.namesThreads) runtime.recorder.record({ type: 'thread', name: thread, doing: 'vm' }, undefined, plugin)
    return PluginVm.start({
      module: this.module,
      environment: environmentOf(runtime, this.instance),
      recorder: runtime.recorder,
      vmId: this.spec.vmId,
      vmConfiguration: this.spec.vmConfiguration,
      environmentVariables: this.spec.environment,
      capabilities: this.spec.capabilities,
      instance: this.instance,
      plugin,
      ...(this.announce === undefined ? {} : { announce: this.announce }),
    })
  }

  /** A crashed VM gives way to a fresh one: memory lost, shared data kept. False: too soon. `pause`: ns. */
  rebuild(plugin: PluginIndex, pause = rebuildPause(this.runtime.profile)): boolean {
    const { now } = this.runtime.clock
    if (now - this.lastRebuild < pause) return false
    this.lastRebuild = now
    return this.start(plugin).ok
  }

  /** As after a crash, and no more often; a VM that cannot be started leaves the old one serving. */
  rebuildIfAsked(plugin: PluginIndex): void {
    const { now } = this.runtime.clock
    if (!this.rebuildAsked || now - this.lastRebuild < rebuildPause(this.runtime.profile)) return
    this.rebuildAsked = false
    this.lastRebuild = now
    const fresh = this.startVm(this.runtime, plugin, this.thread)
    if (!fresh.ok) return
    this.vm = fresh.value
    this.generation++
  }
}

function environmentOf(runtime: Runtime, instance: string): VmEnvironment {
  const { clock } = runtime
  return {
    clock: { nowNs: () => clock.nowNs(), advance: (ns) => clock.spend(ns) },
    random: (purpose) => runtime.random(`${instance} ${purpose}`),
    logLevel: runtime.config.logLevel,
    sharedData: runtime.sharedData,
    sharedQueues: runtime.sharedQueues,
    metrics: runtime.metrics,
    family: runtime.family,
    profile: runtime.profile,
  }
}

/** Slots of one thread. */
export class VmPool {
  private readonly slots = new Map<PreparedModule, Map<string, VmSlot>>()
  private readonly runtime: Runtime
  private readonly redis: RedisClients
  private readonly thread: string
  private readonly announce: Announce | undefined
  private count = 0

  constructor(runtime: Runtime, thread: string, announce?: Announce) {
    this.runtime = runtime
    this.redis = new RedisClients(runtime)
    this.thread = thread
    this.announce = announce
  }

  slot(spec: PluginSpec, module: PreparedModule): VmSlot {
    const sameCode = this.slots.get(module) ?? new Map<string, VmSlot>()
    this.slots.set(module, sameCode)
    const key = `${spec.vmId}\0${spec.vmConfiguration.join()}`
    const existing = sameCode.get(key)
    if (existing !== undefined) return existing
    const place = { thread: this.thread, instance: `${this.thread}, vm ${this.count++}` }
    const slot = new VmSlot(this.runtime, this.redis, spec, module, place, this.announce)
    sameCode.set(key, slot)
    return slot
  }
}
