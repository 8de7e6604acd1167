import type { PluginIndex } from '../../model/brand.ts'
import type { Direction } from '../../model/trace.ts'
import type { Bar, Hold } from './flow-types.ts'
import type { Mark } from './row-types.ts'

type OpenHold = { readonly plugin: PluginIndex | undefined; readonly direction: Direction; readonly hold: Hold }

/** What plugins hold, from the callback that stopped it to the one that let it go. */
export class HoldLines {
  private readonly done: Hold[] = []
  private open: OpenHold[] = []

  pause(plugin: PluginIndex | undefined, direction: Direction, lane: number, from: number, mark: Mark): void {
    const already = this.open.some((entry) => entry.plugin === plugin && entry.direction === direction)
    if (!already) this.open.push({ plugin, direction, hold: { lane, from, to: undefined, mark } })
  }

  resume(plugin: PluginIndex | undefined, direction: Direction, bar: Bar | undefined): void {
    const held = this.open.find((entry) => entry.plugin === plugin && entry.direction === direction)
    this.open = this.open.filter((entry) => entry !== held)
    if (held !== undefined && bar !== undefined && bar.from > held.hold.from)
      this.done.push({ ...held.hold, to: bar.from })
  }

  /** Nothing will resume it: its dots start below the last bar of its lane (`lastBar`) and have no end. */
  hang(
    plugin: PluginIndex | undefined,
    direction: Direction,
    otherLane: number,
    lastBar: (lane: number) => number | undefined,
  ): void {
    const held = this.open.find((entry) => plugin === undefined || entry.plugin === plugin)
    this.open = this.open.filter((entry) => entry !== held)
    const lane = held?.hold.lane ?? otherLane
    const from = lastBar(lane) ?? held?.hold.from ?? 0
    if (held !== undefined && from > held.hold.from) this.done.push({ ...held.hold, to: from })
    this.done.push({ lane, from, to: undefined, mark: 'hang' })
    this.open = this.open.filter((entry) => entry.direction !== direction)
  }

  /** Open pauses at the end of what is shown end with it. */
  atEnd(rows: number): readonly Hold[] {
    return [...this.done, ...this.open.map(({ hold }) => ({ ...hold, to: hold.to ?? rows }))]
  }
}
