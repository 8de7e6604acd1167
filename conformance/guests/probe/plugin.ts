/**
 * The probe: a plugin whose configuration is a script. Per callback a list of host calls; each logs what came back, so
 * that two hosts can be compared line by line. Raw layer on purpose: no SDK rule stands between script and host.
 *
 *   on request_headers            the callback, without `proxy_on_`
 *   get 0 :path                   one host call a line, fields split by one space, %XX decoded
 *   @2 add 0 x-a b                only the second time this callback runs (for this context)
 *   trapif x-trap                 traps for a request with that header
 *   return 1,0                    what the callback returns, by turn; the last one stays
 */
import '@proxyground/sdk/core/globals'
import * as host from '@proxyground/sdk/core/host'
import { rawAnswer, rawArguments, rawCall } from './raw'

// Not in the SDK: in the field it answers bytes where everybody expects a count.
// @ts-ignore: decorator
@external('env', 'proxy_get_header_map_size')
declare function proxy_get_header_map_size(map: u32, size: usize): u32

// @ts-ignore: decorator
@external('env', 'proxy_grpc_call')
declare function proxy_grpc_call(service: usize, serviceSize: usize, name: usize, nameSize: usize, method: usize, methodSize: usize, metadata: usize, metadataSize: usize, message: usize, messageSize: usize, timeout: u32, token: usize): u32
// @ts-ignore: decorator
@external('env', 'proxy_grpc_stream')
declare function proxy_grpc_stream(service: usize, serviceSize: usize, name: usize, nameSize: usize, method: usize, methodSize: usize, metadata: usize, metadataSize: usize, token: usize): u32
// @ts-ignore: decorator
@external('env', 'proxy_grpc_send')
declare function proxy_grpc_send(token: u32, message: usize, size: usize, end: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_grpc_cancel')
declare function proxy_grpc_cancel(token: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_grpc_close')
declare function proxy_grpc_close(token: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_buffer_status')
declare function proxy_get_buffer_status(type: u32, length: usize, flags: usize): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_current_time_nanoseconds')
declare function proxy_get_current_time_nanoseconds(time: usize): u32
// Of ABI 0.1.0 only.
// @ts-ignore: decorator
@external('env', 'proxy_continue_request')
declare function proxy_continue_request(): u32
// @ts-ignore: decorator
@external('env', 'proxy_continue_response')
declare function proxy_continue_response(): u32
// @ts-ignore: decorator
@external('env', 'proxy_clear_route_cache')
declare function proxy_clear_route_cache(): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_configuration')
declare function proxy_get_configuration(pointer: usize, length: usize): u32

/** Which form of the ABI this build has (`conformance/probe-guest.ts` makes the others of it). */
const ABI: i32 = 21

const P: usize = memory.data(4)
const N: usize = memory.data(4)
const W: usize = memory.data(4)
const L: usize = memory.data(8, 8)

class Section {
  constructor(
    readonly name: string,
    readonly lines: string[][],
    readonly returns: i32[],
  ) {}
}

class Script {
  tag: string = 'probe'
  readonly sections: Map<string, Section> = new Map<string, Section>()
}

/** By root context: plugins may share a VM. */
const scripts = new Map<u32, Script>()
const parents = new Map<u32, u32>()
let turns = new Map<string, i32>()
let script = new Script()

/** The script of the plugin that this context belongs to runs from now on. */
function use(context: u32): void {
  const parent = parents.has(context) ? parents.get(context) : 0
  const root = parent == 0 ? context : parent
  if (scripts.has(root)) script = scripts.get(root)
}

/** Pinned: nothing but a number holds what the host wrote until it is read. */
export function malloc(size: usize): usize {
  return __pin(changetype<usize>(new ArrayBuffer(<i32>size)))
}

function utf8(text: string): ArrayBuffer {
  return String.UTF8.encode(text)
}
// @ts-ignore: decorator
@inline function at(bytes: ArrayBuffer): usize {
  return changetype<usize>(bytes)
}
function size(bytes: ArrayBuffer): usize {
  return <usize>bytes.byteLength
}

/** Escapes all but printable ASCII, so that a log line is one line on every host. */
function shown(block: ArrayBuffer, length: usize): string {
  const pointer = at(block)
  let out = ''
  for (let i: usize = 0; i < length; i++) {
    const byte = load<u8>(pointer + i)
    if (byte >= 0x20 && byte < 0x7f && byte != 0x25) out += String.fromCharCode(byte)
    else out += '%' + (byte < 16 ? '0' : '') + byte.toString(16)
  }
  return out
}

function decode(field: string): ArrayBuffer {
  const source = utf8(field)
  const length = source.byteLength
  const target = new ArrayBuffer(length)
  let used = 0
  for (let i = 0; i < length; i++) {
    let byte = load<u8>(at(source) + i)
    if (byte == 0x25 && i + 2 < length) {
      byte = (hex(load<u8>(at(source) + i + 1)) << 4) | hex(load<u8>(at(source) + i + 2))
      i += 2
    }
    store<u8>(at(target) + used, byte)
    used++
  }
  return target.slice(0, used)
}
function hex(byte: u8): u8 {
  return byte >= 0x61 ? byte - 0x57 : byte >= 0x41 ? byte - 0x37 : byte - 0x30
}

function say(text: string): void {
  const bytes = utf8(script.tag + ' ' + text)
  host.proxy_log(2, at(bytes), size(bytes))
}

/** What the host wrote behind pointer and size, and both cleared for the next call. */
function taken(): string {
  const pointer = load<u32>(P)
  const length = load<u32>(N)
  // As a reference, so that the collector keeps the block while the text grows.
  const text =
    pointer == 0 ? 'NULL ' + length.toString() : shown(changetype<ArrayBuffer>(<usize>pointer), length)
  store<u32>(P, 0)
  store<u32>(N, 0)
  return text
}

/** Status and result. The result is taken before anything is allocated: nothing else holds it yet. */
function answered(status: u32): string {
  const text = taken()
  return status.toString() + ' ' + text
}

function pairsOf(fields: string[], from: i32): ArrayBuffer {
  const items = new Array<ArrayBuffer>()
  for (let i = from; i < fields.length; i++) {
    const cut = fields[i].indexOf('=')
    items.push(decode(cut < 0 ? fields[i] : fields[i].substring(0, cut)))
    items.push(decode(cut < 0 ? '' : fields[i].substring(cut + 1)))
  }
  let total = 4
  for (let i = 0; i < items.length; i++) total += 4 + items[i].byteLength + 1
  const block = new ArrayBuffer(total)
  store<u32>(at(block), items.length >> 1)
  let data = at(block) + 4 + items.length * 4
  for (let i = 0; i < items.length; i++) {
    store<u32>(at(block) + 4 + i * 4, items[i].byteLength)
    memory.copy(data, at(items[i]), size(items[i]))
    data += items[i].byteLength + 1
  }
  return block
}

function word(fields: string[], index: i32): u32 {
  return index < fields.length ? <u32>I64.parseInt(fields[index]) : 0
}
function bytes(fields: string[], index: i32): ArrayBuffer {
  return index < fields.length ? decode(fields[index]) : new ArrayBuffer(0)
}

let grpc: u32 = 0
function grpcAnswer(status: u32): string {
  const token = load<u32>(W)
  if (token != 0) grpc = token
  return status.toString() + ' token ' + token.toString()
}

let queue: u32 = 0
function queueAnswer(status: u32): string {
  const found = load<u32>(W)
  if (status == 0) queue = found
  store<u32>(W, 0)
  return status.toString() + ' id ' + (found == 0 ? '0' : 'n')
}

/** Runs one line and answers `status[ value]`. */
function perform(f: string[]): string {
  const op = f[0]
  const a = bytes(f, 1)
  const b = bytes(f, 2)
  const c = bytes(f, 3)
  const d = bytes(f, 4)
  if (op == 'log') return host.proxy_log(word(f, 1), at(b), size(b)).toString()
  if (op == 'get') return answered(host.proxy_get_header_map_value(word(f, 1), at(b), size(b), P, N))
  if (op == 'pairs') return answered(host.proxy_get_header_map_pairs(word(f, 1), P, N))
  if (op == 'add') return host.proxy_add_header_map_value(word(f, 1), at(b), size(b), at(c), size(c)).toString()
  if (op == 'replace') return host.proxy_replace_header_map_value(word(f, 1), at(b), size(b), at(c), size(c)).toString()
  if (op == 'remove') return host.proxy_remove_header_map_value(word(f, 1), at(b), size(b)).toString()
  if (op == 'setpairs') {
    const block = pairsOf(f, 2)
    return host.proxy_set_header_map_pairs(word(f, 1), at(block), size(block)).toString()
  }
  if (op == 'getbuf') {
    return answered(host.proxy_get_buffer_bytes(word(f, 1), word(f, 2), word(f, 3), P, N))
  }
  if (op == 'setbuf') return host.proxy_set_buffer_bytes(word(f, 1), word(f, 2), word(f, 3), at(d), size(d)).toString()
  if (ABI == 10) {
    if (op == 'continue') return (word(f, 1) == 0 ? proxy_continue_request() : proxy_continue_response()).toString()
    if (op == 'clearroute') return proxy_clear_route_cache().toString()
    if (op == 'config') return answered(proxy_get_configuration(P, N))
  } else {
    if (op == 'continue') return host.proxy_continue_stream(word(f, 1)).toString()
    if (op == 'close') return host.proxy_close_stream(word(f, 1)).toString()
  }
  if (ABI == 21) {
    if (op == 'raw') return rawCall(f[1], rawArguments(f, decode, pairsOf, load<u32>(W), queue)).toString() + rawAnswer(f[1])
    if (op == 'level') {
      const status = host.proxy_get_log_level(W)
      return status.toString() + ' ' + load<u32>(W).toString()
    }
  }
  if (op == 'reply') {
    const block = pairsOf(f, 5)
    return host
      .proxy_send_local_response(word(f, 1), at(b), size(b), at(c), size(c), at(block), f.length > 5 ? size(block) : 0, <i32>word(f, 4))
      .toString()
  }
  if (op == 'call') {
    // call CLUSTER TIMEOUT BODY NAME=VALUE…
    const block = pairsOf(f, 4)
    const status = host.proxy_http_call(at(a), size(a), at(block), f.length > 4 ? size(block) : 0, at(c), size(c), 0, 0, word(f, 2), W)
    return status.toString() + ' token ' + (load<u32>(W) == 0 ? '0' : 'n')
  }
  if (op == 'prop') return answered(host.proxy_get_property(at(a), size(a), P, N))
  if (op == 'setprop') return host.proxy_set_property(at(a), size(a), at(b), size(b)).toString()
  if (op == 'shget') {
    store<u32>(W, 0)
    const status = host.proxy_get_shared_data(at(a), size(a), P, N, W)
    const text = answered(status)
    return text + ' cas ' + (load<u32>(W) == 0 ? '0' : 'n')
  }
  if (op == 'shset') return host.proxy_set_shared_data(at(a), size(a), at(b), size(b), word(f, 3)).toString()
  if (op == 'metric') {
    // metric TYPE NAME inc|rec VALUE
    host.proxy_define_metric(word(f, 1), at(b), size(b), W)
    const id = load<u32>(W)
    const value = f.length > 4 ? I64.parseInt(f[4]) : 0
    const changed = f[3] == 'inc' ? host.proxy_increment_metric(id, value) : host.proxy_record_metric(id, value)
    const read = host.proxy_get_metric(id, L)
    return changed.toString() + ' ' + read.toString() + ' ' + (read == 0 ? load<u64>(L).toString() : '')
  }
  if (op == 'tick') return host.proxy_set_tick_period_milliseconds(word(f, 1)).toString()
  if (op == 'effective') return host.proxy_set_effective_context(word(f, 1)).toString()
  if (op == 'foreign') {
    return answered(host.proxy_call_foreign_function(at(a), size(a), at(b), size(b), P, N))
  }
  // Compressed and back: the compressed bytes are not the same on every host.
  if (op == 'roundtrip') {
    const packed = host.proxy_call_foreign_function(at(utf8('compress')), 8, at(a), size(a), P, N)
    const block = changetype<ArrayBuffer>(<usize>load<u32>(P))
    const length = load<u32>(N)
    const status = host.proxy_call_foreign_function(at(utf8('uncompress')), 10, at(block), length, P, N)
    return packed.toString() + (length < <u32>a.byteLength ? ' smaller ' : ' larger ') + answered(status)
  }
  // gcall SERVICE TIMEOUT METHOD MESSAGE NAME=VALUE…, of the gRPC service `probe.Probe`
  if (op == 'gcall') {
    const name = utf8('probe.Probe')
    const block = pairsOf(f, 5)
    store<u32>(W, 0)
    const status = proxy_grpc_call(at(a), size(a), at(name), size(name), at(c), size(c), at(block), f.length > 5 ? size(block) : 0, at(d), size(d), word(f, 2), W)
    return grpcAnswer(status)
  }
  // gstream SERVICE METHOD NAME=VALUE…
  if (op == 'gstream') {
    const name = utf8('probe.Probe')
    const block = pairsOf(f, 3)
    store<u32>(W, 0)
    const status = proxy_grpc_stream(at(a), size(a), at(name), size(name), at(b), size(b), at(block), f.length > 3 ? size(block) : 0, W)
    return grpcAnswer(status)
  }
  // Of the gRPC call or stream that was started last, or of the token given last.
  if (op == 'gsend') return proxy_grpc_send(f.length > 3 ? word(f, 3) : grpc, at(a), size(a), word(f, 2)).toString()
  if (op == 'gcancel') return proxy_grpc_cancel(f.length > 1 ? word(f, 1) : grpc).toString()
  if (op == 'gclose') return proxy_grpc_close(f.length > 1 ? word(f, 1) : grpc).toString()
  if (op == 'done') return host.proxy_done().toString()
  if (op == 'status') return answered(host.proxy_get_status(W, P, N)) + ' ' + load<u32>(W).toString()
  if (op == 'size') {
    const status = proxy_get_header_map_size(word(f, 1), W)
    return status.toString() + ' ' + (status == 0 ? load<u32>(W).toString() : '')
  }
  if (op == 'bufstatus') {
    const status = proxy_get_buffer_status(word(f, 1), W, N)
    const text = status.toString() + (status == 0 ? ' ' + load<u32>(W).toString() + ' ' + load<u32>(N).toString() : '')
    store<u32>(N, 0)
    return text
  }
  if (op == 'now') {
    const status = proxy_get_current_time_nanoseconds(L)
    // A time after 2020.
    return status.toString() + (load<u64>(L) > 1577836800000000000 ? ' later' : ' never')
  }
  if (op == 'register') return queueAnswer(host.proxy_register_shared_queue(at(a), size(a), W))
  if (op == 'resolve') return queueAnswer(host.proxy_resolve_shared_queue(at(a), size(a), at(b), size(b), W))
  // enqueue VALUE and dequeue use the queue that was registered or resolved last, enqueue VALUE ID the one given.
  if (op == 'enqueue') return host.proxy_enqueue_shared_queue(f.length > 2 ? word(f, 2) : queue, at(a), size(a)).toString()
  if (op == 'dequeue') return answered(host.proxy_dequeue_shared_queue(f.length > 1 ? word(f, 1) : queue, P, N))
  if (op == 'trap') unreachable()
  if (op == 'trapif') {
    // Only for a request that has this header.
    const status = host.proxy_get_header_map_value(0, at(a), size(a), P, N)
    taken()
    if (status == 0) unreachable()
    return status.toString()
  }
  return 'unknown op'
}

/** Which stream a call was started for, to make it effective when the answer comes. */
let waiting = new Map<u32, u32>()

function run(callback: string, context: u32, about: string): i32 {
  if (context != 0) use(context)
  const sections = script.sections
  const key = callback + '/' + context.toString()
  const turn = turns.has(key) ? turns.get(key) + 1 : 1
  turns.set(key, turn)
  say('> ' + callback + about)
  if (!sections.has(callback)) return 0
  const section = sections.get(callback)
  for (let i = 0; i < section.lines.length; i++) {
    let fields = section.lines[i]
    if (fields[0].startsWith('@')) {
      if (I32.parseInt(fields[0].substring(1)) != turn) continue
      fields = fields.slice(1)
    }
    const result = perform(fields)
    if ((fields[0] == 'call' || fields[0] == 'gcall' || fields[0] == 'gstream') && load<u32>(W) != 0) waiting.set(load<u32>(W), context)
    const operation = fields.join(' ')
    // Keys and signatures would fill the recordings.
    const shortened = operation.length > 450 ? operation.substring(0, 40) + '...' : operation
    say(callback + ': ' + shortened + ' -> ' + result)
  }
  const returns = section.returns
  if (returns.length == 0) return 0
  return returns[min(turn, returns.length) - 1]
}

function parse(text: string): Script {
  const parsed = new Script()
  let current = new Section('', new Array<string[]>(), new Array<i32>())
  const lines = text.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i].trim()
    if (line.length == 0) continue
    const fields = line.split(' ')
    if (fields[0] == 'tag') {
      parsed.tag = fields[1]
    } else if (fields[0] == 'on') {
      current = new Section(fields[1], new Array<string[]>(), new Array<i32>())
      parsed.sections.set(fields[1], current)
    } else if (fields[0] == 'return') {
      const values = fields[1].split(',')
      for (let v = 0; v < values.length; v++) current.returns.push(I32.parseInt(values[v]))
    } else {
      current.lines.push(fields)
    }
  }
  return parsed
}

export function proxy_on_context_create(id: u32, parent: u32): void {
  parents.set(id, parent)
}
export function proxy_on_vm_start(id: u32, length: u32): u32 {
  return 1
}
export function proxy_on_configure(id: u32, length: u32): u32 {
  if (host.proxy_get_buffer_bytes(7, 0, length, P, N) == 0 && load<u32>(P) != 0) {
    scripts.set(id, parse(String.UTF8.decodeUnsafe(load<u32>(P), load<u32>(N))))
  }
  store<u32>(P, 0)
  store<u32>(N, 0)
  use(id)
  if (script.sections.has('configure')) run('configure', id, '')
  return 1
}
export function proxy_on_tick(id: u32): void {
  run('tick', id, '')
}
export function proxy_on_queue_ready(id: u32, ready: u32): void {
  run('queue_ready', id, ready == queue ? '' : ' of another queue')
}
export function proxy_on_request_headers(id: u32, count: u32, end: u32): u32 {
  return run('request_headers', id, ' eos=' + end.toString())
}
export function proxy_on_request_body(id: u32, length: u32, end: u32): u32 {
  return run('request_body', id, ' size=' + length.toString() + ' eos=' + end.toString())
}
export function proxy_on_request_trailers(id: u32, count: u32): u32 {
  return run('request_trailers', id, ' n=' + count.toString())
}
export function proxy_on_response_headers(id: u32, count: u32, end: u32): u32 {
  return run('response_headers', id, ' eos=' + end.toString())
}
export function proxy_on_response_body(id: u32, length: u32, end: u32): u32 {
  return run('response_body', id, ' size=' + length.toString() + ' eos=' + end.toString())
}
export function proxy_on_response_trailers(id: u32, count: u32): u32 {
  return run('response_trailers', id, ' n=' + count.toString())
}
export function proxy_on_http_call_response(id: u32, token: u32, headers: u32, length: u32, trailers: u32): void {
  const stream = forStream(id, token)
  run('http_call_response', stream, ' n=' + headers.toString() + ' size=' + length.toString())
}
function forStream(id: u32, token: u32): u32 {
  use(id)
  const stream = waiting.has(token) ? waiting.get(token) : 0
  if (stream != 0) host.proxy_set_effective_context(stream)
  return stream
}
export function proxy_on_grpc_receive_initial_metadata(id: u32, token: u32, count: u32): void {
  run('grpc_initial_metadata', forStream(id, token), ' token=' + token.toString() + ' n=' + count.toString())
}
export function proxy_on_grpc_receive(id: u32, token: u32, length: u32): void {
  run('grpc_receive', forStream(id, token), ' token=' + token.toString() + ' size=' + length.toString())
}
export function proxy_on_grpc_receive_trailing_metadata(id: u32, token: u32, count: u32): void {
  run('grpc_trailing_metadata', forStream(id, token), ' token=' + token.toString() + ' n=' + count.toString())
}
export function proxy_on_grpc_close(id: u32, token: u32, status: u32): void {
  run('grpc_close', forStream(id, token), ' token=' + token.toString() + ' status=' + status.toString())
}
export function proxy_on_new_connection(id: u32): u32 {
  return run('new_connection', id, '')
}
export function proxy_on_downstream_data(id: u32, length: u32, end: u32): u32 {
  return run('downstream_data', id, ' size=' + length.toString() + ' eos=' + end.toString())
}
export function proxy_on_upstream_data(id: u32, length: u32, end: u32): u32 {
  return run('upstream_data', id, ' size=' + length.toString() + ' eos=' + end.toString())
}
export function proxy_on_downstream_connection_close(id: u32, peer: u32): void {
  run('downstream_connection_close', id, ' peer=' + peer.toString())
}
export function proxy_on_upstream_connection_close(id: u32, peer: u32): void {
  run('upstream_connection_close', id, ' peer=' + peer.toString())
}
export function proxy_on_log(id: u32): void {
  run('log', id, '')
}
export function proxy_on_done(id: u32): u32 {
  if (parents.has(id) && parents.get(id) != 0) run('done', id, '')
  return 1
}
export function proxy_on_delete(id: u32): void {
  parents.delete(id)
}
export function proxy_abi_version_0_2_1(): void {}
