import { RootContext } from '../core/context'
import { getPropertyText } from '../core/property'
import { currentTimeMs, setTickPeriod } from '../core/system'
import { Lease } from './lease'

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
  private lease: Lease | null = null

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
  /**
   * One VM of all workers becomes the leader, for a minute. It is not renewed by itself: call this again, usually from a
   * tick, then ask `IsLeader`.
   */
  DoLeaderElection(): void {
    let lease = this.lease
    if (lease === null) {
      lease = new Lease('higress_wasm_vm_lease:' + this.GetFingerPrint())
      this.lease = lease
    }
    lease.elect()
  }
  IsLeader(): bool {
    const lease = this.lease
    return lease !== null && lease.leader
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
