import type { PluginIndex, StreamId } from '../../model/brand.ts'
import type { Result } from '../../model/result.ts'
import type { Recorder } from '../trace/recorder.ts'
import type { LoadFailure, PreparedModule } from './prepare.ts'
import type { ContextHost, RootContext, RootHost, StreamContext, VmEnvironment } from './seam.ts'

export type VmOptions = {
  readonly module: PreparedModule
  readonly environment: VmEnvironment
  readonly recorder: Recorder
  readonly vmId: string
  readonly vmConfiguration: Uint8Array
  readonly environmentVariables: readonly (readonly [name: string, value: string])[]
  /** Names this VM for `VmEnvironment.random`, e.g. `worker 0, vm 2`. */
  readonly instance: string
  /** Whose lane start-up events go to: the plugin for which the VM is created. */
  readonly plugin: PluginIndex
  /** Called before each guest entry, so that a run that met its deadline can name the callback. */
  readonly announce?: (callback: string, plugin: PluginIndex) => void
}

/** One instance of a module with its contexts; several plugins may share it (key vm_id, configuration, code). */
export class PluginVm {
  /** Instantiates and runs `_initialize` or `_start`. */
  static start(_options: VmOptions): Result<PluginVm, LoadFailure> {
    throw new Error('not written yet')
  }

  /** True after a trap or a failed start: no callback enters the guest any more, each answers `failed`. */
  get failed(): boolean {
    throw new Error('not written yet')
  }

  /** Bytes of linear memory now. */
  get memoryBytes(): number {
    throw new Error('not written yet')
  }

  /** `proxy_on_context_create(root, 0)`, `proxy_on_vm_start`, `proxy_on_configure` (proxy-wasm-host.md 3.2, 3 to 5). */
  addRoot(
    _host: RootHost,
    _plugin: { readonly index: PluginIndex; readonly configuration: Uint8Array },
  ): Result<RootContext, LoadFailure> {
    throw new Error('not written yet')
  }

  /**
   * Takes the stream's context id now (call when the filter chain is built, in configuration order);
   * `proxy_on_context_create` runs right before the first callback (3.2).
   */
  addStream(_root: RootContext, _host: ContextHost, _stream: StreamId): StreamContext {
    throw new Error('not written yet')
  }
}
