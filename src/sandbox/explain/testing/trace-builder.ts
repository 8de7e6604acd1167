/** Traces written by hand, for tests of rules and views: records in order, numbered as the recorder would. */
import type { PluginIndex, SpanId, StreamId, VirtualNs } from '../../../model/brand.ts'
import type { HeaderList } from '../../../model/http.ts'
import type {
  Arg,
  CallReason,
  Direction,
  EffectiveAction,
  TraceEvent,
  TracePlugin,
  TraceRecord,
  TraceView,
} from '../../../model/trace.ts'

// The brands' only door: numbers written in a test become ids here and nowhere else.
const streamId = (value: number) => value as StreamId
const pluginIndex = (value: number) => value as PluginIndex
const spanId = (value: number) => value as SpanId
const virtualNs = (value: number) => value as VirtualNs

const statuses = [
  'Ok',
  'NotFound',
  'BadArgument',
  'SerializationFailure',
  'ParseFailure',
  'BadExpression',
  'InvalidMemoryAccess',
]
const statusName = (code: number) =>
  statuses[code] ?? (code === 12 ? 'Unimplemented' : code === 10 ? 'InternalFailure' : String(code))

export const number = (name: string, value: number): Arg => ({ name, kind: 'number', value })
export const bytes = (name: string, value: string): Arg => ({
  name,
  kind: 'bytes',
  value: new TextEncoder().encode(value),
})
export const enumArg = (name: string, value: number, label: string): Arg => ({ name, kind: 'enum', value, label })

export type CallOptions = {
  readonly args?: readonly Arg[]
  readonly out?: readonly Arg[]
  readonly code?: number
  readonly reason?: CallReason
}

export class TraceBuilder {
  private readonly records: TraceRecord[] = []
  private readonly plugins: readonly TracePlugin[]
  private span = 0
  private now = 0
  private stream: number | undefined = 1
  private readonly open: { readonly span: SpanId; readonly callback: string; readonly plugin: number }[] = []

  constructor(plugins: readonly Partial<Omit<TracePlugin, 'index'>>[] = [{}]) {
    this.plugins = plugins.map((plugin, index) => ({
      index: pluginIndex(index),
      name: 'auth',
      language: 'go',
      abi: '0_2_100',
      ...plugin,
    }))
  }

  /** The stream that following events belong to; undefined for none. */
  inStream(stream: number | undefined): this {
    this.stream = stream
    return this
  }

  /** Virtual time goes by. */
  wait(ns: number): this {
    this.now += ns
    return this
  }

  event(event: TraceEvent, plugin?: number): this {
    const parent = this.open.at(-1)
    const lane = plugin ?? parent?.plugin
    this.records.push({
      seq: this.records.length,
      at: virtualNs(this.now),
      ...(this.stream === undefined ? {} : { stream: streamId(this.stream) }),
      ...(lane === undefined ? {} : { plugin: pluginIndex(lane) }),
      ...(parent === undefined ? {} : { parent: parent.span }),
      event,
    })
    return this
  }

  /** One callback with what happens inside it. `action` only where the chain converts the returned number. */
  callback(
    callback: string,
    args: readonly Arg[],
    returned: number | 'nothing' | 'trap',
    action?: EffectiveAction,
    inside: (trace: this) => void = () => undefined,
    plugin = 0,
  ): this {
    const span = spanId(++this.span)
    this.event({ type: 'guest.enter', span, callback, contextId: 2, args }, plugin)
    this.open.push({ span, callback, plugin })
    inside(this)
    this.open.pop()
    return this.event(
      { type: 'guest.leave', span, callback, returned, ...(action === undefined ? {} : { action }) },
      plugin,
    )
  }

  call(fn: string, { args = [], out = [], code = 0, reason }: CallOptions = {}): this {
    return this.event({ type: 'host.call', fn, args, out, code, status: statusName(code), ...(reason && { reason }) })
  }

  pause(direction: Direction, action: EffectiveAction, plugin = 0, bufferedBytes = 0): this {
    return this.event({ type: 'chain.pause', direction, action, bufferedBytes }, plugin)
  }

  resume(direction: Direction, by: 'continue_stream' | 'return' | 'local-reply', plugin = 0): this {
    return this.event({ type: 'chain.resume', direction, by, bufferedBytes: 0 }, plugin)
  }

  chainHeaders(direction: Direction, headers: HeaderList): this {
    return this.event({ type: 'chain.headers', direction, headers })
  }

  /** A callout of the plugin that is running (or of plugin 0), and its answer later. */
  callout(token: number, cluster: string): this {
    const empty = new Uint8Array()
    return this.event({ type: 'callout.request', token, cluster, headers: [], body: empty, timeoutMs: 500 }, 0)
  }

  answer(token: number, cluster: string, status = '200'): this {
    const headers: HeaderList = [[':status', status]]
    const body = new Uint8Array()
    return this.event({ type: 'callout.response', token, cluster, outcome: 'response', headers, body, trailers: [] }, 0)
  }

  /** The trace as rules see it. */
  view(): TraceView {
    const { records, plugins } = this
    return {
      length: records.length,
      dropped: 0,
      hash: '',
      machineDependent: false,
      clockStart: 0n,
      plugins,
      record(index) {
        const record = records[index]
        if (record === undefined) throw new RangeError(`no record ${index}`)
        return record
      },
      heading(index) {
        const { stream, event } = this.record(index)
        return { type: event.type, stream }
      },
    }
  }
}
