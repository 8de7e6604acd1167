/**
 * The seam between the VM half of the emulator (abi, vm, host, wasi, trace) and the gateway half (chain, codec,
 * gateway, time, run). The VM half calls what is declared here and never imports the gateway half.
 */
import type { Histogram } from '../../model/histogram.ts'
import type { HeaderList } from '../../model/http.ts'
import type { GatewayProfile } from '../../model/profile.ts'
import type { CallReason, EffectiveAction, LogLevel } from '../../model/trace.ts'

/** A header or trailer map with Envoy's rules (lower-case keys, joins of inline headers, pseudo headers first). */
export type HeaderMap = {
  /** First value only. */
  get(name: string): string | undefined
  pairs(): HeaderList
  readonly size: number
  /** Sum of key and value lengths (`proxy_get_header_map_size`). */
  byteSize(): number
  add(name: string, value: string): void
  replace(name: string, value: string): void
  remove(name: string): void
  /** Removes every entry, then adds these. */
  setAll(pairs: HeaderList): void
}

/** A body buffer as host calls see it. `set` follows the exact rules of proxy-wasm-host.md 2.3. */
export type BodyBuffer = {
  bytes(): Uint8Array
  replace(bytes: Uint8Array): void
  readonly writable: boolean
  /** A real Envoy has given its memory back: reading or writing it may end the process. */
  readonly gone?: boolean
}

export type LocalReply = {
  readonly status: number
  readonly details: string
  readonly body: Uint8Array
  readonly headers: HeaderList
  readonly grpcStatus: number
}

/** A value of the attribute tree (proxy-wasm-host.md 5); the VM half serialises it. */
export type AttributeValue =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'uint'; readonly value: bigint }
  /** Nanoseconds since 1970. */
  | { readonly kind: 'time'; readonly value: bigint }
  /** Nanoseconds. */
  | { readonly kind: 'duration'; readonly value: bigint }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'map'; readonly value: HeaderList }
  | { readonly kind: 'null' }
  | { readonly kind: 'missing' }
  /** A node whose keys cannot be listed (`request`): status 3 when read as a whole. */
  | { readonly kind: 'tree' }

/** How a plugin declared a property (`declare_property`); what is not declared is mutable bytes. */
export type PropertyDeclaration = {
  readonly readOnly: boolean
  /** Text to expressions instead of bytes. */
  readonly text: boolean
}

/** What the filter state holds, by how it can be read: as text, as bytes, by its fields only, or not at all. */
export type FilterObject =
  | { readonly kind: 'text' | 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'fields' | 'hidden' }

/** What the current or effective context of a host call can reach. Streams and roots implement it. */
export type ContextHost = {
  readonly kind: 'root' | 'http' | 'tcp'
  /** True while `proxy_on_log` runs: maps are read-only, a missing map answers NotFound. */
  readonly inLog: boolean
  /** Word for the phase, for explanations: `request_headers`, `response_body`, `tick`, `log`, … */
  readonly phase: string
  /** `write` on trailers in the last body callback creates them (6.6). `undefined`: not available now. */
  headerMap(type: number, intent: 'read' | 'write'): { readonly map: HeaderMap; readonly writable: boolean } | undefined
  /** Buffers 0 and 1 by the rule of 6.4. `undefined`: not available now. */
  buffer(type: number): BodyBuffer | undefined
  /**
   * `proxy_continue_stream` was called: the pointers of 6.7 are cleared at once, inside the guest call. The continue
   * itself follows with `continueStream`.
   */
  continueRequested(stream: 0 | 1): void
  /** `proxy_continue_stream(Downstream)` of a TCP connection. */
  continueConnection?(): void
  /** `proxy_close_stream` of either side of a TCP connection: both close the client's. */
  closeConnection?(): void
  /** The following four are performed by the VM after the outermost guest call has returned (6.11). */
  continueStream(stream: 0 | 1): void
  closeStream(stream: 0 | 1): void
  sendLocalReply(reply: LocalReply): void
  /** To the filters behind this one in the response, and the client; called inside the guest call unless it ends the stream. */
  injectEncodedData(body: Uint8Array, endOfStream: boolean): void
  /** The whole body of a response without one, from the event loop, if the headers are still held then. */
  injectOnHeader(body: Uint8Array): void
  /** Address and what is known of each host of the route's cluster. */
  upstreamHosts(): HeaderList
  /** `ip:port` of a host of that cluster; counts if the request has not gone out yet. */
  overrideUpstreamHost(address: string): void
  clearRouteCache(): void
  attribute(path: readonly string[]): AttributeValue
  /** Returns a status number: 0, 1 (no stream), 2 (read only), 10 (no more is kept). `declaration`: what the root declared for this path. */
  setProperty(path: string, value: Uint8Array, declaration?: PropertyDeclaration): number
  /** Keeps an object of Envoy's own by its name. False: there is no stream. */
  setFilterObject(name: string, object: FilterObject): boolean
}

export type HttpCallRequest = {
  readonly cluster: string
  readonly headers: HeaderList
  readonly body: Uint8Array
  readonly trailers: HeaderList
  readonly timeoutMs: number
}

/** Ok, BadArgument or InternalFailure, and why. */
export type CallStart = { readonly status: 0 | 2 | 10; readonly reason?: CallReason }

/** A gRPC call, or the start of a stream (proxy-wasm-host.md 8.2). */
export type GrpcRequest = {
  readonly cluster: string
  /** What the service is called instead of the cluster. */
  readonly authority: string | undefined
  /** `/package.Service/Method`. */
  readonly path: string
  readonly metadata: HeaderList
  /** Of a call; a stream sends its messages later and has no timeout. */
  readonly call: { readonly message: Uint8Array; readonly timeoutMs: number } | undefined
}

/** Ok, or NotFound: no such call or stream of this root. */
export type GrpcFound = 0 | 1

/** What the gateway gives to a plugin's root context. */
export type RootHost = ContextHost & {
  readonly pluginName: string
  readonly rootId: string
  /** Why no callout can go to this cluster; asked before headers are looked at, as the real host does (8.1). */
  clusterProblem?(cluster: string): CallReason | undefined
  /** Starts a callout; the gateway delivers its end through `RootContext.httpCallResponse`. The token was allocated by the VM. */
  startHttpCall(token: number, request: HttpCallRequest): CallStart
  /** Credentials, timeout and options for a Redis cluster on this worker (8.4). The name may carry `?db=…`. */
  redisInit(cluster: string, username: string, password: string, timeoutMs: number): CallStart
  /** Sends RESP bytes; the end comes through `RootContext.redisReply`. */
  startRedisCall(token: number, cluster: string, query: Uint8Array): CallStart
  /** The end of a call and everything of a stream come through the `grpc…` functions of `RootContext`. */
  startGrpc(token: number, request: GrpcRequest): CallStart
  sendGrpc(token: number, message: Uint8Array, endOfStream: boolean): GrpcFound
  /** Ends it without a callback. */
  cancelGrpc(token: number): GrpcFound
  /** Ends this side of a stream; cancels a call. */
  closeGrpc(token: number): GrpcFound
  setTickPeriod(milliseconds: number): void
  /** An item came into a queue whose last registrar this root is; it is told later, never inside the host call (8.6). */
  queueReady(queue: number): void
}

/** Everything a VM needs from the world; one per run. */
export type VmEnvironment = {
  readonly clock: {
    /** Absolute virtual nanoseconds since 1970. */
    nowNs(): bigint
    /** Each clock_time_get moves time by 1 µs; poll_oneoff jumps to a deadline (design 4.6). */
    advance(ns: number): void
  }
  /** Deterministic bytes, f(seed, VM instance, purpose). */
  random(purpose: string): { fill(bytes: Uint8Array): void }
  readonly logLevel: LogLevel | 'off'
  readonly sharedData: SharedDataStore
  readonly sharedQueues: SharedQueueStore
  readonly metrics: MetricStore
  /** Higress hosts register the redis, inject and upstream-host imports and allow calls inside the allocator. */
  readonly family: 'higress' | 'envoy'
  /** Which foreign functions exist depends on the version. */
  readonly profile: GatewayProfile
}

export type SharedDataStore = {
  get(vmId: string, key: string): { readonly value: Uint8Array; readonly cas: number } | undefined
  /** False: CasMismatch. `full`: no more is kept (host/bounds.ts). */
  set(vmId: string, key: string, value: Uint8Array, cas: number): boolean | 'full'
  entries(): readonly (readonly [vmId: string, key: string, value: Uint8Array, cas: number])[]
}

/** Queues of the whole process by VM id and name (proxy-wasm-host.md 8.6). */
export type SharedQueueStore = {
  /** The queue's id; an existing queue keeps its items, and from now on `consumer` is told of new ones. */
  register(vmId: string, name: string, consumer: (queue: number) => void): number | 'full'
  /** `undefined`: nobody registered it. */
  resolve(vmId: string, name: string): number | undefined
  /** False: no such queue. */
  enqueue(queue: number, value: Uint8Array): boolean | 'full'
  dequeue(queue: number): Uint8Array | 'empty' | 'unknown'
}

export type MetricKind = 'counter' | 'gauge' | 'histogram'
/** `value` of a counter or gauge, 64 bits; what a histogram recorded. */
export type StatValue = { value: bigint; readonly histogram: Histogram }
export type MetricStore = {
  /** The process-wide stat of that name; ids are per VM and belong to the VM half. */
  stat(kind: MetricKind, name: string): StatValue
  entries(): readonly (StatValue & { readonly name: string; readonly kind: MetricKind })[]
}

/** What a stream callback gave back, before conversion to an action. */
export type GuestReturn =
  | {
      readonly kind: 'returned'
      readonly value: number /** a local reply was sent during this call (6.3) */
      readonly replied: boolean
    }
  /** Not exported: Continue. */
  | { readonly kind: 'absent' }
  /** The VM trapped now or earlier: the fail policy decides (7.4). */
  | { readonly kind: 'failed' }

/** Filled in by the VM half; used by the gateway half. */
export type StreamContext = {
  readonly id: number
  requestHeaders(count: number, endOfStream: boolean): GuestReturn
  requestBody(size: number, endOfStream: boolean): GuestReturn
  requestTrailers(count: number): GuestReturn
  responseHeaders(count: number, endOfStream: boolean): GuestReturn
  responseBody(size: number, endOfStream: boolean): GuestReturn
  responseTrailers(count: number): GuestReturn
  log(): void
  /** done, then delete. */
  finish(): void
  newConnection(): GuestReturn
  downstreamData(size: number, endOfStream: boolean): GuestReturn
  upstreamData(size: number, endOfStream: boolean): GuestReturn
  /** 1: closed by the gateway, 2: by the client. */
  downstreamClosed(peer: 1 | 2): void
  upstreamClosed(): void
  /** done, log, delete: the order of connections (3.3). */
  finishConnection(): void
  /** The chain's conversion of the last return, for the trace (`guest.leave.action`). */
  noteAction(action: EffectiveAction): void
}

export type RootContext = {
  readonly id: number
  readonly host: RootHost
  tick(): void
  queueReady(queue: number): void
  httpCallResponse(
    token: number,
    response: { readonly headers: HeaderList; readonly body: Uint8Array; readonly trailers: HeaderList } | 'reset',
  ): void
  /** `failed`: network failure or timeout, status 1. */
  redisReply(token: number, reply: Uint8Array | 'failed'): void
  grpcInitialMetadata(token: number, metadata: HeaderList): void
  grpcReceive(token: number, message: Uint8Array): void
  grpcTrailingMetadata(token: number, metadata: HeaderList): void
  grpcClose(token: number, status: number, message: string): void
  /** on_configure again with new bytes; false or a trap is a failure. */
  configure(configuration: Uint8Array): boolean
  /** Root shutdown after a configuration update (3.4): done, then delete (when done answers false: after `proxy_done`). */
  finish(): void
}
