import type { PluginIndex } from '../../model/brand.ts'
import type { Callout } from './flow-types.ts'
import { clusterLane } from './lanes.ts'
import type { Lane } from './row-types.ts'

type Call = { readonly row: number; readonly lane: number; readonly plugin: PluginIndex | undefined }

/** The side calls of plugins: from the call that sent one to the row of its answer. */
export class CalloutLines {
  readonly lines: Callout[] = []
  private readonly lanes: readonly Lane[]
  private readonly pending = new Map<number, number>()
  private last: Call | undefined

  constructor(lanes: readonly Lane[]) {
    this.lanes = lanes
  }

  /** A host call that sends one; what it sent follows as a record of its own. */
  called(call: Call, code: number): void {
    this.last = call
    if (code !== 0) this.lines.push({ ...call, cluster: call.lane + 1, end: { kind: 'refused' } })
  }

  sent(token: number, cluster: string, row: number | undefined): void {
    const at = row ?? this.last?.row
    if (at === undefined) return
    this.pending.set(token, this.lines.length)
    this.lines.push({
      lane: this.last?.lane ?? 0,
      plugin: this.last?.plugin,
      row: at,
      cluster: clusterLane(this.lanes, cluster),
      end: { kind: 'open' },
    })
    this.last = undefined
  }

  answered(token: number, row: number | undefined): void {
    const index = this.pending.get(token)
    const call = index === undefined ? undefined : this.lines[index]
    if (index === undefined || call === undefined || row === undefined) return
    this.lines[index] = { ...call, end: { kind: 'answered', row } }
  }
}
