import type { PluginIndex, StreamId } from '../../model/brand.ts'
import { err, ok, type Result } from '../../model/result.ts'
import type { CallbackName } from '../abi/callbacks.ts'
import { Guest } from './guest.ts'
import { GuestRoot } from './guest-root.ts'
import { GuestStream } from './guest-stream.ts'
import { bindImports } from './imports.ts'
import type { LoadFailure, PreparedModule } from './prepare.ts'
import type { ContextHost, RootContext, RootHost, StreamContext } from './seam.ts'
import { describeTrap } from './trap.ts'
import type { VmOptions } from './vm-options.ts'

/** One instance of a module with its contexts; several plugins may share it (key vm_id, configuration, code). */
export class PluginVm {
  readonly #guest: Guest
  readonly #roots: GuestRoot[] = []
  #nextContext = 1

  private constructor(guest: Guest) {
    this.#guest = guest
  }

  /** Instantiates and runs `_initialize` or `_start`. */
  static start(options: VmOptions): Result<PluginVm, LoadFailure> {
    const guest = new Guest(options)
    const problem = instantiate(guest, options.module) ?? initialise(guest)
    if (problem !== undefined) {
      guest.failed = true
      return err(problem)
    }
    guest.phase = 'normal'
    return ok(new PluginVm(guest))
  }

  /** True after a trap or a failed start: no callback enters the guest any more, each answers `failed`. */
  get failed(): boolean {
    return this.#guest.failed
  }

  /** Bytes of linear memory now. */
  get memoryBytes(): number {
    return this.#guest.memory.size
  }

  get module(): PreparedModule {
    return this.#guest.module
  }

  /** `proxy_on_context_create(root, 0)`, `proxy_on_vm_start`, `proxy_on_configure` (proxy-wasm-host.md 3.2, 3 to 5). */
  addRoot(
    host: RootHost,
    plugin: { readonly index: PluginIndex; readonly configuration: Uint8Array },
  ): Result<RootContext, LoadFailure> {
    const guest = this.#guest
    const root = new GuestRoot(guest, this.#nextContext++, host, plugin.index, plugin.configuration)
    this.#roots.push(root)
    const state = root.context.root
    state.configurationVisible = true
    root.call('proxy_on_context_create')
    state.configurationVisible = false
    // Nobody looks at it: the VM counts as failed from its first request on (seen on Envoy).
    if (guest.failed) return ok(root)
    const started = root.call('proxy_on_vm_start', guest.configuration.length)
    if (guest.failed || started === 0) {
      guest.fail()
      guest.drain()
      return err({ message: 'Failed to start base Wasm', reason: { code: 'vm-start-failed' } })
    }
    if (!root.configure(plugin.configuration)) {
      guest.fail()
      guest.drain()
      return err({ message: 'Failed to configure base Wasm plugin', reason: { code: 'configure-failed' } })
    }
    return ok(root)
  }

  /**
   * Takes the stream's context id now (call when the filter chain is built, in configuration order);
   * `proxy_on_context_create` runs right before the first callback (3.2).
   */
  addStream(root: RootContext, host: ContextHost, stream: StreamId): StreamContext {
    const owner = this.#roots.length === 1 ? this.#roots[0] : this.#roots.find((each) => each === root)
    if (owner !== root || owner === undefined) throw new Error(`Context ${root.id} is not a root of this VM`)
    return new GuestStream(owner, this.#nextContext++, host, stream)
  }
}

function instantiate(guest: Guest, module: PreparedModule): LoadFailure | undefined {
  try {
    const instance = new WebAssembly.Instance(module.compiled, bindImports(guest))
    const memory = instance.exports[module.memoryExport]
    if (!(memory instanceof WebAssembly.Memory)) throw new Error('The memory export is not a memory')
    const exported = new Map<CallbackName, (...args: number[]) => number>()
    for (const name of module.callbacks) {
      const call = instance.exports[name]
      // The section parser has checked its type; JavaScript sees exports as bare functions.
      if (typeof call === 'function') exported.set(name, call as (...args: number[]) => number)
    }
    guest.attach(memory, exported)
    return undefined
  } catch (error) {
    // The start section trapped or called the host, or the engine has no memory left for an instance.
    guest.trap('start', describeTrap(error, module))
    return { message: 'Failed to create new Wasm instance', reason: { code: 'start-failed' } }
  }
}

function initialise(guest: Guest): LoadFailure | undefined {
  const initialize = guest.bound('_initialize')
  const start = guest.bound('_start')
  if (initialize !== undefined) {
    guest.run(initialize, guest.vmContext)
    // A reactor may export a main of its own; upstream calls it with no arguments (3.1).
    const main = guest.bound('__main_void') ?? guest.bound('main')
    if (main !== undefined && !guest.failed) guest.run(main, guest.vmContext)
  } else if (start !== undefined) guest.run(start, guest.vmContext)
  if (!guest.failed) return undefined
  // A command's `_start` runs `main`, then exits: `proc_exit` is not allowed there (2.0; higress.md 1.1, row 1).
  const command = initialize === undefined && guest.exited
  return {
    message: 'Failed to initialize Wasm code',
    reason: { code: command ? 'command-module' : 'start-failed' },
  }
}
