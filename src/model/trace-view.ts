import type { PluginIndex, StreamId } from './brand.ts'
import type { TraceEvent, TraceRecord } from './trace.ts'

/** A plugin as the trace knows it. */
export type TracePlugin = {
  readonly index: PluginIndex
  readonly name: string
  readonly language: string
  /** `0_2_1`, `0_2_100`, … as found in the module, or '' if it did not load. */
  readonly abi: string
  readonly sdk?: string
}

export type RecordHeading = { readonly type: TraceEvent['type']; readonly stream: StreamId | undefined }

/** A finished (or growing) trace. `record` decodes one event; keep what you need, decoding costs about a microsecond. */
export type TraceView = {
  readonly length: number
  readonly dropped: number
  /** Hex; empty when the run met its deadline. */
  readonly hash: string
  /** A stack overflow or out of memory happened: the hash may differ on another machine. */
  readonly machineDependent: boolean
  /** Virtual clock at the start of the run, nanoseconds since 1970. */
  readonly clockStart: bigint
  readonly plugins: readonly TracePlugin[]
  record(index: number): TraceRecord
  /** What kind of record it is, without decoding it: for whoever looks for a few among many. */
  heading(index: number): RecordHeading
}
