/** Why a host call was refused. Views word it; explanations use the parameters. */
export type CallReason =
  | { readonly code: 'unknown-cluster'; readonly cluster: string; readonly known: readonly string[] }
  | { readonly code: 'missing-pseudo-header'; readonly header: string }
  | { readonly code: 'unparsable-pairs' }
  | { readonly code: 'timeout-too-large'; readonly value: number }
  | { readonly code: 'map-unavailable'; readonly map: string; readonly phase: string }
  | { readonly code: 'map-read-only'; readonly map: string }
  | { readonly code: 'buffer-unavailable'; readonly buffer: string; readonly phase: string }
  | { readonly code: 'buffer-read-only'; readonly buffer: string }
  | { readonly code: 'splice-in-the-middle'; readonly start: number; readonly length: number }
  | { readonly code: 'enum-out-of-range'; readonly argument: string; readonly value: number; readonly max: number }
  | { readonly code: 'out-of-bounds'; readonly argument: string; readonly pointer: number; readonly size: number }
  | { readonly code: 'allocator'; readonly detail: 'trapped' | 'null' | 'out-of-bounds' }
  /** A command before `proxy_redis_init` for this cluster. */
  | { readonly code: 'redis-not-initialised'; readonly cluster: string }
  /** Of no gRPC call or stream, or of one that has ended. */
  | { readonly code: 'unknown-token'; readonly token: number }
  /** The bytes of the service are a `GrpcService` message in which no cluster is named. */
  | { readonly code: 'grpc-no-target' }
  /** Also of an Ok: a real Envoy has given the memory of this body back: held with status 2 or 3, touched after its callback. */
  | { readonly code: 'gone-body' }
  /** More than Proxyground keeps for guests (sandbox/host/bounds.ts). */
  | { readonly code: 'limit'; readonly what: LimitedThing; readonly most: number }
  | { readonly code: 'not-implemented' }
  | { readonly code: 'no-stream' }
  | { readonly code: 'unknown-context'; readonly id: number }
  | { readonly code: 'unknown-property'; readonly path: string }
  | { readonly code: 'unknown-name'; readonly name: string }
  | { readonly code: 'restricted-during-start' }
  | { readonly code: 'other'; readonly detail: string }

export type LimitedThing = 'metrics' | 'queues' | 'queueItems' | 'sharedData' | 'calls' | 'properties' | 'expressions'

/** Why a module does not load, beside the text a real host prints. */
export type LoadReason =
  | {
      readonly code:
        | 'not-wasm'
        | 'truncated'
        | 'no-abi-marker'
        | 'command-module'
        | 'no-allocator'
        | 'no-memory'
        | 'start-failed'
        | 'configure-failed'
        | 'vm-start-failed'
    }
  | { readonly code: 'unknown-abi'; readonly marker: string }
  | { readonly code: 'missing-import'; readonly module: string; readonly name: string }
  | {
      readonly code: 'import-type'
      readonly module: string
      readonly name: string
      readonly expected: string
      readonly actual: string
    }
  | { readonly code: 'imported-memory' | 'imported-table' | 'imported-global'; readonly name: string }
  | { readonly code: 'bad-signature'; readonly name: string; readonly expected: string; readonly actual: string }
  | { readonly code: 'engine'; readonly detail: string }
  | { readonly code: 'not-built'; readonly detail: string }
