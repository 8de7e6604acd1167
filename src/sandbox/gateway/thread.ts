/** One thread of the gateway: its VMs and the plugins that run in them (proxy-wasm-host.md 9). */
import type { PluginIndex } from '../../model/brand.ts'
import type { PluginSpec } from '../../model/project/types.ts'
import type { Result } from '../../model/result.ts'
import type { LoadFailure, PreparedModule } from '../vm/prepare.ts'
import { Plugin } from './plugin.ts'
import type { Runtime } from './runtime.ts'
import { type Announce, VmPool } from './vm-pool.ts'

/** What a plugin is on a thread: a filter of listeners, or a service that runs beside them. */
export type PluginRole = 'filter' | 'service'

/** A plugin with its place in the project, and its code. */
export type LoadedPlugin = {
  readonly spec: PluginSpec
  readonly index: PluginIndex
  readonly module: PreparedModule
}

export class Thread {
  /** `main` or `worker 0`, `worker 1` … */
  readonly name: string
  /** By plugin name; only those that started. */
  readonly filters = new Map<string, Plugin>()
  readonly services = new Map<string, Plugin>()
  private readonly runtime: Runtime
  private readonly pool: VmPool

  constructor(runtime: Runtime, name: string, announce?: Announce) {
    this.runtime = runtime
    this.name = name
    this.pool = new VmPool(runtime, name, announce)
  }

  /** Both roles of one plugin share a VM, each with a root context of its own: the direction is part of the root's key. */
  start(role: PluginRole, loaded: LoadedPlugin): Result<undefined, LoadFailure> {
    const { spec, index, module } = loaded
    const slot = this.pool.slot(spec, module)
    const plugin = new Plugin(this.runtime, spec, index, slot, module)
    // A plugin that is refused must not take along those that run in the same VM: the canary meets it first (3.2).
    const started = slot.vm === undefined ? plugin.start() : plugin.join()
    if (started.ok) this.of(role).set(spec.name, plugin)
    return started
  }

  /**
   * What a real gateway does once before any thread has the plugin: a base VM for new code, then start and configure in
   * a throw-away VM (3.2).
   */
  rehearse({ spec, index, module }: LoadedPlugin): Result<undefined, LoadFailure> {
    const slot = this.pool.slot(spec, module)
    const base = slot.startBase(index)
    return base.ok ? new Plugin(this.runtime, spec, index, slot, module).rehearse() : base
  }

  of(role: PluginRole): Map<string, Plugin> {
    return role === 'filter' ? this.filters : this.services
  }
}
