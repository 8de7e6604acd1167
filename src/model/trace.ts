import type { PluginIndex, SpanId, StreamId, VirtualNs } from './brand.ts'
import type { HeaderList, HttpProtocol } from './http.ts'
import type { CallReason, LoadReason } from './trace-reasons.ts'

export type { CallReason, LimitedThing, LoadReason } from './trace-reasons.ts'
export type { RecordHeading, TracePlugin, TraceView } from './trace-view.ts'

/**
 * The decoded trace: what happened in a run, in order. In memory a run keeps raw facts (`sandbox/trace`) and decodes
 * on demand; this is the only form that views, findings, reports and reporters see. Facts only: everything that can
 * be derived (diffs, waits, findings, hang explanations) is computed from it.
 */
export type TraceRecord = {
  /** Position in the run, from 0, dropped events counted. */
  readonly seq: number
  readonly at: VirtualNs
  /** The exchange it belongs to; absent for start-up, ticks and root callbacks without effective context. */
  readonly stream?: StreamId
  /** Whose lane it belongs to; absent for client, gateway and upstream events. */
  readonly plugin?: PluginIndex
  /** The guest entry inside which it happened. */
  readonly parent?: SpanId
  readonly event: TraceEvent
}

export type Direction = 'request' | 'response'

/** What a callback's number means to the filter chain, after conversion by ABI and profile. */
export type EffectiveAction =
  | 'Continue'
  | 'StopIteration'
  | 'StopAllIterationAndBuffer'
  | 'StopAllIterationAndWatermark'
  | 'StopIterationAndBuffer'
  | 'StopIterationAndWatermark'
  | 'StopIterationNoBuffer'

/** One decoded argument or result of a callback or host call. Bytes stay bytes; views decide how to show them. */
export type Arg =
  | { readonly name: string; readonly kind: 'number'; readonly value: number }
  | { readonly name: string; readonly kind: 'i64'; readonly value: bigint }
  /** An enum value with the field's own word, e.g. `map: RequestHeaders (0)`. */
  | { readonly name: string; readonly kind: 'enum'; readonly value: number; readonly label: string }
  | { readonly name: string; readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly name: string; readonly kind: 'pairs'; readonly value: HeaderList }
  /** A pointer or size the host could not read, or a result that was not written. */
  | { readonly name: string; readonly kind: 'unreadable'; readonly reason: 'out-of-bounds' | 'not-written' }

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'critical'

/** Closed set of ways a guest can end a call badly; the engine's own words are kept beside it, outside the hash. */
export type TrapKind =
  | 'unreachable'
  | 'out-of-bounds-memory'
  | 'out-of-bounds-table'
  | 'divide-by-zero'
  | 'integer-overflow'
  | 'invalid-conversion'
  | 'indirect-call'
  | 'stack-overflow'
  | 'out-of-memory'
  | 'restricted-callback'
  | 'guest-exception'
  | 'host-abort'
  | 'other'

export type StackFrame = {
  /** Demangled or plain name from the name section, or `func[12]`. */
  readonly name: string
  /** Byte offset in the module, for source maps. */
  readonly offset: number
}

/** Where a stream ended, as in the run report. */
export type StreamEnd = 'complete' | 'reset' | 'truncated' | 'hung' | 'client-abort' | 'deadline' | 'rejected'

export type TraceEvent =
  // scenario
  | { readonly type: 'step'; readonly index: number; readonly label: string }
  | { readonly type: 'clock.advance'; readonly by: VirtualNs }
  | { readonly type: 'configure'; readonly phase: 'start' | 'update' }
  /** `base`, `canary`, `main` or `worker 0` …: it starts a VM, or takes this stream. Only where there are several. */
  | { readonly type: 'thread'; readonly name: string; readonly doing: 'vm' | 'stream' }
  // client
  | {
      readonly type: 'request.headers'
      readonly listener: string
      readonly protocol: HttpProtocol
      readonly headers: HeaderList
      readonly endOfStream: boolean
    }
  | { readonly type: 'request.body'; readonly data: Uint8Array; readonly endOfStream: boolean }
  | { readonly type: 'request.trailers'; readonly trailers: HeaderList }
  | { readonly type: 'request.abort' }
  | { readonly type: 'response.headers'; readonly headers: HeaderList; readonly endOfStream: boolean }
  | { readonly type: 'response.body'; readonly data: Uint8Array; readonly endOfStream: boolean }
  | { readonly type: 'response.trailers'; readonly trailers: HeaderList }
  | {
      readonly type: 'stream.end'
      readonly ended: StreamEnd
      readonly details: string
      readonly flags: string
      /** The access-log line in the profile's format. */
      readonly accessLog: string
    }
  // gateway
  | { readonly type: 'route'; readonly name: string; readonly cluster: string }
  /** The map as the first filter of that direction is given it. Later states follow from the host calls. */
  | { readonly type: 'chain.headers'; readonly direction: Direction; readonly headers: HeaderList }
  | {
      readonly type: 'chain.pause'
      readonly direction: Direction
      readonly action: EffectiveAction
      readonly bufferedBytes: number
    }
  | {
      readonly type: 'chain.resume'
      readonly direction: Direction
      /** `return`: a later callback of this filter returned Continue. */
      readonly by: 'continue_stream' | 'return' | 'local-reply'
      readonly bufferedBytes: number
    }
  | {
      readonly type: 'local-reply'
      /** `plugin` is in the record; without one the gateway itself replied (no route, timeout, body too large…). */
      readonly status: number
      readonly headers: HeaderList
      readonly body: Uint8Array
      readonly details: string
      readonly outcome: 'sent' | 'ignored-second' | 'stream-reset'
    }
  // upstream of the route
  | {
      readonly type: 'upstream.request'
      readonly cluster: string
      readonly host: string
      readonly headers: HeaderList
      readonly endOfStream: boolean
    }
  | { readonly type: 'upstream.request.body'; readonly data: Uint8Array; readonly endOfStream: boolean }
  | { readonly type: 'upstream.request.trailers'; readonly trailers: HeaderList }
  | {
      readonly type: 'upstream.response'
      readonly cluster: string
      readonly headers: HeaderList
      readonly endOfStream: boolean
    }
  | {
      readonly type: 'upstream.response.body'
      readonly cluster: string
      readonly data: Uint8Array
      readonly endOfStream: boolean
    }
  | { readonly type: 'upstream.response.trailers'; readonly cluster: string; readonly trailers: HeaderList }
  | { readonly type: 'upstream.reset'; readonly cluster: string; readonly reason: string }
  // side calls of plugins
  | {
      readonly type: 'callout.request'
      readonly token: number
      readonly cluster: string
      readonly headers: HeaderList
      readonly body: Uint8Array
      readonly timeoutMs: number
    }
  | {
      readonly type: 'callout.response'
      readonly token: number
      readonly cluster: string
      readonly outcome: 'response' | 'timeout' | 'connect-failure' | 'reset'
      readonly headers: HeaderList
      readonly body: Uint8Array
      readonly trailers: HeaderList
    }
  // TCP: its bytes are `request.body`, `upstream.request.body` and so on
  | { readonly type: 'connection.open'; readonly listener: string }
  | { readonly type: 'upstream.connect'; readonly cluster: string; readonly host: string }
  | {
      readonly type: 'redis.command'
      readonly token: number
      readonly cluster: string
      /** The words of the command, byte strings; empty when the bytes the plugin sent are no command. */
      readonly argv: readonly string[]
    }
  | {
      readonly type: 'redis.reply'
      readonly token: number
      readonly cluster: string
      /** All but `reply` reach the plugin as status 1, without bytes. */
      readonly outcome: 'reply' | 'timeout' | 'connect-failure' | 'reset' | 'protocol-error'
      /** RESP, as it came. */
      readonly reply: Uint8Array
    }
  /** One message of a gRPC stream; calls have theirs in `callout.request` and `callout.response`. */
  | {
      readonly type: 'grpc.message'
      readonly token: number
      readonly cluster: string
      readonly from: 'plugin' | 'service'
      readonly data: Uint8Array
    }
  /** Which status a gRPC call or stream had in the end; `message` is what `proxy_get_status` tells. */
  | {
      readonly type: 'grpc.end'
      readonly token: number
      readonly cluster: string
      readonly by: 'service' | 'cancel' | 'close'
      readonly status: number
      readonly message: string
    }
  // guest
  | {
      readonly type: 'guest.enter'
      readonly span: SpanId
      /** Export name, e.g. `proxy_on_request_headers`, `_initialize`. */
      readonly callback: string
      readonly contextId: number
      readonly args: readonly Arg[]
    }
  | {
      readonly type: 'guest.leave'
      readonly span: SpanId
      readonly callback: string
      readonly returned: number | 'trap' | 'nothing'
      /** Only for stream callbacks: what the chain makes of `returned`. */
      readonly action?: EffectiveAction
      /** Host calls inside this entry that were not recorded because the trace was full. */
    }
  | {
      readonly type: 'host.call'
      readonly fn: string
      readonly args: readonly Arg[]
      /** Name of the returned status (`Ok`, `BadArgument`, …), a WASI errno name, or `` for functions without one. */
      readonly status: string
      readonly code: number
      readonly out: readonly Arg[]
      /** Why it was not Ok, when the host knows more than the status tells. A closed set of reasons with parameters. */
      readonly reason?: CallReason
    }
  | {
      readonly type: 'log'
      readonly level: LogLevel
      readonly message: string
      readonly via: 'proxy_log' | 'stdout' | 'stderr' | 'host'
      /** False if the gateway's log level hides it. */
      readonly shown: boolean
    }
  | {
      readonly type: 'trap'
      readonly callback: string
      readonly kind: TrapKind
      readonly message: string
      readonly frames: readonly StackFrame[]
    }
  | { readonly type: 'load-error'; readonly message: string; readonly reason: LoadReason }
  // run
  | { readonly type: 'hung'; readonly certainty: 'certain' | 'probable'; readonly direction: Direction }
  | {
      readonly type: 'limit'
      readonly what: 'events-dropped' | 'deadline' | 'loop-bound'
      readonly count: number
      readonly detail: string
    }
