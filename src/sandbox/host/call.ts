import type { PluginIndex, StreamId } from '../../model/brand.ts'
import type { HeaderList } from '../../model/http.ts'
import type { CallReason, LogLevel } from '../../model/trace.ts'
import type { AbiVersion } from '../abi/callbacks.ts'
import {
  type Args,
  type DeclareOptions,
  hostFunction as declare,
  type HostFunction,
  type Outs,
  type Params,
  type Results,
} from '../abi/declare.ts'
import type { GuestMemory } from '../abi/memory.ts'
import type { ContextHost, MetricKind, PropertyDeclaration, RootHost, VmEnvironment } from '../vm/seam.ts'
import type { CelProgram } from './foreign/cel.ts'

/** A guest context as host functions see it. */
export type GuestContext = {
  readonly id: number
  readonly kind: 'vm' | 'root' | 'http' | 'tcp'
  readonly plugin: PluginIndex
  readonly stream: StreamId | undefined
  /** What the gateway does for it; the VM context (id 0) has none. */
  readonly host: ContextHost | undefined
  /** The root that calls, ticks and configurations belong to; the VM context has none. */
  readonly root: RootState | undefined
  /** Properties a stream declared for itself: they have no effect, but a second declaration is refused. */
  declared: Declarations | undefined
}

export type Declarations = Map<string, PropertyDeclaration>

/** What a gRPC callback can read; the message can be changed, which nobody sees but this plugin. */
export type GrpcView = {
  readonly initialMetadata?: HeaderList
  readonly trailingMetadata?: HeaderList
  message?: Uint8Array
}

/** What hangs on a root context. */
export type RootState = {
  readonly host: RootHost
  configuration: Uint8Array
  /** Buffer 7 is readable in the root's own `on_context_create` and in `on_configure` only. */
  configurationVisible: boolean
  /** While `proxy_on_http_call_response` runs. */
  callResponse: { readonly headers: HeaderList; readonly body: Uint8Array; readonly trailers: HeaderList } | undefined
  /** While `proxy_on_redis_call_response` runs: what buffer 9 holds. */
  redisReply: Uint8Array | undefined
  /** While a callback of a gRPC call or stream runs: what map 4, map 5 and buffer 5 hold. */
  grpc: GrpcView | undefined
  /** Of the last callout that failed (8.3). */
  callStatus: { code: number; message: string }
  /** Set while the root is ending and has not said that it is done; deletes it (3.4). */
  pendingDelete: (() => void) | undefined
  /** Of `declare_property`: the properties of its streams go by them. */
  declared: Declarations | undefined
  /** Of `expr_create`, by token; deleted ones leave a gap. */
  expressions: { readonly programs: (CelProgram | undefined)[] } | undefined
}

/** Numbers for what the guest makes. */
export type VmIds = {
  nextMetricId(kind: MetricKind): number
  /** Of HTTP calls: 4, 8, 12 … (8.8). */
  nextCallToken(): number
  /** Of gRPC calls: 5, 9, 13 … */
  nextGrpcCallToken(): number
  /** Of gRPC streams: 6, 10, 14 … */
  nextGrpcStreamToken(): number
  /** Of Redis commands: 7, 11, 15 … */
  nextRedisToken(): number
}

/** What the VM offers to host functions. */
export type VmServices = {
  readonly abi: AbiVersion
  readonly vmId: string
  readonly configuration: Uint8Array
  readonly environment: VmEnvironment
  readonly environmentVariables: readonly (readonly [name: string, value: string])[]
  readonly memory: GuestMemory
  /** Metrics defined in this VM, by id (8.7). */
  readonly metrics: Map<number, { readonly kind: MetricKind; readonly name: string }>
  readonly randomBytes: { fill(bytes: Uint8Array): void }
  readonly ids: VmIds
  /** Runs after the outermost guest call has returned, first in first out (6.11). */
  defer(action: () => void): void
  /** A local reply was sent in this guest call: its returned value is ignored (6.3). */
  markReplied(): void
  /** False: no such context in this VM. */
  setEffectiveContext(id: number): boolean
  /** Writes a line the guest wrote, `bytes` as it is. */
  log(level: LogLevel, via: 'proxy_log' | 'stdout' | 'stderr', bytes: Uint8Array): void
}

/** One host call under way. */
export type HostCall = {
  readonly vm: VmServices
  /** The effective context if one is set and still exists, else the one whose callback runs (0 "Context rule"). */
  readonly context: GuestContext
  /** The one whose callback runs, also when another one is effective. */
  readonly current: GuestContext
  /** Returns `status` and keeps why. */
  refuse(status: number, reason: CallReason): number
}

export type EnvFunction = HostFunction<HostCall>

/** `abi/declare.ts` for functions of the proxy-wasm host: the meaning is given a `HostCall`. */
export function hostFunction<P extends Params, O extends Outs>(
  name: string,
  params: P,
  outs: O,
  meaning: (call: HostCall, args: Args<P>, out: Results<O>) => number,
  options: DeclareOptions = {},
): EnvFunction {
  return declare<HostCall, P, O>(name, params, outs, meaning, options)
}
