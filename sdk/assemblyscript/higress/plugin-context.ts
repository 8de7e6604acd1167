import { RootContext } from '../core/context'
import { getPropertyText } from '../core/property'
import { currentTimeMs, setTickPeriod } from '../core/system'

const TICK_MS: u32 = 100

class TickEntry {
  last: u64 = 0
  constructor(
    readonly period: u64,
    readonly run: () => void,
  ) {}
}

const ticks = new Array<TickEntry>()

/** Calls `run` about every `milliseconds` (a multiple of 100) on the root context. Call it while the configuration is parsed. */
export function RegisterTickFunc(milliseconds: i64, run: () => void): void {
  ticks.push(new TickEntry(<u64>milliseconds, run))
}

/** The plugin as a whole, as in Go's `wrapper.PluginContext`. */
export class PluginContext extends RootContext {
  private isolated: bool = false
  private values: Map<string, string> = new Map()

  SetContext(key: string, value: string): void {
    this.values.set(key, value)
  }
  GetContext(key: string, fallback: string): string {
    return this.values.has(key) ? this.values.get(key) : fallback
  }
  /** One bad rule no longer refuses the whole configuration: its last good version stays. Call it in PrePluginStartOrReload. */
  EnableRuleLevelConfigIsolation(): void {
    this.isolated = true
  }
  IsRuleLevelConfigIsolation(): bool {
    return this.isolated
  }
  /** The plugin's name in the gateway. */
  GetFingerPrint(): string {
    const name = getPropertyText(['plugin_name'])
    return name === null ? '' : name
  }

  onTick(): void {
    const now = currentTimeMs()
    for (let i = 0; i < ticks.length; i++) {
      const entry = ticks[i]
      if (now - entry.last < entry.period) continue
      entry.last = now
      entry.run()
    }
  }
  /** False if the gateway refuses the timer. */
  protected startTicks(): bool {
    return ticks.length == 0 || setTickPeriod(TICK_MS) == 0
  }
  protected forgetTicks(): void {
    while (ticks.length > 0) ticks.pop()
  }
}
