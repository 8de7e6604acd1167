/** Guests for tests, put together from a few operations and written as WAT. */
import type { HeaderList } from '../../model/http.ts'
import { encodeCommand } from '../upstream/redis/query.ts'

const imports: Readonly<Record<string, number>> = {
  proxy_log: 3,
  proxy_add_header_map_value: 5,
  proxy_replace_header_map_value: 5,
  proxy_remove_header_map_value: 3,
  proxy_get_header_map_value: 5,
  proxy_set_header_map_pairs: 3,
  proxy_get_buffer_bytes: 5,
  proxy_set_buffer_bytes: 5,
  proxy_get_property: 4,
  proxy_set_property: 4,
  proxy_send_local_response: 8,
  proxy_continue_stream: 1,
  proxy_close_stream: 1,
  proxy_http_call: 10,
  proxy_grpc_call: 12,
  proxy_redis_init: 7,
  proxy_inject_encoded_data_to_filter_chain: 3,
  proxy_get_upstream_hosts: 2,
  proxy_set_upstream_override_host: 2,
  proxy_call_foreign_function: 6,
  proxy_redis_call: 5,
  proxy_set_effective_context: 1,
  proxy_set_tick_period_milliseconds: 1,
  proxy_set_shared_data: 5,
  proxy_get_shared_data: 5,
  proxy_define_metric: 4,
  proxy_register_shared_queue: 3,
  proxy_resolve_shared_queue: 5,
  proxy_enqueue_shared_queue: 3,
  proxy_dequeue_shared_queue: 3,
}

const parameters = {
  request_headers: 3,
  request_body: 3,
  request_trailers: 2,
  response_headers: 3,
  response_body: 3,
  response_trailers: 2,
  configure: 2,
  vm_start: 2,
  log: 1,
  done: 1,
  delete: 1,
  tick: 1,
  queue_ready: 2,
  http_call_response: 5,
  redis_call_response: 4,
  grpc_receive: 3,
  new_connection: 1,
  downstream_data: 3,
  upstream_data: 3,
  downstream_connection_close: 2,
  upstream_connection_close: 2,
} as const
type Callback = keyof typeof parameters
const withoutResult: ReadonlySet<Callback> = new Set([
  'log',
  'delete',
  'tick',
  'queue_ready',
  'http_call_response',
  'redis_call_response',
  'grpc_receive',
  'downstream_connection_close',
  'upstream_connection_close',
])

/** Operations are WAT statements; each host call's status lands in the global `$status`. */
export class GuestText {
  private data = ''
  private next = 4096

  private bytes(bytes: Uint8Array): string {
    const at = this.next
    this.next += bytes.length + 8
    const text = Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')
    this.data += `(data (i32.const ${at}) "${text}")\n`
    return `(i32.const ${at}) (i32.const ${bytes.length})`
  }

  private text(text: string): string {
    return this.bytes(new TextEncoder().encode(text))
  }

  private pairs(list: HeaderList): string {
    const encoder = new TextEncoder()
    const entries = list.map(([key, value]) => [encoder.encode(key), encoder.encode(value)] as const)
    const bytes: number[] = []
    const word = (value: number): void =>
      void bytes.push(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24)
    word(entries.length)
    for (const [key, value] of entries) {
      word(key.length)
      word(value.length)
    }
    for (const [key, value] of entries) bytes.push(...key, 0, ...value, 0)
    return this.bytes(Uint8Array.from(bytes))
  }

  private call(name: string, ...args: (string | number)[]): string {
    const values = args.map((arg) => (typeof arg === 'number' ? `(i32.const ${arg})` : arg)).join(' ')
    return `(global.set $status (call $${name} ${values}))`
  }

  readonly trap = '(unreachable)'
  log = (message: string, level = 2): string => this.call('proxy_log', level, this.text(message))
  /** Logs the status of the last host call as one character, '0' for Ok. */
  logStatus = (): string =>
    `(i32.store8 (i32.const 64) (i32.add (global.get $status) (i32.const 48))) ${this.call('proxy_log', 2, 64, 1)}`
  private logOut = (): string =>
    `(if (i32.eqz (global.get $status)) (then ${this.call('proxy_log', 2, '(i32.load (i32.const 16))', '(i32.load (i32.const 20))')}) (else ${this.logStatus()}))`
  add = (map: number, key: string, value: string): string =>
    this.call('proxy_add_header_map_value', map, this.text(key), this.text(value))
  replace = (map: number, key: string, value: string): string =>
    this.call('proxy_replace_header_map_value', map, this.text(key), this.text(value))
  remove = (map: number, key: string): string => this.call('proxy_remove_header_map_value', map, this.text(key))
  setPairs = (map: number, pairs: HeaderList): string => this.call('proxy_set_header_map_pairs', map, this.pairs(pairs))
  /** Logs the value, or the status when it is not Ok. */
  logHeader = (map: number, key: string): string =>
    this.call('proxy_get_header_map_value', map, this.text(key), 16, 20) + this.logOut()
  logBuffer = (type: number): string => this.call('proxy_get_buffer_bytes', type, 0, 0x7fffffff, 16, 20) + this.logOut()
  logProperty = (...path: string[]): string =>
    this.call('proxy_get_property', this.text(path.join('\0')), 16, 20) + this.logOut()
  setProperty = (path: string, value: string): string =>
    this.call('proxy_set_property', this.text(path), this.text(value))
  setBody = (type: number, text: string): string =>
    this.call('proxy_set_buffer_bytes', type, 0, 0x7fffffff, this.text(text))
  reply = (status: number, body = '', details = '', headers: HeaderList = [], grpc = -1): string =>
    this.call('proxy_send_local_response', status, this.text(details), this.text(body), this.pairs(headers), grpc)
  resume = (stream: 0 | 1 | 2 | 3): string => this.call('proxy_continue_stream', stream)
  close = (stream: 0 | 1 | 2 | 3): string => this.call('proxy_close_stream', stream)
  tickEvery = (milliseconds: number): string => this.call('proxy_set_tick_period_milliseconds', milliseconds)
  httpCall = (cluster: string, headers: HeaderList, body = '', timeoutMs = 1000): string =>
    this.call(
      'proxy_http_call',
      this.text(cluster),
      this.pairs(headers),
      this.text(body),
      '(i32.const 0) (i32.const 0)',
      timeoutMs,
      24,
    )
  /** The token stays at address 24. */
  grpcCall = (cluster: string, service: string, method: string, message: string): string =>
    this.call('proxy_grpc_call', this.text(cluster), this.text(service), this.text(method), this.pairs([]), this.text(message), 1000, 24) // biome-ignore format: one call
  redisInit = (cluster: string, username = '', password = '', timeoutMs = 1000): string =>
    this.call('proxy_redis_init', this.text(cluster), this.text(username), this.text(password), timeoutMs)
  /** A command by its words; the token stays at address 28. */
  redis = (cluster: string, ...words: string[]): string => this.redisBytes(cluster, encodeCommand(words))
  redisBytes = (cluster: string, query: string): string =>
    this.call('proxy_redis_call', this.text(cluster), this.text(query), 28)
  /** Logs the token of the last call as one character: token 7 is '7'. */
  logToken = (): string =>
    `(i32.store8 (i32.const 64) (i32.add (i32.load (i32.const 28)) (i32.const 48))) ${this.call('proxy_log', 2, 64, 1)}`
  /** For redis_call_response: logs its status argument. */
  logRedisStatus = (): string => `(global.set $status (local.get 2)) ${this.logStatus()}`
  inject = (body: string, end: 0 | 1): string =>
    this.call('proxy_inject_encoded_data_to_filter_chain', this.text(body), end)
  injectOnHeader = (body: string): string =>
    this.call(
      'proxy_call_foreign_function',
      this.text('inject_encoded_data_to_filter_chain_on_header'),
      this.bytes(Uint8Array.from([0x0a, body.length, ...new TextEncoder().encode(body), 0x10, 1])),
      0,
      0,
    )
  /** Without argument or result. */
  foreign = (name: string): string => this.call('proxy_call_foreign_function', this.text(name), 0, 0, 0, 0)
  /** Logs the pairs as they are serialised. */
  logHosts = (): string => this.call('proxy_get_upstream_hosts', 16, 20) + this.logOut()
  chooseHost = (address: string): string => this.call('proxy_set_upstream_override_host', this.text(address))
  /** Logs an argument of this callback as one character, 0 for nothing and A for 17. */
  logArgument = (index: number): string =>
    `(i32.store8 (i32.const 64) (i32.add (local.get ${index}) (i32.const 48))) ${this.call('proxy_log', 2, 64, 1)}`
  /** To the stream whose callback ran last. */
  useStream = (): string => this.call('proxy_set_effective_context', '(global.get $stream)')
  share = (key: string, value: string): string =>
    this.call('proxy_set_shared_data', this.text(key), this.text(value), 0)
  logShared = (key: string): string => this.call('proxy_get_shared_data', this.text(key), 16, 20, 24) + this.logOut()
  /** With the version that the last `logShared` told. */
  shareIfUnchanged = (key: string, value: string): string =>
    this.call('proxy_set_shared_data', this.text(key), this.text(value), '(i32.load (i32.const 24))')
  register = (queue: string): string => this.call('proxy_register_shared_queue', this.text(queue), 32)
  enqueue = (vmId: string, queue: string, item: string): string =>
    this.call('proxy_resolve_shared_queue', this.text(vmId), this.text(queue), 32) +
    this.call('proxy_enqueue_shared_queue', '(i32.load (i32.const 32))', this.text(item))
  /** For queue_ready: logs the next item of that queue. */
  logQueued = (): string => this.call('proxy_dequeue_shared_queue', '(local.get 1)', 16, 20) + this.logOut()
  /** The number a callback returns. */
  answer = (value: number): string => `(global.set $answer (i32.const ${value}))`
  /** For body callbacks: only when the end of the stream is seen, or only before. */
  atEnd = (...operations: string[]): string => `(if (local.get 2) (then ${operations.join(' ')}))`
  beforeEnd = (...operations: string[]): string => `(if (i32.eqz (local.get 2)) (then ${operations.join(' ')}))`

  build(abi: string, callbacks: Readonly<Partial<Record<Callback, readonly string[]>>>): string {
    const functions = Object.entries(callbacks).map(([name, operations]) => this.callback(name, operations))
    const used = functions.join('\n')
    const needed = Object.entries(imports).filter(([name]) => used.includes(`$${name} `))
    return `(module
      ${needed.map(([name, count]) => `(import "env" "${name}" (func $${name} (param${' i32'.repeat(count)}) (result i32)))`).join('\n')}
      (memory (export "memory") 8)
      (global $heap (mut i32) (i32.const 131072))
      (global $status (mut i32) (i32.const 0))
      (global $answer (mut i32) (i32.const 0))
      (global $stream (mut i32) (i32.const 0))
      (global $n (mut i32) (i32.const 0))
      (func (export "proxy_abi_version_${abi}"))
      (func (export "malloc") (param $size i32) (result i32)
        (global.get $heap)
        (global.set $heap (i32.add (global.get $heap) (i32.and (i32.add (local.get $size) (i32.const 15)) (i32.const -8)))))
      ${this.data}
      ${used})`
  }

  private callback(name: string, operations: readonly string[] = []): string {
    if (!isCallback(name)) throw new Error(`${name} is no callback of test guests`)
    const returns = !withoutResult.has(name)
    const first = name === 'configure' || name === 'vm_start' || name === 'done' ? 1 : 0
    const remembers = /^(request|response|downstream|upstream|new)_/.test(name)
      ? '(global.set $stream (local.get 0))'
      : ''
    return `(func (export "proxy_on_${name}") (param${' i32'.repeat(parameters[name])}) ${returns ? '(result i32)' : ''}
      ${remembers} (global.set $answer (i32.const ${first})) ${operations.join('\n')} ${returns ? '(global.get $answer)' : ''})`
  }
}

const isCallback = (name: string): name is Callback => Object.hasOwn(parameters, name)

/** A guest by its callbacks. `abi` is the marker, 0_2_1 unless told. */
export function guest(
  callbacks: (g: GuestText) => Readonly<Partial<Record<Callback, readonly string[]>>>,
  abi = '0_2_1',
): string {
  const text = new GuestText()
  return text.build(abi, callbacks(text))
}
