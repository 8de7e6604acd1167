import type { PluginIndex, StreamId } from '../../model/brand.ts'
import type { LogLevel } from '../../model/trace.ts'
import { logLevels, logSources } from '../trace/codes.ts'
import type { Recorder } from '../trace/recorder.ts'
import type { PreparedModule } from './prepare.ts'
import type { VmEnvironment } from './seam.ts'
import { type Trap, trapLog } from './trap.ts'

/** Whose line it is. */
type Owner = { readonly stream: StreamId | undefined; readonly plugin: PluginIndex }

/** Lines of one guest and about it, as the gateway's log has them (proxy-wasm-host.md 8.10). */
export class GuestLog {
  readonly #recorder: Recorder
  readonly #environment: VmEnvironment

  constructor(recorder: Recorder, environment: VmEnvironment) {
    this.#recorder = recorder
    this.#environment = environment
  }

  /** A line the guest wrote, `bytes` as it is. */
  guest({ stream, plugin }: Owner, level: LogLevel, via: 'proxy_log' | 'stdout' | 'stderr', bytes: Uint8Array): void {
    const number = logLevels.indexOf(level)
    this.#recorder.guestLog(stream ?? 0, plugin, number, logSources.indexOf(via), this.#shows(level), bytes)
  }

  /** A line of the host itself about this guest. */
  error({ stream, plugin }: Owner, message: string): void {
    const shown = this.#shows('error')
    this.#recorder.record({ type: 'log', level: 'error', message, via: 'host', shown }, stream, plugin)
  }

  /** A trap, and the line that tells it. */
  trap(owner: Owner, callback: string, trap: Trap, module: PreparedModule): void {
    const recorder = this.#recorder
    if (trap.kind === 'stack-overflow' || trap.kind === 'out-of-memory') recorder.markMachineDependent()
    recorder.record({ type: 'trap', callback, ...trap }, owner.stream, owner.plugin)
    this.error(owner, trapLog(callback, trap, module.hasNames, this.#environment.family))
  }

  #shows(level: LogLevel): boolean {
    const shown = this.#environment.logLevel
    return shown !== 'off' && logLevels.indexOf(level) >= logLevels.indexOf(shown)
  }
}
