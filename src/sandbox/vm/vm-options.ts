import type { PluginIndex } from '../../model/brand.ts'
import type { Recorder } from '../trace/recorder.ts'
import type { PreparedModule } from './prepare.ts'
import type { VmEnvironment } from './seam.ts'

/** What a VM is started with. */
export type VmOptions = {
  readonly module: PreparedModule
  readonly environment: VmEnvironment
  readonly recorder: Recorder
  readonly vmId: string
  readonly vmConfiguration: Uint8Array
  readonly environmentVariables: readonly (readonly [name: string, value: string])[]
  /** Host calls and callbacks that are allowed (`capability_restriction_config`); none named: all. */
  readonly capabilities?: readonly string[]
  /** Names this VM for `VmEnvironment.random`, e.g. `worker 0, vm 2`. */
  readonly instance: string
  /** Whose lane start-up events go to: the plugin for which the VM is created. */
  readonly plugin: PluginIndex
  /** Called before each guest entry, so that a run that met its deadline can name the callback. */
  readonly announce?: (callback: string, plugin: PluginIndex) => void
}
