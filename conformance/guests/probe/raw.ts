/**
 * `raw FUNCTION ARGUMENT…`: a host function with exactly these numbers, so that wrong pointers and lengths can be tried.
 *
 *   17            a number
 *   s:TEXT        pointer and length of TEXT (%XX decoded)
 *   h:N           pointer and length of N letters x
 *   m:a=b,c=d     pointer and length of a serialised map
 *   w             the id that was written last (`metric`)
 *   q             the queue that was registered or resolved last
 *   out           pointer to a word that the host may write
 *   bad           a pointer behind the end of memory
 *   far           a length that reaches behind the end of memory
 */

// @ts-ignore: decorator
@external('env', 'proxy_log')
declare function proxy_log(a: u32, b: u32, c: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_current_time_nanoseconds')
declare function proxy_get_current_time_nanoseconds(a: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_set_tick_period_milliseconds')
declare function proxy_set_tick_period_milliseconds(a: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_status')
declare function proxy_get_status(a: u32, b: u32, c: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_log_level')
declare function proxy_get_log_level(a: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_done')
declare function proxy_done(): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_header_map_value')
declare function proxy_get_header_map_value(a: u32, b: u32, c: u32, d: u32, e: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_header_map_pairs')
declare function proxy_get_header_map_pairs(a: u32, b: u32, c: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_header_map_size')
declare function proxy_get_header_map_size(a: u32, b: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_add_header_map_value')
declare function proxy_add_header_map_value(a: u32, b: u32, c: u32, d: u32, e: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_replace_header_map_value')
declare function proxy_replace_header_map_value(a: u32, b: u32, c: u32, d: u32, e: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_remove_header_map_value')
declare function proxy_remove_header_map_value(a: u32, b: u32, c: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_set_header_map_pairs')
declare function proxy_set_header_map_pairs(a: u32, b: u32, c: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_buffer_bytes')
declare function proxy_get_buffer_bytes(a: u32, b: u32, c: u32, d: u32, e: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_buffer_status')
declare function proxy_get_buffer_status(a: u32, b: u32, c: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_set_buffer_bytes')
declare function proxy_set_buffer_bytes(a: u32, b: u32, c: u32, d: u32, e: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_continue_stream')
declare function proxy_continue_stream(a: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_close_stream')
declare function proxy_close_stream(a: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_send_local_response')
declare function proxy_send_local_response(a: u32, b: u32, c: u32, d: u32, e: u32, f: u32, g: u32, h: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_http_call')
declare function proxy_http_call(a: u32, b: u32, c: u32, d: u32, e: u32, f: u32, g: u32, h: u32, i: u32, j: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_set_effective_context')
declare function proxy_set_effective_context(a: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_call_foreign_function')
declare function proxy_call_foreign_function(a: u32, b: u32, c: u32, d: u32, e: u32, f: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_property')
declare function proxy_get_property(a: u32, b: u32, c: u32, d: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_set_property')
declare function proxy_set_property(a: u32, b: u32, c: u32, d: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_shared_data')
declare function proxy_get_shared_data(a: u32, b: u32, c: u32, d: u32, e: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_set_shared_data')
declare function proxy_set_shared_data(a: u32, b: u32, c: u32, d: u32, e: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_define_metric')
declare function proxy_define_metric(a: u32, b: u32, c: u32, d: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_increment_metric')
declare function proxy_increment_metric(a: u32, b: i64): u32
// @ts-ignore: decorator
@external('env', 'proxy_record_metric')
declare function proxy_record_metric(a: u32, b: i64): u32
// @ts-ignore: decorator
@external('env', 'proxy_get_metric')
declare function proxy_get_metric(a: u32, b: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_register_shared_queue')
declare function proxy_register_shared_queue(a: u32, b: u32, c: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_resolve_shared_queue')
declare function proxy_resolve_shared_queue(a: u32, b: u32, c: u32, d: u32, e: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_enqueue_shared_queue')
declare function proxy_enqueue_shared_queue(a: u32, b: u32, c: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_dequeue_shared_queue')
declare function proxy_dequeue_shared_queue(a: u32, b: u32, c: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_grpc_call')
declare function proxy_grpc_call(a: u32, b: u32, c: u32, d: u32, e: u32, f: u32, g: u32, h: u32, i: u32, j: u32, k: u32, l: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_grpc_stream')
declare function proxy_grpc_stream(a: u32, b: u32, c: u32, d: u32, e: u32, f: u32, g: u32, h: u32, i: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_grpc_send')
declare function proxy_grpc_send(a: u32, b: u32, c: u32, d: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_grpc_cancel')
declare function proxy_grpc_cancel(a: u32): u32
// @ts-ignore: decorator
@external('env', 'proxy_grpc_close')
declare function proxy_grpc_close(a: u32): u32

// Which compilers call.
// @ts-ignore: decorator
@external('env', 'pthread_equal')
declare function pthread_equal(a: u32, b: u32): u32
// @ts-ignore: decorator
@external('env', 'emscripten_notify_memory_growth')
declare function emscripten_notify_memory_growth(a: u32): void

/** A page below the end of the 4 GiB that a module of this size never has. */
const BAD: u32 = 0xffff0000
const FAR: u32 = 0xfffffff0

/** Calls it; `256` for a name that is not known here. */
export function rawCall(name: string, v: u32[]): u32 {
  if (name == 'proxy_log') return proxy_log(v[0], v[1], v[2])
  if (name == 'proxy_get_current_time_nanoseconds') return proxy_get_current_time_nanoseconds(v[0])
  if (name == 'proxy_set_tick_period_milliseconds') return proxy_set_tick_period_milliseconds(v[0])
  if (name == 'proxy_get_status') return proxy_get_status(v[0], v[1], v[2])
  if (name == 'proxy_get_log_level') return proxy_get_log_level(v[0])
  if (name == 'proxy_done') return proxy_done()
  if (name == 'proxy_get_header_map_value') return proxy_get_header_map_value(v[0], v[1], v[2], v[3], v[4])
  if (name == 'proxy_get_header_map_pairs') return proxy_get_header_map_pairs(v[0], v[1], v[2])
  if (name == 'proxy_get_header_map_size') return proxy_get_header_map_size(v[0], v[1])
  if (name == 'proxy_add_header_map_value') return proxy_add_header_map_value(v[0], v[1], v[2], v[3], v[4])
  if (name == 'proxy_replace_header_map_value') return proxy_replace_header_map_value(v[0], v[1], v[2], v[3], v[4])
  if (name == 'proxy_remove_header_map_value') return proxy_remove_header_map_value(v[0], v[1], v[2])
  if (name == 'proxy_set_header_map_pairs') return proxy_set_header_map_pairs(v[0], v[1], v[2])
  if (name == 'proxy_get_buffer_bytes') return proxy_get_buffer_bytes(v[0], v[1], v[2], v[3], v[4])
  if (name == 'proxy_get_buffer_status') return proxy_get_buffer_status(v[0], v[1], v[2])
  if (name == 'proxy_set_buffer_bytes') return proxy_set_buffer_bytes(v[0], v[1], v[2], v[3], v[4])
  if (name == 'proxy_continue_stream') return proxy_continue_stream(v[0])
  if (name == 'proxy_close_stream') return proxy_close_stream(v[0])
  if (name == 'proxy_send_local_response') return proxy_send_local_response(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7])
  if (name == 'proxy_http_call') return proxy_http_call(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9])
  if (name == 'proxy_set_effective_context') return proxy_set_effective_context(v[0])
  if (name == 'proxy_call_foreign_function') return proxy_call_foreign_function(v[0], v[1], v[2], v[3], v[4], v[5])
  if (name == 'proxy_get_property') return proxy_get_property(v[0], v[1], v[2], v[3])
  if (name == 'proxy_set_property') return proxy_set_property(v[0], v[1], v[2], v[3])
  if (name == 'proxy_get_shared_data') return proxy_get_shared_data(v[0], v[1], v[2], v[3], v[4])
  if (name == 'proxy_set_shared_data') return proxy_set_shared_data(v[0], v[1], v[2], v[3], v[4])
  if (name == 'proxy_define_metric') return proxy_define_metric(v[0], v[1], v[2], v[3])
  if (name == 'proxy_increment_metric') return proxy_increment_metric(v[0], v[1])
  if (name == 'proxy_record_metric') return proxy_record_metric(v[0], v[1])
  if (name == 'proxy_get_metric') return proxy_get_metric(v[0], v[1])
  if (name == 'proxy_register_shared_queue') return proxy_register_shared_queue(v[0], v[1], v[2])
  if (name == 'proxy_resolve_shared_queue') return proxy_resolve_shared_queue(v[0], v[1], v[2], v[3], v[4])
  if (name == 'proxy_enqueue_shared_queue') return proxy_enqueue_shared_queue(v[0], v[1], v[2])
  if (name == 'proxy_dequeue_shared_queue') return proxy_dequeue_shared_queue(v[0], v[1], v[2])
  if (name == 'proxy_grpc_call') return proxy_grpc_call(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11])
  if (name == 'proxy_grpc_stream') return proxy_grpc_stream(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8])
  if (name == 'proxy_grpc_send') return proxy_grpc_send(v[0], v[1], v[2], v[3])
  if (name == 'proxy_grpc_cancel') return proxy_grpc_cancel(v[0])
  if (name == 'proxy_grpc_close') return proxy_grpc_close(v[0])
  if (name == 'pthread_equal') return pthread_equal(v[0], v[1])
  if (name == 'emscripten_notify_memory_growth') {
    emscripten_notify_memory_growth(v[0])
    return 0
  }
  return 256
}

/** Words that `out` stands for, in the order in which they occur; never more than three in a call. */
const OUT: usize = memory.data(32, 8)

/** What stays reachable during the call. */
const blocks = new Array<ArrayBuffer>()

function block(bytes: ArrayBuffer, into: u32[]): void {
  blocks.push(bytes)
  into.push(<u32>changetype<usize>(bytes))
  into.push(bytes.byteLength)
}

function letters(count: i32): ArrayBuffer {
  const made = new ArrayBuffer(count)
  memory.fill(changetype<usize>(made), 0x78, count)
  return made
}

/** Numbers of the arguments from field 2 on. `decode` and `pairsOf` are those of the probe. */
export function rawArguments(f: string[], decode: (field: string) => ArrayBuffer, pairsOf: (fields: string[], from: i32) => ArrayBuffer, id: u32, queue: u32): u32[] {
  blocks.length = 0
  memory.fill(OUT, 0, 32)
  let outs: u32 = 0
  const v = new Array<u32>()
  for (let i = 2; i < f.length; i++) {
    const word = f[i]
    if (word == 'out') v.push(<u32>OUT + 8 * outs++)
    else if (word == 'bad') v.push(BAD)
    else if (word == 'far') v.push(FAR)
    else if (word == 'w') v.push(id)
    else if (word == 'q') v.push(queue)
    else if (word.startsWith('s:')) block(decode(word.substring(2)), v)
    else if (word.startsWith('h:')) block(letters(I32.parseInt(word.substring(2))), v)
    else if (word.startsWith('m:')) block(pairsOf(word.substring(2).split(','), 0), v)
    else v.push(<u32>I64.parseInt(word))
  }
  return v
}

/** Which words the host wrote: `p` an address, `n` an id or a time; other numbers, such as lengths, as they are. */
export function rawAnswer(name: string): string {
  const hidden =
    name.includes('define') || name.includes('call') || name.includes('stream') || name.includes('_queue') || name.includes('time')
  let text = ''
  for (let i: usize = 0; i < 3; i++) {
    const value = load<u32>(OUT + 8 * i)
    if (value > 4096) text += ' p'
    else if (value != 0 && (hidden || (i == 2 && name.includes('shared_data')))) text += ' n'
    else text += ' ' + value.toString()
  }
  return text
}
