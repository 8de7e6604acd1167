import type { PluginIndex } from '../../../model/brand.ts'
import type { TraceRecord, TraceView } from '../../../model/trace.ts'
import { clusterLane, lanesOf, pluginLane } from '../lanes.ts'
import type { Lane } from '../row-types.ts'
import { type Tick, tickOf, weightOf } from './ticks.ts'

/** A stretch of the run: how much happened in each lane, and the worst of it. */
export type Bucket = {
  /** Record positions, end exclusive. */
  readonly from: number
  readonly to: number
  readonly counts: readonly number[]
  readonly worst: Tick | undefined
  /** Record position of the worst. */
  readonly worstAt: number | undefined
}

type Growing = { from: number; to: number; counts: number[]; worst: Tick | undefined; worstAt: number | undefined }

/**
 * Counts a whole run into buckets of equally many records, a part at a time, so that the page stays quick with a million
 * of them. Time is order here as everywhere in the timeline.
 */
export class Density {
  readonly lanes: readonly Lane[]
  readonly buckets: readonly Bucket[]
  private readonly growing: Growing[]
  private readonly view: TraceView
  private readonly problems: ReadonlySet<number>
  private next = 0

  constructor(view: TraceView, count: number, lanes: readonly Lane[], problems: ReadonlySet<number>) {
    this.view = view
    this.problems = problems
    this.lanes = lanes
    const buckets = Math.max(1, Math.min(count, view.length))
    this.growing = Array.from({ length: buckets }, (_, index) => ({
      from: Math.floor((index * view.length) / buckets),
      to: Math.floor(((index + 1) * view.length) / buckets),
      counts: this.lanes.map(() => 0),
      worst: undefined,
      worstAt: undefined,
    }))
    this.buckets = this.growing
  }

  get done(): boolean {
    return this.next >= this.view.length
  }

  /** Counts up to `records` more. */
  advance(records: number): void {
    const end = Math.min(this.view.length, this.next + records)
    for (let at = this.next; at < end; at++) this.count(at, this.view.record(at))
    this.next = end
  }

  private count(position: number, record: TraceRecord): void {
    const index = Math.floor(((position + 1) * this.growing.length - 1) / this.view.length)
    const bucket = this.growing[index]
    const tick = tickOf(record, this.problems)
    if (bucket === undefined || tick === undefined) return
    const lane = laneOf(record, this.lanes)
    bucket.counts[lane] = (bucket.counts[lane] ?? 0) + 1
    if (weightOf(tick.kind) <= weightOf(bucket.worst?.kind)) return
    bucket.worst = tick
    bucket.worstAt = position
  }
}

function laneOf({ event, plugin }: TraceRecord, lanes: readonly Lane[]): number {
  if ('cluster' in event && event.type !== 'route') return clusterLane(lanes, event.cluster)
  return plugin === undefined ? 0 : pluginLane(lanes, plugin satisfies PluginIndex)
}

/** The lanes of a run, from its first `sample` records: plugins are known, clusters are met early. */
export function runLanes(view: TraceView, sample = 20_000): readonly Lane[] {
  const records: TraceRecord[] = []
  for (let at = 0; at < Math.min(view.length, sample); at++) {
    const { type } = view.heading(at)
    if (/^(route|guest\.enter|upstream\.(request|connect)|callout\.request|redis\.command)$/.test(type))
      records.push(view.record(at))
  }
  return lanesOf(view.plugins, records)
}
