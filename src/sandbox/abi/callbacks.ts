import type { FunctionType, ValueType } from './wasm-types.ts'

/** ABI versions by marker export (proxy-wasm-host.md 1). 0.2.100 is known to Higress only. */
export const abiVersions = ['0_1_0', '0_2_0', '0_2_1', '0_2_100'] as const
export type AbiVersion = (typeof abiVersions)[number]

export const markerPrefix = 'proxy_abi_version_'

export type CallbackSpec = {
  /** Names of the i32 parameters, for the trace. */
  readonly params: readonly string[]
  readonly result: boolean
}

const spec = (result: boolean, ...params: string[]): CallbackSpec => ({ params, result })
const headers = spec(true, 'context', 'headers', 'end_of_stream')
const body = spec(true, 'context', 'size', 'end_of_stream')

/** Every export the host looks up, with its signature: all i32 (proxy-wasm-host.md 3.1). */
export const callbacks = {
  _initialize: spec(false),
  _start: spec(false),
  main: spec(true, 'argc', 'argv'),
  __main_void: spec(true),
  malloc: spec(true, 'size'),
  proxy_on_memory_allocate: spec(true, 'size'),
  proxy_on_context_create: spec(false, 'context', 'parent'),
  proxy_on_vm_start: spec(true, 'root', 'vm_configuration_size'),
  proxy_on_configure: spec(true, 'root', 'configuration_size'),
  proxy_on_tick: spec(false, 'root'),
  proxy_on_new_connection: spec(true, 'context'),
  proxy_on_downstream_data: body,
  proxy_on_upstream_data: body,
  proxy_on_downstream_connection_close: spec(false, 'context', 'peer'),
  proxy_on_upstream_connection_close: spec(false, 'context', 'peer'),
  proxy_on_request_headers: headers,
  proxy_on_response_headers: headers,
  proxy_on_request_body: body,
  proxy_on_response_body: body,
  proxy_on_request_trailers: spec(true, 'context', 'trailers'),
  proxy_on_response_trailers: spec(true, 'context', 'trailers'),
  proxy_on_request_metadata: spec(true, 'context', 'entries'),
  proxy_on_response_metadata: spec(true, 'context', 'entries'),
  proxy_on_http_call_response: spec(false, 'root', 'token', 'headers', 'body_size', 'trailers'),
  proxy_on_redis_call_response: spec(false, 'root', 'token', 'status', 'size'),
  proxy_on_grpc_receive_initial_metadata: spec(false, 'root', 'token', 'entries'),
  proxy_on_grpc_receive: spec(false, 'root', 'token', 'size'),
  proxy_on_grpc_receive_trailing_metadata: spec(false, 'root', 'token', 'entries'),
  proxy_on_grpc_close: spec(false, 'root', 'token', 'status'),
  proxy_on_queue_ready: spec(false, 'root', 'queue'),
  proxy_on_foreign_function: spec(false, 'root', 'function', 'size'),
  proxy_on_done: spec(true, 'context'),
  proxy_on_log: spec(false, 'context'),
  proxy_on_delete: spec(false, 'context'),
} as const satisfies Record<string, CallbackSpec>
export type CallbackName = keyof typeof callbacks

/** Only modules of 0.2 and later have these looked up (3.1). */
const since02: ReadonlySet<string> = new Set(['proxy_on_foreign_function', 'proxy_on_redis_call_response'])

export const callbackNames = Object.keys(callbacks).filter((name): name is CallbackName => name in callbacks)

/** The signature the host expects, or `undefined` if it does not look the name up for this version and family. */
export function callbackType(
  name: CallbackName,
  abi: AbiVersion,
  family: 'higress' | 'envoy',
): FunctionType | undefined {
  if (abi === '0_1_0' && since02.has(name)) return undefined
  if (name === 'proxy_on_redis_call_response' && family === 'envoy') return undefined
  const { params, result } = callbacks[name]
  const short = abi === '0_1_0' && (name === 'proxy_on_request_headers' || name === 'proxy_on_response_headers')
  const count = short ? 2 : params.length
  return { params: Array.from({ length: count }, (): ValueType => 'i32'), results: result ? ['i32'] : [] }
}
