import type { PluginIndex, SpanId, StreamId, VirtualNs } from '../../model/brand.ts'
import type { TraceEvent, TracePlugin } from '../../model/trace.ts'
import type { TraceData } from '../entry/api.ts'

/** Events the VM half records by itself; everything else is the gateway's to record. */
export type GuestEventType = 'guest.enter' | 'guest.leave' | 'host.call' | 'trap'
export type GatewayEvent = Exclude<TraceEvent, { type: GuestEventType }>

export type RecorderOptions = {
  /** Virtual nanoseconds since the run began; asked once per event, so keep it cheap (a field, not a BigInt). */
  readonly now: () => VirtualNs
  /** Virtual clock at the start of the run, nanoseconds since 1970. */
  readonly clockStart: bigint
  /** Events kept; the rest is counted and hashed only. Default 1,000,000. */
  readonly maxEvents?: number
  /** Bytes of bodies, arguments and texts kept. Default 64 MiB. */
  readonly maxBytes?: number
  /** `false`: nothing is recorded or hashed (benchmarks, load runs). */
  readonly enabled?: boolean
}

/** Facts of one run, appended to typed buffers and decoded on demand by `openTrace` (design 4.4). */
export class Recorder {
  readonly options: RecorderOptions

  constructor(options: RecorderOptions) {
    this.options = options
  }

  /** Must be called for each plugin of the project, in order, also when it did not load. */
  addPlugin(_plugin: TracePlugin): void {}

  /**
   * Appends an event of the gateway half. Header lists must not change afterwards; an identical list (same array) is
   * stored once. The parent is the guest entry that is under way, if any.
   */
  record(_event: GatewayEvent, _stream?: StreamId, _plugin?: PluginIndex): void {}

  /** The guest entry under way. */
  get span(): SpanId | undefined {
    return undefined
  }

  /** A copy of everything so far, to be sent to another thread. `deadline`: the run was cut, so it has no hash. */
  data(_outcome?: 'complete' | 'deadline'): TraceData {
    throw new Error('not written yet')
  }
}
