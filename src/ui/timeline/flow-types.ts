import type { PluginIndex } from '../../model/brand.ts'
import type { Direction } from '../../model/trace.ts'
import type { Mark } from './row-types.ts'

/** One callback from entry to return, over the rows that belong to it. */
export type Bar = {
  readonly lane: number
  readonly from: number
  readonly to: number
  readonly mark: Mark | undefined
  readonly flip: boolean
  readonly nesting: number
  readonly plugin: PluginIndex | undefined
}
/** The message moves from one lane to another. */
export type Hop = {
  readonly fromLane: number
  readonly fromRow: number
  readonly fromNode: boolean
  readonly toLane: number
  readonly toRow: number
  /** `node`: ends at a message's dot. `bar`: enters a callback. */
  readonly to: 'node' | 'bar'
  readonly direction: Direction
  readonly body: boolean
}
export type Callout = {
  readonly lane: number
  readonly plugin: PluginIndex | undefined
  readonly row: number
  readonly cluster: number
  /** `open`: no reply came in what is shown. */
  readonly end: { readonly kind: 'answered'; readonly row: number } | { readonly kind: 'open' | 'refused' }
}
/** Something is held from one row to another; without `to` for ever. */
export type Hold = {
  readonly lane: number
  readonly from: number
  readonly to: number | undefined
  readonly mark: Mark
}
export type Node = {
  readonly lane: number
  readonly row: number
  readonly shape: 'in' | 'out' | 'small-in' | 'small-out'
}
/** An upstream has the request and has not answered. */
export type Busy = { readonly lane: number; readonly from: number; readonly to: number }
export type Flow = {
  readonly bars: readonly Bar[]
  readonly hops: readonly Hop[]
  readonly callouts: readonly Callout[]
  readonly holds: readonly Hold[]
  readonly nodes: readonly Node[]
  readonly busy: readonly Busy[]
}
